package org.farwatch.ingest.record;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.bouncycastle.jcajce.provider.digest.SM3;

/**
 * What a house hashes with. Each value says by which one it was made, so that a house can change once and what it made
 * before stays verifiable: SHA-256 as 64 lower-case hexadecimal digits, SM3 as {@code sm3:} and 64 of them.
 */
public enum HashAlgorithm {
    /** FIPS 180-4. */
    SHA_256("sha-256", ""),
    /** GB/T 32905-2016. */
    SM3("sm3", "sm3:");

    private static final Pattern VALUE = Pattern.compile("(sm3:)?[0-9a-f]{64}");

    private final String label;
    private final String prefix;

    HashAlgorithm(String label, String prefix) {
        this.label = label;
        this.prefix = prefix;
    }

    /** By which one a value was made; the value is one. */
    public static HashAlgorithm of(String value) {
        return value.startsWith(SM3.prefix) ? SM3 : SHA_256;
    }

    /** Whether it is a value of one of them. */
    public static boolean made(String text) {
        return VALUE.matcher(text).matches();
    }

    /** The hexadecimal digits of a value, without what says how it was made. */
    public static String digits(String value) {
        return value.substring(of(value).prefix.length());
    }

    /** The 32 bytes of a value. */
    static byte[] bytes(String value) {
        return HexFormat.of().parseHex(digits(value));
    }

    /** As the API gives it. */
    public String label() {
        return label;
    }

    /** A new one to hash with. */
    public MessageDigest digest() {
        return switch (this) {
            case SHA_256 -> {
                try {
                    yield MessageDigest.getInstance("SHA-256");
                } catch (NoSuchAlgorithmException e) {
                    throw new IllegalStateException("every Java platform has SHA-256", e);
                }
            }
            case SM3 -> new SM3.Digest();
        };
    }

    /** A digest's result as a value. */
    public String value(byte[] hash) {
        return prefix + HexFormat.of().formatHex(hash);
    }

    public String of(byte[] content) {
        return value(digest().digest(content));
    }

    /** Of a text in UTF-8. */
    public String ofText(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }
}
