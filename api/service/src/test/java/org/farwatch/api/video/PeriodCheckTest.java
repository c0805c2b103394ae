package org.farwatch.api.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.farwatch.api.RunningService;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.access.People;
import org.farwatch.api.requirements.Proves;
import org.farwatch.api.web.BureauTime;
import org.farwatch.ingest.record.DayRoot;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A real recording is checked for a period: intact, and again after one byte of it was changed. */
class PeriodCheckTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    @Proves(value = "R134", screen = "/records/reports", api = "POST /record-reports")
    void eachFileOfThePeriodIsReadAndTheFirstAlteredOneIsNamed() throws Exception {
        Instant from = Instant.now().minusSeconds(60);
        try (RtspServer server = RtspServer.start("plain=h264");
                RunningService service = RunningService.start(Map.of("farwatch.video.segment", "1s"))) {
            String stream = recorded(service, server);
            Instant to = Instant.now();
            PeriodCheck check = service.bean(PeriodCheck.class);
            long segments = segments(service, stream).size();
            List<Long> told = new ArrayList<>();

            PeriodCheck.Result intact = check.check(from, to, DataScope.EVERYTHING, true, told::add);
            assertThat(intact.segments()).isEqualTo(segments).isGreaterThanOrEqualTo(3);
            assertThat(intact.intact()).isEqualTo(segments);
            assertThat(intact.faults()).isEmpty();
            assertThat(intact.rootFault()).isNull();
            assertThat(told).hasSize((int) segments).isSorted().endsWith(segments);
            assertThat(check.segments(from, to, DataScope.EVERYTHING)).isEqualTo(segments);
            assertThat(check.check(from, to, DataScope.EVERYTHING, false, told::add)
                            .intact())
                    .as("files were not read")
                    .isNull();
            assertThat(check.check(from, to, DataScope.of(Set.of(1L)), true, told::add)
                            .segments())
                    .as("of another squad")
                    .isZero();

            LocalDate today = LocalDate.ofInstant(to, BureauTime.ZONE);
            service.bean(DayClosing.class)
                    .close(today.plusDays(1)
                            .atTime(1, 0)
                            .atZone(BureauTime.ZONE)
                            .toInstant());
            PeriodCheck.Result closed = check.check(from, to, DataScope.EVERYTHING, false, told::add);
            assertThat(closed.keys())
                    .containsExactly(service.bean(SigningKey.class).fingerprint());

            Path second = video(service, stream, 2);
            byte[] content = Files.readAllBytes(second);
            content[content.length / 2] ^= 1;
            Files.write(second, content);
            PeriodCheck.Result altered = check.check(from, to, DataScope.EVERYTHING, true, told::add);
            assertThat(altered.intact()).as("behind it nothing was read").isEqualTo(1);
            assertThat(altered.segments()).isEqualTo(segments);
            assertThat(altered.faults()).containsExactly(new PeriodCheck.Fault(stream, "altered", 2L));

            Path root = service.home().resolve("video/roots").resolve(today + ".json");
            Files.writeString(
                    root, Files.readString(root).replace(DayRoot.read(root).root(), "0".repeat(64)));
            assertThat(check.check(from, to, DataScope.EVERYTHING, false, told::add)
                            .rootFault())
                    .startsWith(today.toString());
        }
    }

    private static String recorded(RunningService service, RtspServer server) {
        JsonNode made = service.call(
                        "POST",
                        "/api/v1/streams",
                        Map.of("name", People.unique("cam"), "sourceUrl", server.url("plain"), "record", true))
                .body();
        String stream = made.path("id").asString();
        await().atMost(PATIENCE).until(() -> segments(service, stream).size() >= 4);
        int version =
                service.get("/api/v1/streams/" + stream).body().path("version").asInt();
        service.call("PATCH", "/api/v1/streams/" + stream, Map.of("version", version, "record", false));
        await().atMost(PATIENCE)
                .until(() -> segments(service, stream).stream()
                        .noneMatch(segment -> segment.path("state").asString().equals("open")));
        return stream;
    }

    private static List<JsonNode> segments(RunningService service, String stream) {
        return service.get("/api/v1/streams/" + stream + "/segments?limit=1000")
                .body()
                .path("items")
                .valueStream()
                .toList();
    }

    private static Path video(RunningService service, String stream, int segment) throws IOException {
        try (Stream<Path> files = Files.walk(service.home().resolve("video").resolve(stream))) {
            return files.filter(file -> file.toString().endsWith(".mp4"))
                    .sorted()
                    .toList()
                    .get(segment - 1);
        }
    }
}
