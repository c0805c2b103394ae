package org.farwatch.api.inspection;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Numbers that follow from a seed and from nothing else. The n-th word of a label is the first four bytes, big-endian, of
 * HMAC-SHA256 (RFC 2104) with the seed as key over the label, a blank and n in decimal digits, counted from 0. A word
 * becomes a number below a bound by its remainder; words at the upper end, which would favour small numbers, are passed
 * over. One thread.
 */
final class DrawNumbers {
    private static final String MAC = "HmacSHA256";
    private static final long WORDS = 1L << Integer.SIZE;

    private final Mac mac;
    private final Map<String, Long> taken = new HashMap<>();

    /** @param seed any length but none */
    DrawNumbers(byte[] seed) {
        try {
            mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(seed, MAC));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + MAC, e);
        }
    }

    /**
     * The next number of a label.
     *
     * @param bound at least 1
     * @return 0 to bound - 1, each equally likely
     */
    int below(String label, int bound) {
        while (true) {
            OptionalInt number = number(word(label), bound);
            if (number.isPresent()) {
                return number.getAsInt();
            }
        }
    }

    /** Puts a list into an order, each equally likely: from the last place on, each changes with one not behind it. */
    <T> void shuffle(String label, List<T> list) {
        for (int last = list.size() - 1; last > 0; last--) {
            int other = below(label, last + 1);
            T moved = list.get(last);
            list.set(last, list.get(other));
            list.set(other, moved);
        }
    }

    /** What a word gives below a bound; nothing when it is to be passed over. */
    static OptionalInt number(int word, int bound) {
        long value = Integer.toUnsignedLong(word);
        return value < WORDS / bound * bound ? OptionalInt.of((int) (value % bound)) : OptionalInt.empty();
    }

    private int word(String label) {
        long n = taken.merge(label, 1L, Long::sum) - 1;
        return ByteBuffer.wrap(mac.doFinal((label + " " + n).getBytes(StandardCharsets.UTF_8)))
                .getInt();
    }
}
