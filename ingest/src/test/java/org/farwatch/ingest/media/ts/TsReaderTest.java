package org.farwatch.ingest.media.ts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.farwatch.ingest.media.Heard;
import org.farwatch.ingest.media.TestStreams;
import org.junit.jupiter.api.Test;

class TsReaderTest {
    private static final List<byte[]> PICTURES = TestStreams.pictures(20, 2_000);

    private final Heard heard = new Heard();
    private final TsReader reader = new TsReader(heard);

    @Test
    void givesPicturesAndSoundWhereverItIsCut() {
        byte[] stream = TestStreams.joined(packets());
        for (int piece : new int[] {1, 187, 188, 1_316, stream.length}) {
            Heard each = new Heard();
            TsReader pieces = new TsReader(each);
            feed(pieces, stream, piece);
            pieces.end(0);
            assertThat(each.pictures()).hasSize(20);
            for (int i = 0; i < 20; i++) {
                assertThat(each.pictures().get(i).bytes()).isEqualTo(PICTURES.get(i));
                assertThat(each.pictures().get(i).decode()).isEqualTo(i * 40_000L);
            }
            assertThat(each.others()).hasSize(20).containsOnly("pcm_alaw");
            assertThat(each.soundBytes()).isEqualTo(20 * 320);
            assertThat(each.losses()).isZero();
        }
    }

    @Test
    void aGapOfTheVideoIsTold() {
        List<byte[]> packets = packets();
        packets.remove(40);

        feed(reader, TestStreams.joined(packets), 1_316);
        reader.end(0);

        assertThat(heard.losses()).isEqualTo(1);
        assertThat(heard.pictures()).hasSize(19);
        assertThat(heard.others()).hasSize(20);
    }

    @Test
    void packetsThatComeTwiceCountOnce() {
        List<byte[]> twice = new ArrayList<>();
        packets().forEach(packet -> {
            twice.add(packet);
            twice.add(packet);
        });

        feed(reader, TestStreams.joined(twice), 500);
        reader.end(0);

        assertThat(heard.pictures()).hasSize(20);
        assertThat(heard.losses()).isZero();
    }

    @Test
    void rubbishIsSkippedToTheNextPacket() {
        List<byte[]> packets = packets();
        packets.add(100, new byte[] {1, 2, 3, 4, 5});

        feed(reader, TestStreams.joined(packets), 188);
        reader.end(0);

        assertThat(reader.resyncs()).isEqualTo(1);
        assertThat(heard.losses()).isEqualTo(1);
        assertThat(heard.pictures()).hasSizeBetween(18, 19);
    }

    /** Devices leave the checksums of their tables out, or count them wrongly. */
    @Test
    void tablesWithWrongChecksumsAreBelieved() {
        List<byte[]> packets = packets();
        Arrays.fill(packets.get(0), 4 + 13, 4 + 17, (byte) 0xa5);
        Arrays.fill(packets.get(1), 4 + 23, 4 + 27, (byte) 0xa5);

        feed(reader, TestStreams.joined(packets), 500);
        reader.end(0);

        assertThat(heard.pictures()).hasSize(20);
        assertThat(heard.others()).hasSize(20).containsOnly("pcm_alaw");
    }

    @Property(tries = 500)
    void anyBytesAreReadOrSkipped(@ForAll @Size(max = 2_000) byte[] bytes) {
        TsReader any = new TsReader(new Heard());
        byte[] beginning = TestStreams.joined(packets().subList(0, 30));
        for (int at = 4; at + 188 < bytes.length; at += 188) {
            bytes[at] = 0x47;
        }
        feed(any, TestStreams.joined(beginning, bytes, beginning), 61);
        assertThat(any.unfinished()).isLessThan(200_000);
    }

    private static List<byte[]> packets() {
        List<byte[]> pes = new ArrayList<>();
        List<Boolean> video = new ArrayList<>();
        for (int i = 0; i < PICTURES.size(); i++) {
            pes.add(TestStreams.pes(0xe0, i * 3_600L, PICTURES.get(i), i % 2 == 0));
            video.add(true);
            pes.add(TestStreams.pes(0xc0, i * 3_600L, new byte[320], true));
            video.add(false);
        }
        return TestStreams.transport(pes, video);
    }

    private static void feed(TsReader reader, byte[] stream, int piece) {
        for (int at = 0; at < stream.length; at += piece) {
            reader.read(stream, at, Math.min(piece, stream.length - at), 0);
        }
    }
}
