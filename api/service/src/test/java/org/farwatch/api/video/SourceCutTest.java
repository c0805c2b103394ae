package org.farwatch.api.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.farwatch.api.RunningService;
import org.farwatch.api.access.People;
import org.farwatch.ingest.media.pull.PullSettings;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Cameras that go away for half a minute while they are recorded: one is switched off, one hangs. */
class SourceCutTest {
    private static final Duration CUT = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final PullSettings PULL = PullSettings.standard();
    private static final RunningService SERVICE = RunningService.shared();

    @Test
    void aCutOfHalfAMinuteIsOneGapWithItsCause() {
        try (RtspServer off = RtspServer.start("camera=h264");
                RtspServer hung = RtspServer.start("camera=h265", "datagrams=udp")) {
            Recorded ended = new Recorded(off.url("camera"));
            Recorded stalled = new Recorded(hung.url("camera"));
            Recorded silent = new Recorded(hung.url("datagrams") + "?transport=udp");
            ended.awaitSegments(1);
            stalled.awaitSegments(1);
            silent.awaitSegments(1);

            off.switchOff();
            hung.freeze();
            Instant back = Instant.now().plus(CUT);
            await().atMost(CUT.plusSeconds(5)).until(() -> Instant.now().isAfter(back));
            off.switchOn();
            hung.thaw();
            ended.awaitSegments(2);
            stalled.awaitSegments(2);
            silent.awaitSegments(2);

            ended.hasOneGap("ended", "broken");
            stalled.hasOneGap("stalled");
            silent.hasOneGap("stalled");
            ended.remove();
            stalled.remove();
            silent.remove();
        }
    }

    /** A stream that is recorded and has to be. */
    private static final class Recorded {
        private final String id;
        private Instant from;

        Recorded(String url) {
            RunningService.Answer created = SERVICE.call(
                    "POST", "/api/v1/streams", Map.of("name", People.unique("cut"), "sourceUrl", url, "record", true));
            assertThat(created.status()).as(created.response().body()).isEqualTo(201);
            id = created.body().path("id").asString();
        }

        /** The last of them at least two seconds long. */
        void awaitSegments(int number) {
            await().atMost(PULL.longestPause().plus(PULL.connect()).plus(PATIENCE))
                    .until(() -> {
                        List<JsonNode> segments = segments();
                        return segments.size() == number
                                && Duration.between(start(segments.getLast()), end(segments.getLast()))
                                                .toSeconds()
                                        >= 2;
                    });
            if (from == null) {
                from = start(segments().getFirst());
                RunningService.Answer required = SERVICE.call(
                        "POST",
                        "/api/v1/requirements",
                        Map.of("streamId", id, "from", from, "to", from.plusSeconds(3_600)));
                assertThat(required.status()).isEqualTo(201);
            }
        }

        void hasOneGap(String... causes) {
            List<JsonNode> segments = segments();
            Instant last = end(segments.getFirst());
            Instant next = start(segments.getLast());
            String times = "?from=" + from + "&to=" + from.plusSeconds(3_600);
            String coverage = "/api/v1/streams/" + id + "/coverage" + times;
            // The last seconds before now are not judged yet.
            await().atMost(PATIENCE)
                    .until(() -> Instant.parse(
                                    SERVICE.get(coverage).body().path("to").asString())
                            .isAfter(next));
            JsonNode gaps = SERVICE.get(coverage).body().path("gaps");
            assertThat(gaps.size()).as(gaps.toString()).isEqualTo(1);
            JsonNode gap = gaps.get(0);
            assertThat(gap.path("cause").asString()).isIn((Object[]) causes);
            assertThat(gap.path("from").asString()).isEqualTo(last.toString());
            assertThat(gap.path("to").asString()).isEqualTo(next.toString());
            Duration length = Duration.between(last, next);
            System.out.printf("a source cut for %s: one gap of %s, %s%n", CUT, length, gap);
            // It may wait for the end of a pause or of a try that hangs, and for a key picture.
            assertThat(length)
                    .isBetween(
                            CUT.minusSeconds(1),
                            CUT.plus(PULL.longestPause()).plus(PULL.connect()).plusSeconds(2));
            String playlist = SERVICE.get("/api/v1/streams/" + id + "/playlist.m3u8" + times)
                    .response()
                    .body();
            assertThat(playlist.lines().filter("#EXT-X-DISCONTINUITY"::equals)).hasSize(1);
            assertThat(playlist.lines().filter(line -> line.startsWith("#EXTINF")))
                    .hasSize(2);
        }

        void remove() {
            int version =
                    SERVICE.get("/api/v1/streams/" + id).body().path("version").asInt();
            assertThat(SERVICE.call("DELETE", "/api/v1/streams/" + id + "?version=" + version, null)
                            .status())
                    .isEqualTo(204);
        }

        private List<JsonNode> segments() {
            return SERVICE.get("/api/v1/streams/" + id + "/segments")
                    .body()
                    .path("items")
                    .valueStream()
                    .toList();
        }

        private static Instant start(JsonNode segment) {
            return Instant.parse(segment.path("start").asString());
        }

        private static Instant end(JsonNode segment) {
            return Instant.parse(segment.path("end").asString());
        }
    }
}
