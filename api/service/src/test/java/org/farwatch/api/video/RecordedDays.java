package org.farwatch.api.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.farwatch.api.RunningService;
import org.farwatch.api.access.People;
import org.farwatch.api.web.BureauTime;
import tools.jackson.databind.JsonNode;

/** A service that records real streams on demand, in segments of about a second, and closes days as a clock says. */
public final class RecordedDays {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final RtspServer server;
    private final RunningService service;
    private final Map<String, Object> settings;
    private LocalDate day = LocalDate.now(BureauTime.ZONE);

    private RecordedDays(RtspServer server, RunningService service, Map<String, Object> settings) {
        this.server = server;
        this.service = service;
        this.settings = settings;
    }

    public static RecordedDays begin() throws Exception {
        Map<String, Object> settings = Map.of("farwatch.video.segment", "1s", "farwatch.storage.at-once", "2");
        RtspServer server = RtspServer.start("plain=h264");
        return new RecordedDays(server, RunningService.start(settings), settings);
    }

    public RunningService service() {
        return service;
    }

    public Map<String, Object> settings() {
        return settings;
    }

    public Path home() {
        return service.home();
    }

    public Path videos() {
        return home().resolve("video");
    }

    /** @return id of a stream that is not recorded yet */
    public String stream() {
        return service.call(
                        "POST",
                        "/api/v1/streams",
                        Map.of("name", People.unique("cam"), "sourceUrl", server.url("plain"), "record", false))
                .body()
                .path("id")
                .asString();
    }

    /** Records at least so many segments more, and stops; all of them are indexed. */
    public void segments(String stream, int more) {
        int before = segments(stream).size();
        record(stream, true);
        await().atMost(PATIENCE).until(() -> segments(stream).size() >= before + more);
        record(stream, false);
        await().atMost(PATIENCE)
                .until(() -> segments(stream).size() >= before + more
                        && segments(stream).stream()
                                .noneMatch(segment ->
                                        segment.path("state").asString().equals("open")));
    }

    /** Makes the root of today. */
    public void close() throws IOException {
        assertThat(service.bean(DayClosing.class)
                        .close(day.plusDays(1)
                                .atTime(1, 0)
                                .atZone(BureauTime.ZONE)
                                .toInstant()))
                .hasSize(1);
    }

    /** Makes the root of the day after the one that was closed last. */
    public void closeNext() throws IOException {
        day = day.plusDays(1);
        close();
    }

    /** @param last the service as it runs now */
    public void close(RunningService last) {
        last.close();
        server.close();
    }

    private void record(String stream, boolean on) {
        int version =
                service.get("/api/v1/streams/" + stream).body().path("version").asInt();
        assertThat(service.call("PATCH", "/api/v1/streams/" + stream, Map.of("version", version, "record", on))
                        .status())
                .isEqualTo(200);
    }

    private List<JsonNode> segments(String stream) {
        return service.get("/api/v1/streams/" + stream + "/segments?limit=1000&from=" + Instant.EPOCH)
                .body()
                .path("items")
                .valueStream()
                .toList();
    }
}
