package org.farwatch.api.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
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

    /** As in the demonstration, sooner. */
    private static final Map<String, Object> SETTINGS = Map.of(
            Application.DEMO,
            "true",
            "farwatch.demo.decide-after",
            "0s",
            "farwatch.demo.roll-call-after",
            "10s",
            "farwatch.demo.activity",
            "20s",
            "farwatch.video.segment",
            "10s");

    @Test
    void oneOfEachMatterIsThere() {
        try (RunningService service = RunningService.start(SETTINGS)) {
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
            await().atMost(AT_ONCE).untilAsserted(() -> {
                assertThat(values(service, "/gb28181/devices", "online")).containsExactly("true");
                assertThat(values(service, "/streams", "name")).contains("天平步行街布控球", "天平步行街立杆监控", "菜场东门", "菜场卸货区");
                assertThat(values(service, "/devices/" + DemoPeople.VEHICLE_WITH_CAMERAS + "/channels", "streamId"))
                        .hasSize(2);
                assertThat(values(service, "/announcements", "name")).hasSize(1);
                assertThat(values(service, "/uploads", "state")).containsExactly("arrived", "arrived");
                assertThat(values(service, "/uploads", "late")).containsExactlyInAnyOrder("true", "false");
                assertThat(values(service, "/body-cameras", "recording.now"))
                        .containsExactlyInAnyOrder("true", "false");
                assertThat(values(service, "/body-cameras", "holder.name")).containsExactlyInAnyOrder("赵磊", "");
            });
            turnsAndHasRecordings(service);
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

    /** The platform's dome goes to its places, its recorder has recordings of three hours, and its dome none. */
    private static void turnsAndHasRecordings(RunningService service) {
        String dome = "/streams/" + stream(service, "天平步行街布控球");
        assertThat(values(service, dome + "/presets", "name")).containsExactly("步行街全景", "路口摊点", "商铺门前");
        assertThat(service.call("POST", "/api/v1" + dome + "/presets/2/call", null)
                        .status())
                .isEqualTo(200);
        Instant now = Instant.now();
        String hours = "/device-recordings?from=" + now.minus(Duration.ofHours(4)) + "&to=" + now;
        assertThat(values(service, "/streams/" + stream(service, "菜场东门") + hours, "start"))
                .hasSize(17);
        assertThat(values(service, dome + hours, "start")).isEmpty();
    }

    private static String stream(RunningService service, String name) {
        return service.get("/api/v1/streams")
                .body()
                .path("items")
                .valueStream()
                .filter(stream -> stream.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asString();
    }

    /** @param field of an item, with points between where it is one of a part */
    private static List<String> values(RunningService service, String path, String field) {
        List<String> values = new ArrayList<>();
        for (JsonNode item : service.get("/api/v1" + path).body().path("items")) {
            values.add(item.at("/" + field.replace('.', '/')).asString(""));
        }
        return values;
    }
}
