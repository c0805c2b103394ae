package org.farwatch.api.video;

import java.time.Instant;

/**
 * A stream as the API gives it (design, section 6).
 *
 * @param sourceUrl without its password
 * @param state {@code connecting}, {@code live}, {@code stalled} or {@code offline}
 * @param cause why it is offline, otherwise absent
 * @param detail the same in the words of who noticed it
 * @param since when the state began
 * @param codec as RFC 6381 names it, absent before the first frame
 * @param width of the picture in pixels
 * @param heading degrees clockwise from north
 * @param fieldOfView degrees
 */
record Stream(
        String id,
        String name,
        String deviceId,
        String channelId,
        String squadId,
        String sourceUrl,
        boolean record,
        String state,
        String cause,
        String detail,
        Instant since,
        String codec,
        Integer width,
        Integer height,
        Location location,
        Float heading,
        Float fieldOfView,
        int version) {
    /** Degrees, WGS-84. */
    record Location(double longitude, double latitude) {}
}
