package org.farwatch.ingest.jt809;

/**
 * The encryption of bodies: a key stream of a linear congruential generator, begun with the key in the header (JT/T 809,
 * 4.5.3). It hides content from a glance, no more: whoever sees a few messages can compute it. Use a tunnel where the
 * line is not yours.
 *
 * <p>The three constants are agreed for each link, 0 to 4294967295 each; a modulus of 0 counts as 1.
 */
public record BodyCipher(long m1, long ia1, long ic1) {
    private static final long MOST = 0xFFFF_FFFFL;

    /** @throws IllegalArgumentException naming the constant, its value and the rule */
    public BodyCipher {
        require("m1", m1);
        require("ia1", ia1);
        require("ic1", ic1);
    }

    private static void require(String name, long value) {
        if (value < 0 || value > MOST) {
            throw new IllegalArgumentException(name + " must be 0 to " + MOST + ", was " + value);
        }
    }

    /** Encrypts what is plain and decrypts what is encrypted, in place. */
    void apply(int headerKey, byte[] bytes, int from, int to) {
        long modulus = m1 == 0 ? 1 : m1;
        long key = headerKey == 0 ? 1 : headerKey & MOST;
        for (int i = from; i < to; i++) {
            key = ia1 * (key % modulus) + ic1 & MOST;
            bytes[i] ^= (byte) (key >>> 20);
        }
    }
}
