package org.farwatch.api.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.farwatch.api.RunningService;
import org.farwatch.api.access.People;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A disk that takes no recording: coverage says why, the stream goes on being watched, and recording begins when it can. */
class DiskTroubleTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static RtspServer server;

    @BeforeAll
    static void start() {
        server = RtspServer.start("plain=h264");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void withoutFreeSpaceNothingIsRecordedAndTheGapSaysSo() {
        try (RunningService service = RunningService.start(Map.of("farwatch.video.keep-free", "1000000GB"))) {
            String id = create(service, true);
            Instant from = Instant.now();
            require(service, id, from);

            // The first fragment that is not written ends the time of which nothing is known.
            await().atMost(PATIENCE).until(() -> causes(gaps(service, id, from)).contains("disk-full"));
            JsonNode gaps = gaps(service, id, from);
            JsonNode last = gaps.get(gaps.size() - 1);
            assertThat(last.path("cause").asString()).as(gaps.toString()).isEqualTo("disk-full");
            assertThat(segments(service, id).isEmpty()).isTrue();
            assertThat(service.get("/api/v1/streams/" + id + "/snapshot").status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aFolderThatCannotBeWrittenIsOneGapUntilItCan() throws Exception {
        RunningService service = RunningService.shared();
        String id = create(service, false);
        Path inTheWay = Files.writeString(
                Files.createDirectories(service.home().resolve("video")).resolve(id), "no folder");
        int version =
                service.get("/api/v1/streams/" + id).body().path("version").asInt();
        assertThat(service.call("PATCH", "/api/v1/streams/" + id, Map.of("version", version, "record", true))
                        .status())
                .isEqualTo(200);
        Instant before = Instant.now();
        require(service, id, before);
        await().atMost(PATIENCE).until(() -> causes(gaps(service, id, before)).contains("disk-error"));
        assertThat(segments(service, id).isEmpty()).isTrue();

        Files.delete(inTheWay);
        await().atMost(PATIENCE).until(() -> segments(service, id).size() == 1);
        String start = segments(service, id).get(0).path("start").asString();
        await().atMost(PATIENCE)
                .until(() -> Instant.parse(
                                coverage(service, id, before).path("to").asString())
                        .isAfter(Instant.parse(start)));
        JsonNode gaps = gaps(service, id, before);
        JsonNode last = gaps.get(gaps.size() - 1);
        assertThat(last.path("cause").asString()).as(gaps.toString()).isEqualTo("disk-error");
        assertThat(last.path("to").asString()).isEqualTo(start);
        int now = service.get("/api/v1/streams/" + id).body().path("version").asInt();
        assertThat(service.call("DELETE", "/api/v1/streams/" + id + "?version=" + now, null)
                        .status())
                .isEqualTo(204);
    }

    private static String create(RunningService service, boolean record) {
        RunningService.Answer created = service.call(
                "POST",
                "/api/v1/streams",
                Map.of("name", People.unique("trouble"), "sourceUrl", server.url("plain"), "record", record));
        assertThat(created.status()).as(created.response().body()).isEqualTo(201);
        String id = created.body().path("id").asString();
        await().atMost(PATIENCE)
                .until(() -> service.get("/api/v1/streams/" + id)
                        .body()
                        .path("state")
                        .asString()
                        .equals("live"));
        return id;
    }

    private static void require(RunningService service, String id, Instant from) {
        assertThat(service.call(
                                "POST",
                                "/api/v1/requirements",
                                Map.of("streamId", id, "from", from, "to", from.plusSeconds(3_600)))
                        .status())
                .isEqualTo(201);
    }

    private static JsonNode coverage(RunningService service, String id, Instant from) {
        return service.get("/api/v1/streams/" + id + "/coverage?from=" + from + "&to=" + from.plusSeconds(3_600))
                .body();
    }

    private static JsonNode gaps(RunningService service, String id, Instant from) {
        return coverage(service, id, from).path("gaps");
    }

    private static List<String> causes(JsonNode gaps) {
        return gaps.valueStream().map(gap -> gap.path("cause").asString()).toList();
    }

    private static JsonNode segments(RunningService service, String id) {
        return service.get("/api/v1/streams/" + id + "/segments").body().path("items");
    }
}
