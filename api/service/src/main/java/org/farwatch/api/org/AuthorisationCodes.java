package org.farwatch.api.org;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Codes that devices show when they connect: random, of 64 bits as 16 hexadecimal digits (JT/T 808-2019 leaves room for
 * 255 characters, terminals in the field take far fewer), kept only as SHA-256.
 */
final class AuthorisationCodes {
    private static final int BYTES = 8;

    private final SecureRandom random = new SecureRandom();

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
