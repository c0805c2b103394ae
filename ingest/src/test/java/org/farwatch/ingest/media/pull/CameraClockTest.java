package org.farwatch.ingest.media.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import org.farwatch.ingest.simulator.camera.CameraServer;
import org.farwatch.ingest.simulator.camera.StreetScene;
import org.junit.jupiter.api.Test;

class CameraClockTest {
    private static final long NOW = Instant.parse("2026-11-23T02:00:00Z").toEpochMilli();

    private final CameraClock clock = new CameraClock();

    @Test
    void isKnownAfterSomePicturesByTheMedianOfTheirOffsets() {
        take(0, 40_000);
        take(1, 40_100);
        assertThat(clock.offset()).isEmpty();
        take(2, 1_000);
        assertThat(clock.offset()).hasValue(40_000);
        for (int i = 3; i < 12; i++) {
            take(i, -7_000);
        }
        assertThat(clock.offset()).as("it was set").hasValue(-7_000);
    }

    @Test
    void looksAtOnePictureASecond() {
        clock.take(NOW, NOW);
        assertThat(clock.due(NOW + 999)).isFalse();
        clock.take(NOW + 999, NOW + 999);
        clock.take(NOW + 1_000, NOW + 1_000);
        assertThat(clock.offset()).isEmpty();
        clock.take(NOW + 2_000, NOW + 2_000);
        assertThat(clock.offset()).hasValue(0);
    }

    @Test
    void isNotKnownOfWhoCountsFromHisStartAndWrongOfWhoIsReset() {
        for (int i = 0; i < 5; i++) {
            clock.take(i * 1_000L, NOW + i * 1_000L);
        }
        assertThat(clock.offset()).isEmpty();
        long reset = Instant.parse("2000-01-01T00:00:00Z").toEpochMilli();
        for (int i = 0; i < 5; i++) {
            clock.take(reset + i * 1_000L, NOW + i * 1_000L);
        }
        assertThat(clock.offset()).hasValue(reset - NOW);
    }

    @Test
    void isReadFromTheSenderReportsOfARealConnection() {
        try (CameraServer server =
                new CameraServer(CameraServer.Settings.loopback().withClockAhead(Duration.ofSeconds(90)))) {
            server.add("ahead", StreetScene.quiet(1), 400_000);
            try (Puller puller = new Puller(
                    "clock",
                    PullSource.parse(server.url("ahead")),
                    PullSettings.standard(),
                    new Watched(),
                    (_, _, _) -> {})) {
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> puller.clockOffset().isPresent());
                assertThat(puller.clockOffset().orElseThrow()).isBetween(85_000L, 91_000L);
            }
        }
    }

    private void take(int second, long offset) {
        clock.take(NOW + second * 1_000L + offset, NOW + second * 1_000L);
    }
}
