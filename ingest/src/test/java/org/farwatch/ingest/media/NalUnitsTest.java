package org.farwatch.ingest.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class NalUnitsTest {
    @Test
    void startCodesOfThreeAndFourBytesDivideAFrame() {
        byte[] frame = TestFormats.hex("00000001 6742 000001 68ce 00000001 65 88 00 01 02 03");

        assertThat(NalUnits.startCoded(frame)).isTrue();
        assertThat(shown(frame, NalUnits.ofByteStream(frame))).containsExactly("6742", "68ce", "658800010203");
    }

    @Test
    void zerosBehindAUnitAreNotPartOfIt() {
        byte[] frame = TestFormats.hex("000001 6501 000000 000001 4102 0000");

        assertThat(shown(frame, NalUnits.ofByteStream(frame))).containsExactly("6501", "4102");
    }

    @Test
    void startCodesWithNothingBetweenAreNoUnits() {
        byte[] frame = TestFormats.hex("000001 000001 000001 09");

        assertThat(shown(frame, NalUnits.ofByteStream(frame))).containsExactly("09");
        assertThat(NalUnits.ofByteStream(TestFormats.hex("0102030405"))).isEmpty();
        assertThat(NalUnits.ofByteStream(new byte[0])).isEmpty();
    }

    @Test
    void lengthsOfEverySizeDivideAFrame() {
        for (int size = 1; size <= 4; size++) {
            byte[] frame = new byte[2 * size + 3];
            frame[size - 1] = 2;
            frame[size] = 0x65;
            frame[size + 1] = 7;
            frame[2 * size + 1] = 1;
            frame[2 * size + 2] = 0x41;

            assertThat(shown(frame, NalUnits.ofLengths(frame, size))).containsExactly("6507", "41");
            assertThat(NalUnits.lengthsFit(frame, size)).isTrue();
        }
    }

    @Test
    void aLengthThatLeadsOutOfTheFrameIsRefused() {
        for (String hex : List.of("00000003 6507", "ffffffff 6507", "80000000 65")) {
            byte[] frame = TestFormats.hex(hex);

            assertThatIllegalArgumentException().isThrownBy(() -> NalUnits.ofLengths(frame, 4));
            assertThat(NalUnits.lengthsFit(frame, 4)).isFalse();
        }
    }

    private static List<String> shown(byte[] frame, List<NalUnits.Range> ranges) {
        return ranges.stream()
                .map(range -> HexFormat.of()
                        .formatHex(Arrays.copyOfRange(frame, range.offset(), range.offset() + range.length())))
                .toList();
    }
}
