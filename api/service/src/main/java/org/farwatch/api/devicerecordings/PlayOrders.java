package org.farwatch.api.devicerecordings;

import java.time.DateTimeException;
import java.time.Instant;
import org.farwatch.ingest.media.push.PlayOrder;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a viewer orders, one a message: {@code {"pause": true}}, {@code {"resume": true}}, {@code {"speed": 0.25 to 16}},
 * {@code {"seek": instant}}.
 */
final class PlayOrders {
    private static final int MOST = 200;

    private final JsonMapper json;

    PlayOrders(JsonMapper json) {
        this.json = json;
    }

    /** @throws IllegalArgumentException naming what is wrong */
    PlayOrder read(String text) {
        if (text.length() > MOST) {
            throw new IllegalArgumentException("an order has at most " + MOST + " characters");
        }
        JsonNode order;
        try {
            order = json.readTree(text);
        } catch (JacksonException _) {
            throw new IllegalArgumentException("an order must be JSON");
        }
        if (order.path("pause").asBoolean(false)) {
            return new PlayOrder.Pause();
        }
        if (order.path("resume").asBoolean(false)) {
            return new PlayOrder.Resume();
        }
        if (order.path("speed").isNumber()) {
            return new PlayOrder.Speed(order.path("speed").asDouble());
        }
        if (order.path("seek").isString()) {
            try {
                return new PlayOrder.Seek(
                        Instant.parse(order.path("seek").asString()).toEpochMilli());
            } catch (DateTimeException _) {
                throw new IllegalArgumentException("seek must be an instant such as 2026-11-22T09:30:00Z");
            }
        }
        throw new IllegalArgumentException("an order is one of pause, resume, speed and seek");
    }
}
