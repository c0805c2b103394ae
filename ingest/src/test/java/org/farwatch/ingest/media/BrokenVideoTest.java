package org.farwatch.ingest.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/**
 * Bytes of which anything may be true: they are taken, or refused by {@link IllegalArgumentException}, and never spoil
 * what comes behind them.
 */
class BrokenVideoTest {
    private static final byte[] AVC_SETS = HexFormat.of()
            .parseHex("000000016742c00d8c68141f201e1108d40000000168ce3c80000000016588840a1122334455667788");
    private static final byte[] HEVC_SETS = TestFormats.hex(TestFormats.HEVC);

    @Property(tries = 2_000)
    void anyBytesAreTakenOrRefused(
            @ForAll VideoCodec codec, @ForAll @Size(max = 200) byte[] bytes, @ForAll @IntRange(max = 4) int length) {
        VideoFrames frames = new VideoFrames(codec);
        requireSane(frames, bytes, length);
        configure(frames, bytes);
        requireGoodSetsStillCount(codec, frames);
    }

    @Property(tries = 5_000)
    void parameterSetsWithAnyBytesChangedAreTakenOrRefused(
            @ForAll VideoCodec codec, @ForAll("changes") List<Change> changes, @ForAll @IntRange(max = 110) int cut) {
        byte[] bytes = good(codec).clone();
        for (Change change : changes) {
            bytes[change.at() % bytes.length] = change.value();
        }
        VideoFrames frames = new VideoFrames(codec);
        requireSane(frames, Arrays.copyOf(bytes, Math.max(0, bytes.length - cut)), VideoFrames.START_CODES);
        requireGoodSetsStillCount(codec, frames);
    }

    @Property(tries = 1_000)
    void configurationsWithAnyBytesChangedAreTakenOrRefused(
            @ForAll VideoCodec codec, @ForAll("changes") List<Change> changes, @ForAll @IntRange(max = 110) int cut) {
        VideoFrames source = new VideoFrames(codec);
        source.frame(good(codec), VideoFrames.START_CODES);
        byte[] record = source.format().configuration().clone();
        for (Change change : changes) {
            record[change.at() % record.length] = change.value();
        }
        byte[] given = Arrays.copyOf(record, Math.max(0, record.length - cut));
        VideoFrames frames = new VideoFrames(codec);
        configure(frames, given);
        assertThat(VideoFrames.lengthBytes(codec, given)).isBetween(0, 4);
        requireGoodSetsStillCount(codec, frames);
    }

    record Change(int at, byte value) {}

    @Provide
    Arbitrary<List<Change>> changes() {
        return Combinators.combine(Arbitraries.integers().between(0, 1_000), Arbitraries.bytes())
                .as(Change::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    private static byte[] good(VideoCodec codec) {
        return switch (codec) {
            case H264 -> AVC_SETS;
            case H265 -> HEVC_SETS;
        };
    }

    private static void configure(VideoFrames frames, byte[] bytes) {
        try {
            frames.configure(bytes);
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static void requireSane(VideoFrames frames, byte[] bytes, int length) {
        VideoFrames.Frame frame;
        try {
            frame = frames.frame(bytes, length);
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        if (frame != null) {
            assertThat(frame.payload()).hasSizeLessThanOrEqualTo(bytes.length + 2 * bytes.length + 4);
            assertThat(NalUnits.lengthsFit(frame.payload(), 4)).isTrue();
        }
        if (frames.format() != null) {
            assertThat(frames.format().width()).isBetween(1, 16_384);
            assertThat(frames.format().height()).isBetween(1, 16_384);
            assertThat(frames.format().codecs()).matches("(avc1|hvc1)\\.[0-9A-Za-z.]+");
            VideoFrames again = new VideoFrames(frames.format().codec());
            again.configure(frames.format().configuration());
            assertThat(again.format()).isEqualTo(frames.format());
            assertThat(MovieHeader.of(new MediaFormat(frames.format(), null))).isNotEmpty();
        }
    }

    private static void requireGoodSetsStillCount(VideoCodec codec, VideoFrames frames) {
        VideoFrames.Frame frame = frames.frame(good(codec), VideoFrames.START_CODES);
        assertThat(frame.key()).isTrue();
        assertThat(frames.format().height()).isEqualTo(codec == VideoCodec.H264 ? 240 : 720);
    }
}
