package org.farwatch.api.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.farwatch.api.Application;
import org.farwatch.api.RunningService;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Each desk of the demonstration has something on it, made by its people over HTTP. */
@Tag("alone")
class DemoMattersTest {
    private static final Duration AT_ONCE = Duration.ofMinutes(1);
    /** Until a lead is there, which takes the carton's dwell time, and the alert of a dark camera. */
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @Test
    void oneOfEachMatterIsThere() {
        try (RunningService service =
                RunningService.start(Map.of(Application.DEMO, "true", "farwatch.demo.decide-after", "0s"))) {
            await().atMost(AT_ONCE).untilAsserted(() -> {
                assertThat(values(service, "/draws", "state")).containsExactly("drawn");
                assertThat(values(service, "/inspection-tasks", "state"))
                        .containsExactlyInAnyOrder("assigned", "assigned", "done");
                assertThat(values(service, "/supervision-leads", "state"))
                        .containsExactlyInAnyOrder("new", "noticed", "noticed");
                assertThat(values(service, "/findings", "state")).containsExactlyInAnyOrder("noticed", "closed");
                assertThat(values(service, "/documents", "number")).hasSize(2);
                assertThat(values(service, "/gap-inquiries", "state")).containsExactlyInAnyOrder("asked", "accepted");
            });
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(values(service, "/tasks", "state")).containsExactly("signed");
                assertThat(values(service, "/tickets", "state")).containsExactly("open");
                assertThat(values(service, "/roll-calls", "state")).containsExactly("open");
                assertThat(values(service, "/activities", "state")).hasSize(1);
                assertThat(values(service, "/record-reports", "id")).hasSize(1);
            });
            assertThat(values(service, "/alerts?kind=off-post&state=confirmed", "id"))
                    .as("left to the visitor")
                    .isEmpty();
        }
    }

    private static List<String> values(RunningService service, String path, String field) {
        List<String> values = new ArrayList<>();
        for (JsonNode item : service.get("/api/v1" + path).body().path("items")) {
            values.add(item.path(field).asString());
        }
        return values;
    }
}
