package org.farwatch.ingest.mqtt;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Decodes a status message, an object of which only {@code online} counts here: {@code {"online": false}} is the last
 * will of a device, every other status comes from a device that is there. Stateless but for the parser's buffers.
 */
final class StatusJson {
    private final JsonFactory json = PositionJson.factory();

    /** The device is there, or gone; or the message breaks a rule. */
    sealed interface Status {
        record Online() implements Status {}

        record Offline() implements Status {}

        /** @param malformed whether it is no JSON object at all */
        record Invalid(boolean malformed, String reason) implements Status {}
    }

    Status decode(byte[] payload) {
        try (JsonParser parser = json.createParser(ObjectReadContext.empty(), payload, 0, payload.length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return new Status.Invalid(true, "the payload must be a JSON object");
            }
            Status status = new Status.Online();
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                JsonToken token = parser.nextToken();
                if (name.equals("online")) {
                    status = online(token);
                }
                parser.skipChildren();
            }
            return parser.nextToken() == null
                    ? status
                    : new Status.Invalid(true, "the payload must be one JSON value, more follows");
        } catch (JacksonException e) {
            return new Status.Invalid(true, PositionJson.notJson(e));
        }
    }

    private static Status online(JsonToken token) {
        return switch (token) {
            case VALUE_TRUE -> new Status.Online();
            case VALUE_FALSE -> new Status.Offline();
            default -> new Status.Invalid(false, "status.online must be true or false, was " + token);
        };
    }
}
