package org.farwatch.ingest.media.voice;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MuLawTest {
    /** Silence, the loudest of both signs, and values of ITU-T G.711 between. */
    @ParameterizedTest
    @CsvSource({"D5,FE", "55,7E", "AA,80", "2A,00", "80,A9", "00,29"})
    void aSampleOfALawIsTheNearestOfMuLaw(String alaw, String mulaw) {
        assertThat(of(Integer.parseInt(alaw, 16))).isEqualTo(Integer.parseInt(mulaw, 16));
    }

    @Test
    void whatIsLouderStaysLouder() {
        int before = 256;
        for (int loudness = 0; loudness < 128; loudness++) {
            int now = of(0x80 | loudness ^ 0x55);
            assertThat(now)
                    .as("loudness " + loudness)
                    .isLessThanOrEqualTo(before)
                    .isGreaterThanOrEqualTo(0x80);
            assertThat(of(loudness ^ 0x55)).isEqualTo(now & 0x7F);
            before = now;
        }
    }

    private static int of(int alaw) {
        return MuLaw.ofALaw(new byte[] {(byte) alaw})[0] & 0xFF;
    }
}
