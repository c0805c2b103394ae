package org.farwatch.ingest.mqtt;

import java.util.function.Supplier;
import org.farwatch.geo.Datum;
import org.farwatch.geo.PositionBatch;
import org.farwatch.ingest.FaultKind;
import org.farwatch.ingest.FixTimes;
import org.farwatch.ingest.KnownDevice;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Decodes a position message, one object or an array of them, straight into a batch. One bad position costs only
 * itself; where the JSON itself breaks off, what came before it is kept. Unknown fields are skipped.
 *
 * <p>Owned by one thread: the values of a position and the parser's buffers are reused.
 */
final class PositionJson {
    private static final int NESTING = 16;
    private static final int NUMBER_LENGTH = 64;
    private static final int NAME_LENGTH = 256;
    private static final int SHOWN = 40;

    /** Times below are taken for seconds: as milliseconds they would lie before March 1973. */
    private static final long LEAST_MILLIS = 100_000_000_000L;

    /** The end of the year 9999. */
    private static final long MOST_MILLIS = 253_402_300_799_999L;

    private final JsonFactory json = factory();
    private final int maxRows;
    private final Fix fix = new Fix();

    private String ownError;
    private String ownTracksError;
    private Outcome outcome;

    PositionJson(int maxRows) {
        this.maxRows = maxRows;
    }

    /** Narrow limits against hostile input. */
    static JsonFactory factory() {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(NESTING)
                        .maxNumberLength(NUMBER_LENGTH)
                        .maxNameLength(NAME_LENGTH)
                        .build())
                .build();
    }

    /** Jackson's sentence, without where the brace stands that was not closed: it names no source. */
    static String notJson(JacksonException e) {
        String message = e.getOriginalMessage();
        int marker = message.indexOf(" (start marker");
        return "the payload must be JSON: " + (marker < 0 ? message : message.substring(0, marker));
    }

    /** What became of a message besides the rows that went into the batch. */
    static final class Outcome {
        private FaultKind fault;
        private String reason;
        private int bad;
        private boolean gone;

        /** Null when all is well. */
        FaultKind fault() {
            return fault;
        }

        /** A sentence naming field, value and rule of the first thing that was wrong. */
        String reason() {
            return bad > 1 ? reason + "; and " + (bad - 1) + " more" : reason;
        }

        /** Positions, or whole messages, that could not be decoded. */
        int bad() {
            return bad;
        }

        /** The message is OwnTracks' last will: the device is gone. */
        boolean gone() {
            return gone;
        }

        private void fault(FaultKind kind, String why) {
            if (bad++ == 0) {
                fault = kind;
                reason = why;
            }
        }
    }

    /** @param room gives the open batch, with room for a row; called before every row */
    Outcome decode(byte[] payload, KnownDevice device, long receiveMillis, Supplier<PositionBatch> room) {
        outcome = new Outcome();
        try (JsonParser parser = json.createParser(ObjectReadContext.empty(), payload, 0, payload.length)) {
            switch (parser.nextToken()) {
                case START_OBJECT -> position(parser, -1, device, receiveMillis, room);
                case START_ARRAY -> array(parser, device, receiveMillis, room);
                case null -> outcome.fault(FaultKind.MALFORMED, "the payload must be JSON, was empty");
                case JsonToken other ->
                    outcome.fault(FaultKind.BAD_BODY, "the payload must be an object or an array, was " + other);
            }
            if (outcome.bad() == 0 && parser.nextToken() != null) {
                outcome.fault(FaultKind.MALFORMED, "the payload must be one JSON value, more follows");
            }
        } catch (JacksonException e) {
            outcome.fault(FaultKind.MALFORMED, notJson(e));
        }
        return outcome;
    }

    private void array(JsonParser parser, KnownDevice device, long receiveMillis, Supplier<PositionBatch> room) {
        int index = 0;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (index == maxRows) {
                outcome.fault(
                        FaultKind.OVER_LIMIT,
                        "position[" + index + "] and what follows is not read: a message must have at most " + maxRows
                                + " positions");
                return;
            }
            if (token == JsonToken.START_OBJECT) {
                position(parser, index, device, receiveMillis, room);
            } else {
                outcome.fault(FaultKind.BAD_BODY, at(index) + " must be an object, was " + shown(parser));
                parser.skipChildren();
            }
            index++;
        }
    }

    private void position(
            JsonParser parser, int index, KnownDevice device, long receiveMillis, Supplier<PositionBatch> room) {
        fix.clear();
        ownError = null;
        ownTracksError = null;
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            field(parser, name, parser.nextToken());
        }
        String error = ownError;
        if (fix.type() != null) {
            if (fix.type().equals("lwt")) {
                outcome.gone = true;
                return;
            }
            if (!fix.isOwnTracksLocation()) {
                outcome.fault(
                        FaultKind.UNKNOWN_MESSAGE,
                        at(index) + "._type must be location or lwt, was \"" + cut(fix.type()) + "\"");
                return;
            }
            fix.translateOwnTracks();
            error = ownTracksError;
        }
        if (error == null) {
            error = fix.missing();
        }
        if (error == null) {
            fix.appendTo(room.get(), device, receiveMillis, index >= 0);
        } else {
            outcome.fault(FaultKind.BAD_BODY, at(index) + "." + error);
        }
    }

    private void field(JsonParser parser, String name, JsonToken token) {
        Field field = Field.of(name);
        if (field != null) {
            number(parser, field, token);
            return;
        }
        switch (name) {
            case "fixTime" -> fixTime(parser, token);
            case "valid" -> valid(parser, token);
            case "datum" -> datum(parser, token);
            case "_type" -> fix.type(token == JsonToken.VALUE_STRING ? parser.getString() : token.toString());
            default -> parser.skipChildren();
        }
    }

    private void number(JsonParser parser, Field field, JsonToken token) {
        if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
            double number = parser.getDoubleValue();
            if (field.allows(number)) {
                fix.set(field, number);
                return;
            }
        } else if (token == JsonToken.VALUE_NULL) {
            return;
        }
        String error = field.label() + " " + field.rule() + ", was " + shown(parser);
        if (field.ownTracks()) {
            ownTracksError = ownTracksError == null ? error : ownTracksError;
        } else {
            fail(error);
        }
        parser.skipChildren();
    }

    private void fixTime(JsonParser parser, JsonToken token) {
        if (token == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            long millis = parser.getLongValue();
            if (millis == 0) {
                fix.time(FixTimes.NO_DATE);
            } else if (millis >= LEAST_MILLIS && millis <= MOST_MILLIS) {
                fix.time(millis);
            } else {
                fail("fixTime must be 0 for no time or milliseconds since 1970 from March 1973 on, was " + millis);
            }
            return;
        }
        if (token == JsonToken.VALUE_STRING) {
            long millis =
                    IsoTime.millis(parser.getStringCharacters(), parser.getStringOffset(), parser.getStringLength());
            if (millis != IsoTime.INVALID) {
                fix.time(millis);
                return;
            }
        } else if (token == JsonToken.VALUE_NULL) {
            return;
        }
        fail("fixTime must be ISO 8601 with offset or Z, or milliseconds since 1970, was " + shown(parser));
        parser.skipChildren();
    }

    private void valid(JsonParser parser, JsonToken token) {
        switch (token) {
            case VALUE_TRUE, VALUE_NULL -> fix.valid(true);
            case VALUE_FALSE -> fix.valid(false);
            default -> {
                fail("valid must be true or false, was " + shown(parser));
                parser.skipChildren();
            }
        }
    }

    private void datum(JsonParser parser, JsonToken token) {
        if (token == JsonToken.VALUE_NULL) {
            return;
        }
        if (token == JsonToken.VALUE_STRING) {
            String name = parser.getString();
            for (Datum datum : Datum.values()) {
                if (datum.name().equals(name)) {
                    fix.datum(datum);
                    return;
                }
            }
        }
        fail("datum must be WGS84, CGCS2000, GCJ02 or BD09, was " + shown(parser));
        parser.skipChildren();
    }

    private void fail(String error) {
        ownError = ownError == null ? error : ownError;
    }

    private static String at(int index) {
        return index < 0 ? "position" : "position[" + index + "]";
    }

    private static String shown(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "\"" + cut(parser.getString()) + "\"";
            case JsonToken _ -> cut(parser.getString());
        };
    }

    private static String cut(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }
}
