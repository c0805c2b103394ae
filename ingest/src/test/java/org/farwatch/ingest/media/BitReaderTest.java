package org.farwatch.ingest.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class BitReaderTest {
    @Test
    void bitsComeMostSignificantFirst() {
        BitReader in = reader("a5 0f");

        assertThat(in.bits(4)).isEqualTo(0xa);
        assertThat(in.flag()).isFalse();
        assertThat(in.flag()).isTrue();
        in.skip(2);
        assertThat(in.bits(8)).isEqualTo(0x0f);
    }

    @Test
    void expGolombCodesFollowTheTableOfTheStandard() {
        // ITU-T H.264, table 9-2: 1 010 011 00100 00101 00110 00111 0001000, then the same as signed values.
        BitReader unsigned = reader("a6 42 98 e2 00");
        BitReader signed = reader("a6 42 98 e2 00");

        for (int value = 0; value <= 7; value++) {
            assertThat(unsigned.ue()).isEqualTo(value);
        }
        for (int value : new int[] {0, 1, -1, 2, -2, 3, -3, 4}) {
            assertThat(signed.se()).isEqualTo(value);
        }
    }

    @Test
    void emulationPreventionBytesAreLeftOut() {
        BitReader in = reader("00 00 03 01 00 00 03 00 00 03 03");

        assertThat(in.bits(24)).isEqualTo(0x000001);
        assertThat(in.bits(16)).isZero();
        assertThat(in.bits(16)).isZero();
        assertThat(in.bits(8)).isEqualTo(3);
    }

    @Test
    void readingPastTheEndIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> reader("ff").bits(9));
        assertThatIllegalArgumentException().isThrownBy(() -> reader("").bit());
        // The last byte is one that prevents emulation: nothing is behind it.
        assertThatIllegalArgumentException().isThrownBy(() -> reader("00 00 03").bits(17));
    }

    @Test
    void aCodeLongerThanAnyValueIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> reader("00 00 00 01 ff ff ff ff").ue())
                .withMessageContaining("leading zeros");
    }

    private static BitReader reader(String hex) {
        byte[] bytes = TestFormats.hex(hex);
        return new BitReader(bytes, 0, bytes.length);
    }
}
