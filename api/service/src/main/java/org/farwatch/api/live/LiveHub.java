package org.farwatch.api.live;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.farwatch.api.access.Caller;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.CloseStatus;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends items to the viewers that subscribed to their topic and may see them. Features publish here and know nothing of
 * sockets. Safe for use by many threads; a slow viewer loses its connection, never another's time.
 */
@Component
public class LiveHub {
    static final int MAX_VIEWERS = 1_000;

    private final JsonMapper json;
    private final Set<Viewer> viewers = ConcurrentHashMap.newKeySet();
    private final Map<Topic, Supplier<List<LiveItem>>> snapshots = new EnumMap<>(Topic.class);

    LiveHub(JsonMapper json) {
        this.json = json;
    }

    /** Names where a new viewer's first picture of the topic comes from. Called while the service starts. */
    public void snapshot(Topic topic, Supplier<List<LiveItem>> source) {
        snapshots.put(topic, source);
    }

    public void publish(Topic topic, List<LiveItem> items) {
        if (items.isEmpty()) {
            return;
        }
        for (Viewer viewer : viewers) {
            send(viewer, topic, items);
        }
    }

    public int viewers() {
        return viewers.size();
    }

    boolean join(Viewer viewer) {
        if (viewers.size() >= MAX_VIEWERS) {
            return false;
        }
        return viewers.add(viewer);
    }

    void leave(Viewer viewer) {
        viewers.remove(viewer);
    }

    /** Closes the connections of callers that are gone. */
    void closeWhere(Predicate<Caller> gone) {
        for (Viewer viewer : viewers) {
            if (gone.test(viewer.caller())) {
                viewer.close(CloseStatus.POLICY_VIOLATION);
            }
        }
    }

    /** Sends the present picture of a topic to one viewer. */
    void greet(Viewer viewer, Topic topic) {
        Supplier<List<LiveItem>> source = snapshots.get(topic);
        if (source != null) {
            List<Object> bodies = viewer.visible(topic, source.get());
            viewer.send(json.writeValueAsString(Map.of("topic", topic.label(), "snapshot", true, "items", bodies)));
        }
    }

    void heartbeat(String at) {
        String message = json.writeValueAsString(Map.of("topic", "heartbeat", "at", at));
        viewers.forEach(viewer -> viewer.send(message));
    }

    private void send(Viewer viewer, Topic topic, List<LiveItem> items) {
        List<Object> bodies = viewer.visible(topic, items);
        if (!bodies.isEmpty()) {
            viewer.send(json.writeValueAsString(Map.of("topic", topic.label(), "items", bodies)));
        }
    }
}
