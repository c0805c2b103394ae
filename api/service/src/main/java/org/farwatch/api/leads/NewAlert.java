package org.farwatch.api.leads;

import java.time.Instant;
import java.util.Map;

/**
 * What a feature wants somebody to look at.
 *
 * @param kind {@code off-post}, {@code device-silent}, {@code sos}, ...
 * @param code what exactly, the key of its sentence in the console
 * @param severity {@code info}, {@code warning} or {@code critical}
 * @param since when it began
 * @param dedupe what it is about: a second alert with the same text is not raised
 * @param title one line in Chinese, for programs and documents
 * @param arguments of the sentence behind {@code code}
 * @param squadNo squad concerned, 0 when none; decides who may see the alert. The other numbers likewise
 * @param streamId of the camera that it is about or whose picture shows it
 * @param sighting what the picture shows, null for what no picture showed
 * @param longitude where, WGS-84 degrees, null when nowhere
 */
public record NewAlert(
        String kind,
        String code,
        String severity,
        Instant since,
        String dedupe,
        String title,
        Map<String, Object> arguments,
        long squadNo,
        long officerId,
        int deviceNo,
        long dutyId,
        long postId,
        long streamId,
        Sighting sighting,
        Double longitude,
        Double latitude) {
    /**
     * What a detector saw in a zone.
     *
     * @param box where in the picture
     * @param snapshot evidence, zone and thing outlined; null when it could not be kept. {@code before} likewise
     * @param before evidence of the same view before it began, null when there is none
     * @param trial whether the zone is in trial
     */
    public record Sighting(long zoneId, Alert.Box box, String snapshot, String before, boolean trial) {}
}
