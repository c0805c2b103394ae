package org.farwatch.ingest.record;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * How a segment came that a device had recorded by itself: a part of the segment's facts, and of its chain text, where
 * there was an upload, and absent otherwise.
 *
 * @param receivedAt our clock when the file was complete here, milliseconds since 1970 UTC
 * @param deviceStart beginning of the file by the device's clock, milliseconds since 1970 UTC
 * @param clockOffsetMillis by which the device's clock was ahead of ours; the segment's times are without it
 * @param late whether it came later than the bureau's rule allows
 * @param name of the file as the device or station called it
 * @param sha256 of that file, whose pictures the segment holds in another container
 */
public record Upload(
        long receivedAt, long deviceStart, long clockOffsetMillis, boolean late, String name, String sha256) {
    static final int MAX_NAME = 200;
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    /** @throws IllegalArgumentException naming the fact, its value and the rule */
    public Upload {
        if (receivedAt < 0) {
            throw new IllegalArgumentException("upload.receivedAt must be at least 0, was " + receivedAt);
        }
        if (!isName(Objects.requireNonNull(name))) {
            throw new IllegalArgumentException(
                    "upload.name must be 1 to " + MAX_NAME + " characters without control characters, was " + name);
        }
        if (!SHA_256.matcher(Objects.requireNonNull(sha256)).matches()) {
            throw new IllegalArgumentException("upload.sha256 must be 64 lower-case hexadecimal digits, was " + sha256);
        }
    }

    /** Whether a file of this name can be told of in a chain. */
    public static boolean isName(String name) {
        return !name.isBlank()
                && name.length() <= MAX_NAME
                && name.chars().noneMatch(Character::isISOControl)
                && name.chars().noneMatch(c -> c == 0x2028 || c == 0x2029);
    }

    /** Its lines of the chain text. */
    String lines() {
        return "upload.receivedAt=" + receivedAt
                + "\nupload.deviceStart=" + deviceStart
                + "\nupload.clockOffsetMillis=" + clockOffsetMillis
                + "\nupload.late=" + late
                + "\nupload.name=" + name
                + "\nupload.sha256=" + sha256 + "\n";
    }
}
