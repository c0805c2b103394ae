package org.farwatch.api.uploads;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.farwatch.api.web.Refusal;

/** What stands in the headers of tus 1.0.0 (https://tus.io/protocols/resumable-upload), read and written. */
final class TusHeaders {
    static final String VERSION = "1.0.0";
    static final String RESUMABLE = "Tus-Resumable";
    static final String OFFSET = "Upload-Offset";
    static final String LENGTH = "Upload-Length";
    static final String METADATA = "Upload-Metadata";
    static final String CHECKSUM = "Upload-Checksum";
    static final String EXPIRES = "Upload-Expires";
    static final String EXTENSIONS = "creation,termination,checksum,expiration";
    static final String ALGORITHMS = "sha1,sha256";
    static final String BODY = "application/offset+octet-stream";

    private static final int MAX_METADATA = 4_096;

    private TusHeaders() {}

    /**
     * A checksum that was announced (extension checksum).
     *
     * @param expected as told
     */
    record Checksum(MessageDigest digest, byte[] expected) {
        boolean fits() {
            return MessageDigest.isEqual(digest.digest(), expected);
        }
    }

    /** @throws Refusal 412 for another version */
    static void requireVersion(String given) {
        if (!VERSION.equals(given)) {
            throw new Refusal(412, "another version of tus", RESUMABLE + " must be " + VERSION + ", was " + given);
        }
    }

    /** @throws Refusal 400 when it is no number from 0 on */
    static long number(String header, String value) {
        try {
            long number = Long.parseLong(value == null ? "" : value.strip());
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Said below.
        }
        throw Refusal.field(header, "must be a whole number from 0 on, was " + value);
    }

    /** Keys and Base64 values, parted by commas. @throws Refusal 400 naming the part that is none */
    static Map<String, String> metadata(String header) {
        Map<String, String> metadata = new HashMap<>();
        if (header == null || header.isBlank()) {
            return metadata;
        }
        if (header.length() > MAX_METADATA) {
            throw Refusal.field(METADATA, "must have at most " + MAX_METADATA + " characters");
        }
        for (String pair : header.split(",", -1)) {
            String[] parts = pair.strip().split(" ", 2);
            try {
                String value = parts.length == 1
                        ? ""
                        : new String(Base64.getDecoder().decode(parts[1].strip()), StandardCharsets.UTF_8);
                if (parts[0].isEmpty() || metadata.put(parts[0], value) != null) {
                    throw Refusal.field(METADATA, "must name each key once, has " + parts[0]);
                }
            } catch (IllegalArgumentException _) {
                throw Refusal.field(METADATA, "must hold Base64, " + parts[0] + " does not");
            }
        }
        return metadata;
    }

    /** What of the metadata is known here. @throws Refusal 400 naming key, value and rule */
    static Told told(Map<String, String> metadata) {
        try {
            return new Told(
                    metadata.get("device"),
                    metadata.get("officer"),
                    metadata.containsKey("start")
                            ? OffsetDateTime.parse(metadata.get("start")).toInstant()
                            : null,
                    metadata.containsKey("durationSeconds") ? Double.valueOf(metadata.get("durationSeconds")) : null,
                    metadata.containsKey("sequence") ? Long.valueOf(metadata.get("sequence")) : null,
                    metadata.containsKey("important") ? Boolean.valueOf(metadata.get("important")) : null,
                    metadata.containsKey("clockOffsetMillis") ? Long.valueOf(metadata.get("clockOffsetMillis")) : null,
                    metadata.get("sha256"));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw Refusal.field(METADATA, "has a value that breaks its rule: " + e.getMessage());
        }
    }

    /** Null when none is announced. @throws Refusal 400 for one that cannot be checked */
    static Checksum checksum(String header) {
        if (header == null) {
            return null;
        }
        String[] parts = header.strip().split(" ", 2);
        String algorithm = switch (parts[0]) {
            case "sha1" -> "SHA-1";
            case "sha256" -> "SHA-256";
            default -> throw Refusal.field(CHECKSUM, "must be of " + ALGORITHMS + ", was of " + parts[0]);
        };
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            byte[] expected = Base64.getDecoder().decode(parts.length == 2 ? parts[1].strip() : "");
            if (expected.length == digest.getDigestLength()) {
                return new Checksum(digest, expected);
            }
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        } catch (IllegalArgumentException _) {
            // Said below.
        }
        throw Refusal.field(CHECKSUM, "must hold the Base64 of the checksum's bytes");
    }

    static String date(Instant at) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(at.atOffset(ZoneOffset.UTC));
    }
}
