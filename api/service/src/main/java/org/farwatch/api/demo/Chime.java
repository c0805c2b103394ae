package org.farwatch.api.demo;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Two bells, high and low, as a public address has them before somebody speaks: something to say without a microphone. */
final class Chime {
    private static final int RATE = 8_000;
    private static final double[] TONES = {880, 660};
    private static final double TONE_SECONDS = 0.9;
    private static final double LOUDNESS = 12_000;
    private static final int HEAD = 44;

    private Chime() {}

    /** @return WAV, 16 bits, one channel, 8 kHz */
    static byte[] wav() {
        int samples = ((int) (RATE * TONE_SECONDS)) * TONES.length;
        ByteBuffer out = ByteBuffer.allocate(HEAD + 2 * samples).order(ByteOrder.LITTLE_ENDIAN);
        out.put(ascii("RIFF")).putInt(HEAD - 8 + 2 * samples).put(ascii("WAVEfmt "));
        out.putInt(16).putShort((short) 1).putShort((short) 1).putInt(RATE).putInt(2 * RATE);
        out.putShort((short) 2).putShort((short) 16).put(ascii("data")).putInt(2 * samples);
        for (double tone : TONES) {
            for (int n = 0; n < samples / TONES.length; n++) {
                double second = (double) n / RATE;
                out.putShort((short) (LOUDNESS * Math.exp(-3 * second) * Math.sin(2 * Math.PI * tone * second)));
            }
        }
        return out.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
