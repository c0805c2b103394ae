package org.farwatch.api.commands;

import java.time.Instant;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.farwatch.api.flow.Flow;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Refusal;
import org.farwatch.geo.Datum;
import org.farwatch.geo.Datums;
import org.farwatch.geo.LonLat;
import org.farwatch.ingest.jt808.command.ParameterValue;
import org.farwatch.ingest.jt808.command.Place;
import tools.jackson.databind.JsonNode;

/** The arguments of one command, read by the fields of its kind. What is wrong is refused by its name. */
final class CommandArguments {
    private static final String PREFIX = "arguments.";

    private final Map<String, CommandField> fields;
    private final JsonNode given;
    private final Datum datum;
    private final LongFunction<Optional<PostAreas.Area>> posts;

    /**
     * @param given an object; null for none
     * @param datum of the device, to which places are converted
     * @param posts that may be pushed
     */
    CommandArguments(CommandKind kind, JsonNode given, Datum datum, LongFunction<Optional<PostAreas.Area>> posts) {
        this.given = given;
        this.datum = datum;
        this.posts = posts;
        fields = kind.fields().stream().collect(Collectors.toMap(CommandField::name, Function.identity()));
        if (given != null && !given.isNull() && !given.isObject()) {
            throw Refusal.field("arguments", "must be an object");
        }
        if (given != null && given.isObject()) {
            for (String name : given.propertyNames()) {
                if (!fields.containsKey(name)) {
                    throw Refusal.field(PREFIX + name, "is no argument of " + kind.label());
                }
            }
        }
    }

    /** What is wrong with an argument, whose name the message of the library begins with. */
    static Refusal refusal(IllegalArgumentException wrong) {
        String[] nameAndRule = wrong.getMessage().split(" ", 2);
        return Refusal.field(PREFIX + nameAndRule[0], nameAndRule[1]);
    }

    long number(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return ((Number) fields.get(name).initial()).longValue();
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw wrong(name, "must be a whole number");
        }
        long number = value.longValue();
        CommandField field = fields.get(name);
        if (number < field.least() || number > field.most()) {
            throw wrong(
                    name,
                    "must be %d to %d%s, was %d"
                            .formatted(
                                    field.least(),
                                    field.most(),
                                    field.unit().isEmpty() ? "" : " " + field.unit(),
                                    number));
        }
        return number;
    }

    int integer(String name) {
        return (int) number(name);
    }

    boolean flag(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return (Boolean) fields.get(name).initial();
        }
        if (!value.isBoolean()) {
            throw wrong(name, "must be true or false");
        }
        return value.booleanValue();
    }

    String text(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return (String) fields.get(name).initial();
        }
        if (!value.isString()) {
            throw wrong(name, "must be a text");
        }
        return value.asString();
    }

    <E extends Enum<E>> E choice(String name, Class<E> type) {
        return option(name, text(name), type);
    }

    <E extends Enum<E>> List<E> choices(String name, Class<E> type) {
        List<E> chosen = new ArrayList<>();
        for (String option : texts(name)) {
            chosen.add(option(name, option, type));
        }
        return chosen;
    }

    private <E extends Enum<E>> E option(String name, String option, Class<E> type) {
        try {
            return Flow.read(type, option);
        } catch (IllegalArgumentException e) {
            throw wrong(name, e.getMessage());
        }
    }

    LocalTime timeOfDay(String name) {
        return parsed(name, "must be a time of day such as 08:30", LocalTime::parse);
    }

    Long instant(String name) {
        Instant at = parsed(name, "must be a time such as 2026-03-01T08:00:00Z", Instant::parse);
        return at == null ? null : at.toEpochMilli();
    }

    byte[] bytes(String name) {
        try {
            return HexFormat.of().parseHex(text(name));
        } catch (IllegalArgumentException e) {
            throw wrong(name, "must be bytes in hex");
        }
    }

    List<Long> numbers(String name) {
        List<Long> numbers = new ArrayList<>();
        for (JsonNode item : items(name)) {
            if (!item.isIntegralNumber() || !item.canConvertToLong()) {
                throw wrong(name, "must be a list of whole numbers");
            }
            numbers.add(item.longValue());
        }
        return numbers;
    }

    Place place(String name) {
        JsonNode value = value(name);
        return place(name, value);
    }

    List<Place> places(String name) {
        List<Place> places = new ArrayList<>();
        for (JsonNode item : items(name)) {
            places.add(place(name, item));
        }
        return places;
    }

    PostAreas.Area post(String name) {
        String id = text(name);
        PostAreas.Area area = posts.apply(Ids.field(PREFIX + name, id))
                .orElseThrow(() -> wrong(name, "names no post that you may see: " + id));
        if (area.parts() != 1) {
            throw wrong(name, "must be a post of one part, this one has " + area.parts());
        }
        return area;
    }

    /** Places in WGS-84 as the device has them. */
    List<Place> ring(PostAreas.Area area) {
        return area.ring().stream().map(at -> place(at[0], at[1])).toList();
    }

    private Place place(double longitude, double latitude) {
        LonLat at = new LonLat();
        at.set(longitude, latitude);
        Datums.fromWgs84(at, datum);
        return new Place(at.longitude(), at.latitude());
    }

    private Place place(String name, JsonNode pair) {
        if (!pair.isArray()
                || pair.size() != 2
                || !pair.get(0).isNumber()
                || !pair.get(1).isNumber()) {
            throw wrong(name, "must be longitude and latitude in degrees, such as [121.47, 31.23]");
        }
        Place wgs84 = new Place(pair.get(0).doubleValue(), pair.get(1).doubleValue());
        return place(wgs84.longitude(), wgs84.latitude());
    }

    List<ParameterValue> parameters(String name) {
        List<ParameterValue> values = new ArrayList<>();
        for (JsonNode item : items(name)) {
            if (!item.path("id").isIntegralNumber() || !item.path("value").isString()) {
                throw wrong(name, "must be a list of {id, value}, the id a number and the value a text");
            }
            try {
                values.add(ParameterValue.of(
                        item.path("id").longValue(), item.path("value").asString()));
            } catch (IllegalArgumentException e) {
                throw wrong(name, "cannot be set: " + e.getMessage());
            }
        }
        return values;
    }

    private List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        if (value(name) == null) {
            for (Object initial : (List<?>) fields.get(name).initial()) {
                texts.add((String) initial);
            }
        }
        items(name).forEach(item -> texts.add(item.asString()));
        return texts;
    }

    private List<JsonNode> items(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return List.of();
        }
        CommandField field = fields.get(name);
        if (!value.isArray()) {
            throw wrong(name, "must be a list");
        }
        if (field.most() != null && (value.size() < field.least() || value.size() > field.most())) {
            throw wrong(
                    name, "must have %d to %d entries, has %d".formatted(field.least(), field.most(), value.size()));
        }
        List<JsonNode> items = new ArrayList<>();
        value.forEach(items::add);
        return items;
    }

    private <T> T parsed(String name, String rule, Function<String, T> parse) {
        String text = text(name);
        try {
            return text == null ? null : parse.apply(text);
        } catch (DateTimeParseException e) {
            throw wrong(name, rule);
        }
    }

    /** Null when it is left out and need not be given. */
    private JsonNode value(String name) {
        JsonNode value = given == null || !given.isObject() ? null : given.get(name);
        if (value != null && !value.isNull()) {
            return value;
        }
        if (fields.get(name).required()) {
            throw wrong(name, "must be given");
        }
        return null;
    }

    private static Refusal wrong(String name, String rule) {
        return Refusal.field(PREFIX + name, rule);
    }
}
