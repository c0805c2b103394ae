package org.farwatch.api.org;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;

/**
 * Codes that devices show when they connect: random, of 64 bits as 16 hexadecimal digits (JT/T 808-2019 leaves room for
 * 255 characters, terminals in the field take far fewer), kept only as SHA-256.
 */
final class AuthorisationCodes {
    private static final int BYTES = 8;

    private final SecureRandom random = new SecureRandom();

    /**
     * The codes of one device.
     *
     * @param hash SHA-256 of the present one, null before it got one
     * @param at when it got it; null for one whose age is not known
     * @param oldHash SHA-256 of the one before, null when there was none
     * @param oldUntil how long that one is good, because the answer with the new one may have been lost
     */
    record Held(byte[] hash, Instant at, byte[] oldHash, Instant oldUntil) {
        boolean given() {
            return hash != null;
        }

        boolean isPresent(String code) {
            return matches(code, hash);
        }

        boolean isOld(String code, Instant now) {
            return oldUntil != null && now.isBefore(oldUntil) && matches(code, oldHash);
        }

        /** Whether the present one is older than codes may get. */
        boolean aged(Duration age, Instant now) {
            return age.isPositive() && at != null && now.isAfter(at.plus(age));
        }
    }

    String next() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    static byte[] hash(String code) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(code.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JDK lacks SHA-256", e);
        }
    }

    static boolean matches(String code, byte[] hash) {
        return hash != null && MessageDigest.isEqual(hash(code), hash);
    }
}
