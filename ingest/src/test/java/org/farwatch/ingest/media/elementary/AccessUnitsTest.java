package org.farwatch.ingest.media.elementary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.farwatch.ingest.media.Captured;
import org.farwatch.ingest.media.Heard;
import org.farwatch.ingest.media.TestStreams;
import org.farwatch.ingest.media.VideoCodec;
import org.junit.jupiter.api.Test;

class AccessUnitsTest {
    private final Heard heard = new Heard();
    private final AccessUnits units = new AccessUnits(heard);

    @Test
    void cutsAStreamOfH265BeforeEachFirstSliceAndLosesNothing() throws Exception {
        byte[] stream = Captured.bytes("720p25.h265");
        int firstSlices = 0;
        for (int i = 0; i + 5 < stream.length; i++) {
            boolean code = stream[i] == 0 && stream[i + 1] == 0 && stream[i + 2] == 1;
            firstSlices += code && (stream[i + 3] >>> 1 & 0x3f) < 32 && stream[i + 5] < 0 ? 1 : 0;
        }

        put(stream, stream.length);

        assertThat(heard.pictures().getFirst().codec()).isEqualTo(VideoCodec.H265);
        assertThat(heard.pictures()).hasSize(firstSlices).hasSizeGreaterThan(100);
        assertThat(TestStreams.joined(
                        heard.pictures().stream().map(Heard.Picture::bytes).toList()))
                .isEqualTo(stream);
    }

    @Test
    void theSameWhereverItIsCut() throws Exception {
        byte[] stream = Captured.bytes("720p25.h265");
        put(stream, stream.length);
        for (int most : new int[] {1, 5, 3_000}) {
            Heard again = new Heard();
            AccessUnits pieces = new AccessUnits(again);
            Random random = new Random(most);
            for (int at = 0; at < stream.length; ) {
                int length = Math.min(stream.length - at, 1 + random.nextInt(most));
                pieces.put(stream, at, length, 0);
                at += length;
            }
            pieces.end();
            assertThat(again.units()).isEqualTo(heard.units());
        }
    }

    @Test
    void aUnitOfZerosIsNoPictureOfH265() {
        units.codec(VideoCodec.H265);
        byte[] picture = {0, 0, 0, 1, 0x02, 0x01, (byte) 0xd0, 0x11, 0x11};
        put(TestStreams.joined(picture, new byte[] {0, 0, 1, 0, 0, 0, 0, 0, 0}, picture), 1_000);

        assertThat(heard.pictures())
                .hasSize(2)
                .allSatisfy(each -> assertThat(each.units()).hasSize(1));
    }

    @Test
    void theBytesDecideAgainstWhatWasSaid() {
        units.codec(VideoCodec.H265);
        put(TestStreams.joined(TestStreams.pictures(11, 100)), 1_000);

        assertThat(heard.pictures()).hasSize(11).allMatch(picture -> picture.codec() == VideoCodec.H264);
    }

    @Test
    void aNewStampBeginsAPictureWhoseFirstSliceWasLost() {
        List<byte[]> pictures = TestStreams.pictures(3, 400);
        byte[] second = pictures.get(1);
        units.stamp(0, 0);
        units.put(pictures.get(0), 0, pictures.get(0).length, 1);
        units.stamp(40_000, 40_000);
        units.put(second, second.length / 2, second.length / 2, 2);
        units.stamp(80_000, 80_000);
        units.put(pictures.get(2), 0, pictures.get(2).length, 3);
        units.end();

        assertThat(heard.decodeTimes()).containsExactly(0L, 40_000L, 80_000L);
        assertThat(heard.pictures()).extracting(Heard.Picture::received).containsExactly(1L, 2L, 3L);
    }

    private void put(byte[] stream, int piece) {
        for (int at = 0; at < stream.length; at += piece) {
            units.put(stream, at, Math.min(piece, stream.length - at), 0);
        }
        units.end();
    }
}
