package org.farwatch.ingest.mqtt;

import java.time.Instant;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Decodes a status message, an object: {@code {"online": false}} is the last will of a device, every other status comes
 * from a device that is there and may say {@code battery} (percent), {@code storageFree} and {@code storageTotal} (bytes),
 * {@code clock} (a time) and {@code recording} (true, anything else is no). Stateless but for the parser's buffers.
 */
final class StatusJson {
    private final JsonFactory json = PositionJson.factory();

    /** The device is there, or gone; or the message breaks a rule. */
    sealed interface Status {
        record Online(DeviceStatus said) implements Status {}

        record Offline() implements Status {}

        /** @param malformed whether it is no JSON object at all */
        record Invalid(boolean malformed, String reason) implements Status {}
    }

    Status decode(byte[] payload) {
        try (JsonParser parser = json.createParser(ObjectReadContext.empty(), payload, 0, payload.length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return new Status.Invalid(true, "the payload must be a JSON object");
            }
            Boolean online = null;
            Long battery = null;
            Long free = null;
            Long total = null;
            Instant clock = null;
            Boolean recording = null;
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                JsonToken token = parser.nextToken();
                switch (name) {
                    case "online" -> online = truth("status.online", token);
                    case "battery" -> battery = number("status.battery", 100, token, parser);
                    case "storageFree" -> free = number("status.storageFree", Long.MAX_VALUE, token, parser);
                    case "storageTotal" -> total = number("status.storageTotal", Long.MAX_VALUE, token, parser);
                    case "clock" -> clock = time("status.clock", token, parser);
                    case "recording" -> recording = token == JsonToken.VALUE_TRUE;
                    default -> {
                        // Of a later release, or of the maker's own.
                    }
                }
                parser.skipChildren();
            }
            if (parser.nextToken() != null) {
                return new Status.Invalid(true, "the payload must be one JSON value, more follows");
            }
            return Boolean.FALSE.equals(online)
                    ? new Status.Offline()
                    : new Status.Online(new DeviceStatus(
                            battery == null ? null : battery.intValue(), free, total, clock, recording));
        } catch (JacksonException e) {
            return new Status.Invalid(true, PositionJson.notJson(e));
        } catch (IllegalArgumentException e) {
            return new Status.Invalid(false, e.getMessage());
        }
    }

    private static boolean truth(String field, JsonToken token) {
        return switch (token) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw new IllegalArgumentException(field + " must be true or false, was " + token);
        };
    }

    /** Null for null. */
    private static Long number(String field, long most, JsonToken token, JsonParser parser) {
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        if (!token.isNumeric()) {
            throw new IllegalArgumentException(field + " must be a number from 0 to " + most + ", was " + token);
        }
        double value = parser.getDoubleValue();
        if (!(value >= 0 && value <= most)) {
            throw new IllegalArgumentException(field + " must be from 0 to " + most + ", was " + value);
        }
        return Math.round(value);
    }

    /** Null for null. @throws IllegalArgumentException naming the field when it is no time */
    static Instant time(String field, JsonToken token, JsonParser parser) {
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        String text = token == JsonToken.VALUE_STRING ? parser.getString() : token.toString();
        long millis = IsoTime.millis(text.toCharArray(), 0, text.length());
        if (millis == IsoTime.INVALID) {
            throw new IllegalArgumentException(field + " must be a time such as 2026-11-21T09:47:27+08:00, was "
                    + text.substring(0, Math.min(text.length(), 40)));
        }
        return Instant.ofEpochMilli(millis);
    }
}
