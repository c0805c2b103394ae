package org.farwatch.ingest.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of {@link Fmp4Writer} as somebody else's demuxer and decoder see them. */
class LibavformatTest {
    private static final long START = 1_800_000_000_000L;

    @TempDir
    Path folder;

    /** Times in ticks of 1/90000 s. */
    private record Packet(int stream, long dts, long pts, long duration, boolean key, byte[] data) {}

    private record Read(List<Packet> packets, int decoded, int broken, int streams) {}

    @Test
    void everyPictureIsFoundAtItsTimeAndDecodes() throws IOException {
        Gathered out = new Gathered();
        Kept kept = new Kept(new Fmp4Writer(out));
        Clip.send(kept, 100, START);

        Read read = read(out.file());

        assertThat(read.decoded()).isEqualTo(100);
        assertThat(read.broken()).isZero();
        assertThat(read.packets()).hasSize(100);
        for (int i = 0; i < 100; i++) {
            Packet packet = read.packets().get(i);
            MediaUnit unit = kept.units.get(i);
            assertThat(packet.data()).isEqualTo(unit.payload());
            assertThat(packet.dts()).isEqualTo(i * 3_600L);
            assertThat(packet.pts()).isEqualTo(i * 3_600L);
            assertThat(packet.duration()).isEqualTo(3_600);
            assertThat(packet.key()).isEqualTo(unit.key());
        }
        assertThat(read.packets().stream().filter(Packet::key)).hasSize(4);
    }

    @Test
    void picturesShownLaterThanDecodedAreFoundAtBothTimes() throws IOException {
        Gathered out = new Gathered();
        Fmp4Writer writer = new Fmp4Writer(out);
        Kept kept = new Kept(new Fmp4Writer(new Gathered()));
        Clip.send(kept, 25, START);
        writer.format(kept.format);
        int[] shownLater = {1, 3, 0, 0};
        for (int i = 0; i < 25; i++) {
            MediaUnit unit = kept.units.get(i);
            long shown = unit.decodeTime() + shownLater[i % 4] * 40_000L;
            writer.unit(
                    new MediaUnit(MediaUnit.Track.VIDEO, unit.decodeTime(), shown, START, unit.key(), unit.payload()));
        }
        writer.end();

        List<Packet> packets = read(out.file()).packets();

        assertThat(packets).hasSize(25);
        for (int i = 0; i < 25; i++) {
            assertThat(packets.get(i).dts()).isEqualTo(i * 3_600L);
            assertThat(packets.get(i).pts()).isEqualTo((i + shownLater[i % 4]) * 3_600L);
        }
    }

    @Test
    void soundIsFoundBesideThePictures() throws IOException {
        Gathered out = new Gathered();
        Fmp4Writer writer = new Fmp4Writer(out);
        Kept kept = new Kept(new Fmp4Writer(new Gathered()));
        Clip.send(kept, 50, START);
        writer.format(
                new MediaFormat(kept.format.video(), TestFormats.withSound().audio()));
        int sounds = 0;
        for (MediaUnit unit : kept.units) {
            writer.unit(unit);
            for (; sounds * 64_000L <= unit.decodeTime(); sounds++) {
                writer.unit(new MediaUnit(
                        MediaUnit.Track.AUDIO, sounds * 64_000L, sounds * 64_000L, START, true, new byte[] {
                            (byte) sounds
                        }));
            }
        }
        writer.end();

        Read read = read(out.file());

        assertThat(read.streams()).isEqualTo(2);
        assertThat(read.packets().stream().filter(packet -> packet.stream() == 0))
                .hasSize(50);
        assertThat(read.packets().stream().filter(packet -> packet.stream() == 1))
                .extracting(Packet::dts)
                .hasSize(sounds)
                .isSorted();
    }

    /** A file of the middle of a stream: its times do not begin at zero. */
    @Test
    void aFileThatBeginsInTheMiddleOfARunKeepsTheRunsTimes() throws IOException {
        Gathered out = new Gathered();
        Clip.send(new Fmp4Writer(out), 100, START);
        int third = out.fragments.indexOf(
                out.fragments.stream().filter(Fragment::key).skip(2).findFirst().orElseThrow());
        out.fragments.subList(0, third).clear();

        Read read = read(out.file());

        assertThat(read.packets()).hasSize(50);
        assertThat(read.packets().getFirst().dts()).isEqualTo(50 * 3_600L);
        assertThat(read.decoded()).isEqualTo(50);
        assertThat(read.broken()).isZero();
    }

    @Test
    void aRealClipOfH265SurvivesTheWayThroughTheWriter() throws IOException {
        byte[] clip = Files.readAllBytes(TestFormats.shared("720p25.h265"));
        Gathered out = new Gathered();
        Fmp4Writer writer = new Fmp4Writer(out);
        VideoFrames frames = new VideoFrames(VideoCodec.H265);
        Read source = read(clip, "clip.h265");
        int sent = 0;
        for (Packet packet : source.packets()) {
            VideoFrames.Frame frame = frames.frame(packet.data(), VideoFrames.START_CODES);
            if (sent == 0) {
                writer.format(new MediaFormat(frames.format(), null));
            }
            long time = sent++ * 40_000L;
            writer.unit(new MediaUnit(MediaUnit.Track.VIDEO, time, time, START, frame.key(), frame.payload()));
        }
        writer.end();

        Read read = read(out.file());

        assertThat(source.decoded()).isPositive();
        assertThat(read.packets()).hasSize(source.packets().size());
        assertThat(read.decoded()).isEqualTo(source.decoded());
        assertThat(read.broken()).isZero();
    }

    private Read read(byte[] file) throws IOException {
        return read(file, "file.mp4");
    }

    private Read read(byte[] bytes, String name) throws IOException {
        Path path = Files.write(folder.resolve(name), bytes);
        av_log_set_level(AV_LOG_QUIET);
        AVFormatContext context = new AVFormatContext(null);
        assertThat(avformat_open_input(context, path.toString(), (AVInputFormat) null, (AVDictionary) null))
                .isZero();
        assertThat(avformat_find_stream_info(context, (AVDictionary) null)).isNotNegative();
        AVCodecContext decoder = avcodec_alloc_context3(
                avcodec_find_decoder(context.streams(0).codecpar().codec_id()));
        avcodec_parameters_to_context(decoder, context.streams(0).codecpar());
        decoder.thread_count(1);
        assertThat(avcodec_open2(decoder, decoder.codec(), (AVDictionary) null)).isZero();
        AVPacket packet = av_packet_alloc();
        AVFrame picture = av_frame_alloc();
        List<Packet> packets = new ArrayList<>();
        int decoded = 0;
        int broken = 0;
        while (av_read_frame(context, packet) >= 0) {
            byte[] data = new byte[packet.size()];
            packet.data().get(data);
            packets.add(new Packet(
                    packet.stream_index(),
                    packet.dts(),
                    packet.pts(),
                    packet.duration(),
                    (packet.flags() & AV_PKT_FLAG_KEY) != 0,
                    data));
            if (packet.stream_index() == 0) {
                broken += avcodec_send_packet(decoder, packet) < 0 ? 1 : 0;
                decoded += pictures(decoder, picture);
            }
            av_packet_unref(packet);
        }
        avcodec_send_packet(decoder, null);
        decoded += pictures(decoder, picture);
        int streams = context.nb_streams();
        av_packet_free(packet);
        av_frame_free(picture);
        avcodec_free_context(decoder);
        avformat_close_input(context);
        return new Read(packets, decoded, broken, streams);
    }

    private static int pictures(AVCodecContext decoder, AVFrame picture) {
        int pictures = 0;
        while (avcodec_receive_frame(decoder, picture) >= 0) {
            pictures++;
        }
        return pictures;
    }

    /** Keeps the frames on their way. */
    private static final class Kept implements MediaSink {
        private final List<MediaUnit> units = new ArrayList<>();
        private final MediaSink next;
        private MediaFormat format;

        Kept(MediaSink next) {
            this.next = next;
        }

        @Override
        public void format(MediaFormat found) {
            format = found;
            next.format(found);
        }

        @Override
        public void unit(MediaUnit unit) {
            units.add(unit);
            next.unit(unit);
        }

        @Override
        public void end() {
            next.end();
        }
    }
}
