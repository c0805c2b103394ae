package org.farwatch.ingest.media.ps;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.farwatch.ingest.media.Captured;
import org.farwatch.ingest.media.Heard;
import org.farwatch.ingest.media.TestStreams;
import org.farwatch.ingest.media.VideoCodec;
import org.farwatch.ingest.media.elementary.AccessUnits;
import org.junit.jupiter.api.Test;

class PsReaderTest {
    private static final int H264 = 0x1b;

    private final Heard heard = new Heard();
    private final PsReader reader = new PsReader(heard);

    @Test
    void givesThePicturesThatLibavformatGives() throws Exception {
        byte[] stream = Captured.bytes("zlm_h264.ps");
        List<Integer> expected = Captured.byLibavformat(Captured.file("zlm_h264.ps"));

        read(stream, stream.length);

        // The file ends inside a packet; what is made of that is each reader's own.
        int last = expected.size() - 1;
        assertThat(last).isGreaterThan(100);
        assertThat(heard.recorded()).hasSizeBetween(last + 1, last + 2);
        assertThat(heard.recorded().subList(0, last)).isEqualTo(expected.subList(0, last));
        assertThat(heard.losses()).isZero();
        assertThat(heard.others()).isNotEmpty().containsOnly("aac");
    }

    @Test
    void theSameWhereverTheStreamIsCut() throws Exception {
        byte[] stream = Captured.bytes("zlm_h264.ps");
        read(stream, stream.length);
        for (int most : new int[] {1, 7, 1_000, 70_000}) {
            Heard again = new Heard();
            PsReader pieces = new PsReader(again);
            Random random = new Random(most);
            for (int at = 0; at < stream.length; ) {
                int length = Math.min(stream.length - at, 1 + random.nextInt(most));
                pieces.read(stream, at, length, 0);
                at += length;
            }
            pieces.end(0);
            assertThat(again.units()).isEqualTo(heard.units());
            assertThat(again.decodeTimes()).isEqualTo(heard.decodeTimes());
            assertThat(again.soundBytes()).isEqualTo(heard.soundBytes());
            assertThat(again.soundStamps()).isEqualTo(heard.soundStamps());
        }
    }

    @Test
    void needsNoMap() {
        List<byte[]> pictures = TestStreams.pictures(25, 900);

        read(stream(pictures, 0, new byte[0]), 100);

        assertThat(heard.pictures()).hasSize(25).allMatch(picture -> picture.codec() == VideoCodec.H264);
        assertThat(heard.pictures().get(7).bytes()).isEqualTo(pictures.get(7));
    }

    @Test
    void aPictureOfMoreThan64KbStandsInSeveralPackets() {
        List<byte[]> pictures = TestStreams.pictures(12, 200_000);

        read(stream(pictures, 0, TestStreams.map(H264, 0xe0)), 1_400);

        assertThat(heard.units()).hasSize(12);
        assertThat(heard.pictures().get(10).bytes()).isEqualTo(pictures.get(10));
    }

    @Test
    void aPacketWithoutLengthGoesOnToTheNextOne() {
        List<byte[]> parts = new ArrayList<>();
        List<byte[]> pictures = TestStreams.pictures(5, 3_000);
        for (int i = 0; i < pictures.size(); i++) {
            parts.add(
                    TestStreams.joined(TestStreams.pack(), TestStreams.pes(0xe0, i * 3_600L, pictures.get(i), false)));
        }
        for (int piece : new int[] {1, 2, 3, 4, 5, 10_000}) {
            Heard each = new Heard();
            PsReader pieces = new PsReader(each);
            feed(pieces, TestStreams.joined(parts), piece);
            pieces.end(0);
            assertThat(each.pictures()).hasSize(5);
            for (int i = 0; i < 5; i++) {
                assertThat(each.pictures().get(i).bytes()).isEqualTo(pictures.get(i));
            }
        }
    }

    @Test
    void stampsThatWrapGoOn() {
        long first = (1L << 33) - 3_600 * 3;

        read(stream(TestStreams.pictures(10, 500), first, TestStreams.map(H264, 0xe0)), 1_000);

        List<Long> times = heard.decodeTimes();
        for (int i = 1; i < times.size(); i++) {
            assertThat(times.get(i) - times.get(i - 1)).isEqualTo(40_000);
        }
    }

    @Test
    void withoutStampsTheTransportsCount() {
        for (int i = 0; i < 3; i++) {
            reader.transportStamp(i * 40_000L);
            byte[] picture = TestStreams.pictures(3, 500).get(i);
            feed(reader, TestStreams.joined(TestStreams.pack(), TestStreams.pes(0xe0, -1, picture, true)), 100);
        }
        reader.end(0);

        assertThat(heard.decodeTimes()).containsExactly(0L, 40_000L, 80_000L);
    }

    @Test
    void rubbishBetweenPacketsLosesOnePictureAndIsTold() {
        List<byte[]> pictures = TestStreams.pictures(20, 900);
        byte[] one = stream(pictures.subList(0, 10), 0, new byte[0]);
        byte[] two = stream(pictures.subList(10, 20), 36_000, new byte[0]);

        read(TestStreams.joined(one, new byte[] {1, 2, 3, 0, 0, 1, 0x41, 9}, two), 50);

        assertThat(heard.losses()).isEqualTo(1);
        assertThat(reader.resyncs()).isEqualTo(1);
        assertThat(heard.pictures()).hasSize(19);
        assertThat(heard.pictures().getLast().bytes()).isEqualTo(pictures.getLast());
    }

    @Test
    void aHeaderThatIsNoneCostsItsPacketOnly() {
        List<byte[]> pictures = TestStreams.pictures(20, 900);
        byte[] broken = TestStreams.pes(0xe0, 0, pictures.get(3), true);
        broken[6] = 0x3f;
        byte[] after = stream(pictures.subList(10, 20), 36_000, new byte[0]);

        read(TestStreams.joined(stream(pictures.subList(0, 3), 0, new byte[0]), broken, after), 64);

        assertThat(heard.losses()).isPositive();
        assertThat(heard.pictures()).hasSize(12);
    }

    @Test
    void soundIsWhatTheMapSays() {
        byte[] samples = new byte[320];
        Arrays.fill(samples, (byte) 0x55);
        byte[] picture = TestStreams.pictures(1, 500).getFirst();
        for (int type : new int[] {0x90, 0x91, 0x92}) {
            Heard each = new Heard();
            PsReader sounds = new PsReader(each);
            byte[] stream = TestStreams.joined(
                    TestStreams.pack(),
                    TestStreams.map(H264, 0xe0, type, 0xc0),
                    TestStreams.video(0, picture, 60_000),
                    TestStreams.packet(0xbd, new byte[40]),
                    TestStreams.pes(0xc0, 3_600, samples, true),
                    TestStreams.pes(0xc0, -1, samples, true));
            feed(sounds, stream, 33);
            String expected = type == 0x90 ? "pcm_alaw" : type == 0x91 ? "pcm_mulaw" : "left out g722_1";
            assertThat(each.others()).containsExactly(expected, expected);
            if (type != 0x92) {
                assertThat(each.soundStamps()).containsExactly(40_000L, 80_000L);
            }
        }
    }

    /** Devices leave the checksum out, or count it wrongly: what their map says is right all the same. */
    @Test
    void aMapWithAWrongChecksumIsBelieved() {
        byte[] map = TestStreams.map(H264, 0xe0, 0x90, 0xc0);
        Arrays.fill(map, map.length - 4, map.length, (byte) 0xa5);

        read(
                TestStreams.joined(
                        stream(TestStreams.pictures(10, 900), 0, map),
                        TestStreams.pes(0xc0, 3_600, new byte[320], true)),
                77);

        assertThat(heard.pictures()).hasSize(10);
        assertThat(heard.others()).containsExactly("pcm_alaw");
        assertThat(heard.losses()).isZero();
    }

    @Test
    void videoOfAnotherCodecIsSaidAndEndsTheStream() {
        byte[] parts = TestStreams.joined(TestStreams.pack(), TestStreams.map(0x80, 0xe0));
        feed(reader, parts, parts.length);
        for (int i = 0; i < 120; i++) {
            feed(reader, TestStreams.pes(0xe0, i * 3_600L, new byte[] {1, 2, 3}, true), 100);
        }

        assertThat(heard.others()).containsExactly("failed unsupported-codec");
    }

    @Test
    void anEndlessPictureIsDropped() {
        feed(reader, stream(TestStreams.pictures(1, 1_000), 0, new byte[0]), 10_000);
        byte[] more = TestStreams.pes(0xe0, -1, new byte[60_000], true);
        for (int i = 0; i < 100; i++) {
            feed(reader, more, more.length);
            assertThat(reader.unfinished()).isLessThanOrEqualTo(AccessUnits.MAX_PICTURE + 2_000);
        }

        assertThat(heard.losses()).isEqualTo(1);
    }

    @Property(tries = 500)
    void anyBytesAreReadOrSkipped(@ForAll @Size(max = 3_000) byte[] bytes) {
        PsReader any = new PsReader(new Heard());
        byte[] beginning = stream(TestStreams.pictures(2, 200), 0, TestStreams.map(H264, 0xe0));
        feed(any, TestStreams.joined(beginning, bytes, beginning), 17);
        assertThat(any.unfinished()).isLessThan(70_000);
    }

    private void read(byte[] stream, int piece) {
        feed(reader, stream, piece);
        reader.end(0);
    }

    private static void feed(PsReader reader, byte[] stream, int piece) {
        for (int at = 0; at < stream.length; at += piece) {
            reader.read(stream, at, Math.min(piece, stream.length - at), 0);
        }
    }

    private static byte[] stream(List<byte[]> pictures, long first, byte[] map) {
        List<byte[]> parts = new ArrayList<>();
        for (int i = 0; i < pictures.size(); i++) {
            parts.add(TestStreams.pack());
            parts.add(i % 10 == 0 ? map : new byte[0]);
            parts.add(TestStreams.video(first + i * 3_600L & (1L << 33) - 1, pictures.get(i), 60_000));
        }
        return TestStreams.joined(parts);
    }
}
