package org.farwatch.ingest.mqtt;

import java.time.Instant;
import java.util.Locale;
import org.farwatch.ingest.mqtt.RecordingReport.Event;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Decodes {@code {"event": "started"|"stopped"|"uploaded", "at": <time>, "start": <time>}}; the times may be missing, what
 * else is there is not looked at. Stateless but for the parser's buffers.
 */
final class RecordingJson {
    private final JsonFactory json = PositionJson.factory();

    /** The report, or which rule the message breaks. */
    sealed interface Outcome {
        record Said(RecordingReport report) implements Outcome {}

        /** @param malformed whether it is no JSON object at all */
        record Invalid(boolean malformed, String reason) implements Outcome {}
    }

    Outcome decode(byte[] payload) {
        try (JsonParser parser = json.createParser(ObjectReadContext.empty(), payload, 0, payload.length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return new Outcome.Invalid(true, "the payload must be a JSON object");
            }
            Event event = null;
            Instant at = null;
            Instant start = null;
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                JsonToken token = parser.nextToken();
                switch (name) {
                    case "event" -> event = event(token, parser);
                    case "at" -> at = StatusJson.time("recording.at", token, parser);
                    case "start" -> start = StatusJson.time("recording.start", token, parser);
                    default -> {
                        // Of a later release, or of the maker's own.
                    }
                }
                parser.skipChildren();
            }
            if (parser.nextToken() != null) {
                return new Outcome.Invalid(true, "the payload must be one JSON value, more follows");
            }
            return event == null
                    ? new Outcome.Invalid(false, "recording.event must be started, stopped or uploaded, was absent")
                    : new Outcome.Said(new RecordingReport(event, at, start));
        } catch (JacksonException e) {
            return new Outcome.Invalid(true, PositionJson.notJson(e));
        } catch (IllegalArgumentException e) {
            return new Outcome.Invalid(false, e.getMessage());
        }
    }

    private static Event event(JsonToken token, JsonParser parser) {
        String text = token == JsonToken.VALUE_STRING ? parser.getString() : token.toString();
        for (Event event : Event.values()) {
            if (event.name().toLowerCase(Locale.ROOT).equals(text)) {
                return event;
            }
        }
        throw new IllegalArgumentException("recording.event must be started, stopped or uploaded, was "
                + text.substring(0, Math.min(text.length(), 40)));
    }
}
