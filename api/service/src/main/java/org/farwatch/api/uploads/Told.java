package org.farwatch.api.uploads;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * What a file's name, its sidecar, its sender or a person says of a recording; each is null when it is not said. A sidecar
 * is a JSON object whose members are named as these components.
 *
 * @param device id of the device, or what it is called in its protocol
 * @param officer service number
 * @param start by the device's clock
 * @param durationSeconds how long it lasts
 * @param sequence of the file on the device
 * @param important whether it is marked to be kept (重点文件)
 * @param clockOffsetMillis by which the device's clock was ahead, as a station measured it when it was connected
 * @param sha256 of the file, 64 hexadecimal digits
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Told(
        String device,
        String officer,
        Instant start,
        Double durationSeconds,
        Long sequence,
        Boolean important,
        Long clockOffsetMillis,
        String sha256) {
    static final Told NOTHING = new Told(null, null, null, null, null, null, null, null);

    /** A day: a clock that is further off was never set. */
    private static final long MAX_OFFSET = 86_400_000L * 366 * 30;

    /** @throws IllegalArgumentException naming the fact, its value and the rule */
    Told {
        rule(device == null || device.length() <= 120 && !device.isBlank(), "device", device, "1 to 120 characters");
        rule(officer == null || officer.length() <= 40 && !officer.isBlank(), "officer", officer, "1 to 40 characters");
        rule(
                durationSeconds == null || durationSeconds > 0 && durationSeconds <= 86_400,
                "durationSeconds",
                durationSeconds,
                "more than 0 and at most 86400");
        rule(sequence == null || sequence >= 0, "sequence", sequence, "at least 0");
        rule(
                clockOffsetMillis == null || Math.abs(clockOffsetMillis) <= MAX_OFFSET,
                "clockOffsetMillis",
                clockOffsetMillis,
                "at most 30 years");
        rule(sha256 == null || sha256.matches("[0-9a-fA-F]{64}"), "sha256", sha256, "64 hexadecimal digits");
    }

    /** This, and where it says nothing what the other says. */
    Told or(Told other) {
        return new Told(
                device == null ? other.device : device,
                officer == null ? other.officer : officer,
                start == null ? other.start : start,
                durationSeconds == null ? other.durationSeconds : durationSeconds,
                sequence == null ? other.sequence : sequence,
                important == null ? other.important : important,
                clockOffsetMillis == null ? other.clockOffsetMillis : clockOffsetMillis,
                sha256 == null ? other.sha256 : sha256);
    }

    private static void rule(boolean kept, String fact, Object value, String rule) {
        if (!kept) {
            throw new IllegalArgumentException(fact + " must be " + rule + ", was " + value);
        }
    }
}
