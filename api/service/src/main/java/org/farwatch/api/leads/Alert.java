package org.farwatch.api.leads;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * An alert as the API gives it (design, section 6).
 *
 * @param unitId the squad
 * @param streamId of the camera that it is about or whose picture shows it
 * @param box where in the picture it is
 * @param overtaken what data that came late showed, null while nothing did
 * @param detail code and arguments of the sentence in the viewer's language
 * @param history only where one alert is asked for
 */
public record Alert(
        String id,
        String kind,
        String code,
        AlertState state,
        String severity,
        Instant raisedAt,
        Instant since,
        String deviceId,
        String officerId,
        String officerName,
        String unitId,
        String unitName,
        String dutyId,
        String postId,
        String streamId,
        String streamName,
        String zoneId,
        Box box,
        Evidence evidence,
        String title,
        Location location,
        @JsonInclude(JsonInclude.Include.ALWAYS) Overtaken overtaken,
        Detail detail,
        boolean trial,
        int version,
        List<Event> history) {

    public record Location(double longitude, double latitude) {}

    /** Where in a picture, in its widths and heights, 0 to 1; as JSON {@code [x, y, width, height]}. */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    @JsonPropertyOrder({"x", "y", "width", "height"})
    public record Box(double x, double y, double width, double height) {}

    /** Ids of files under {@code /evidence}; each is absent when there is none. */
    public record Evidence(String snapshot, String before, String clip) {}

    public record Overtaken(Instant at, String text) {}

    public record Detail(String code, JsonNode args) {}

    /** One change: who, when, why. */
    public record Event(Instant at, String by, String action, String reason, String note) {}

    Alert with(List<Event> events) {
        return new Alert(
                id,
                kind,
                code,
                state,
                severity,
                raisedAt,
                since,
                deviceId,
                officerId,
                officerName,
                unitId,
                unitName,
                dutyId,
                postId,
                streamId,
                streamName,
                zoneId,
                box,
                evidence,
                title,
                location,
                overtaken,
                detail,
                trial,
                version,
                events);
    }
}
