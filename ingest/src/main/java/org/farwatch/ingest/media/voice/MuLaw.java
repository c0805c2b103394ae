package org.farwatch.ingest.media.voice;

/** G.711 µ-law for devices that speak no A-law. Keeps nothing but its table. */
public final class MuLaw {
    private static final byte[] OF_A_LAW = new byte[256];
    private static final int EVEN_BITS = 0x55;
    private static final int SIGN = 0x80;
    private static final int BIAS = 0x84;
    private static final int LOUDEST = 32_635;

    static {
        for (int code = 0; code < OF_A_LAW.length; code++) {
            OF_A_LAW[code] = (byte) encode(linear(code));
        }
    }

    private MuLaw() {}

    /** The same sound. */
    public static byte[] ofALaw(byte[] alaw) {
        byte[] mulaw = new byte[alaw.length];
        for (int i = 0; i < alaw.length; i++) {
            mulaw[i] = OF_A_LAW[alaw[i] & 0xFF];
        }
        return mulaw;
    }

    /** Of a code of A-law: -32,256 to 32,256 (ITU-T G.711, table 1). */
    private static int linear(int code) {
        int bits = code ^ EVEN_BITS;
        int segment = (bits & 0x70) >> 4;
        int step = (bits & 0x0F) << 4;
        int magnitude = segment == 0 ? step + 8 : step + 0x108 << segment - 1;
        return (bits & SIGN) == 0 ? -magnitude : magnitude;
    }

    /** ITU-T G.711, table 2. */
    private static int encode(int linear) {
        int sign = linear < 0 ? SIGN : 0;
        int magnitude = Math.min(Math.abs(linear), LOUDEST) + BIAS;
        int segment = 24 - Integer.numberOfLeadingZeros(magnitude);
        int code = sign | segment << 4 | magnitude >> segment + 3 & 0x0F;
        return ~code & 0xFF;
    }
}
