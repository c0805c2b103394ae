package org.farwatch.vision.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.farwatch.vision.shape.Box;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What happens in a clip, as JSON {@code {"video", "dwellSeconds", "events": [{"kind", "from", "to", "box": [x, y, w, h], "note"}]}}.
 *
 * @param video file, relative to the JSON's folder or to the folder of footage
 * @param dwellSeconds of the zone, which is the whole picture
 * @param events that must be leads
 * @param distractors that must not, for explanation only
 */
public record Truth(String video, double dwellSeconds, List<Event> events, List<Event> distractors) {
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * A thing in a place for a time.
     *
     * @param kind code of the rule
     * @param from seconds since the clip's beginning
     * @param to seconds, infinite when it is there at the end
     * @param box in parts of the picture
     * @param note for people
     */
    public record Event(String kind, double from, double to, Box box, String note) {}

    /** @throws IOException when the file cannot be read */
    public static Truth read(Path file) throws IOException {
        JsonNode root = JSON.readTree(Files.readString(file));
        return new Truth(
                root.path("video").asString(),
                root.path("dwellSeconds").asDouble(),
                events(root.path("events")),
                events(root.path("distractors")));
    }

    private static List<Event> events(JsonNode list) {
        List<Event> events = new ArrayList<>();
        for (JsonNode one : list) {
            JsonNode box = one.path("box");
            events.add(new Event(
                    one.path("kind").asString(),
                    one.path("from").asDouble(),
                    one.path("to").isNumber() ? one.path("to").asDouble() : Double.POSITIVE_INFINITY,
                    new Box(
                            box.path(0).asDouble(),
                            box.path(1).asDouble(),
                            box.path(2).asDouble(),
                            box.path(3).asDouble()),
                    one.path("note").asString("")));
        }
        return List.copyOf(events);
    }

    /** @throws IOException when the file cannot be written */
    public void write(Path file) throws IOException {
        ObjectNode root = JSON.createObjectNode().put("video", video).put("dwellSeconds", dwellSeconds);
        put(root.putArray("events"), events);
        put(root.putArray("distractors"), distractors);
        Files.writeString(file, root.toPrettyString() + "\n");
    }

    private static void put(ArrayNode list, List<Event> events) {
        for (Event event : events) {
            ObjectNode one = list.addObject().put("kind", event.kind()).put("from", event.from());
            if (Double.isInfinite(event.to())) {
                one.putNull("to");
            } else {
                one.put("to", event.to());
            }
            one.putArray("box")
                    .add(event.box().x())
                    .add(event.box().y())
                    .add(event.box().width())
                    .add(event.box().height());
            one.put("note", event.note());
        }
    }
}
