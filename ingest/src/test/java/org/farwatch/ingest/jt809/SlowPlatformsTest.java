package org.farwatch.ingest.jt809;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.farwatch.ingest.FaultKind;
import org.farwatch.ingest.SlowConnections;
import org.junit.jupiter.api.Test;

/** Slow loris: many connections that begin a frame and never end it. */
class SlowPlatformsTest {
    private static final int CONNECTIONS = 501;
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final int LIMIT = 20;
    private static final byte[] ENDLESS = "[0000005A02".getBytes(StandardCharsets.US_ASCII);

    @Test
    void theyAreCutWhenTheTimeToLogInIsOverAndAPlatformLogsInMeanwhile() throws IOException {
        try (House house = new House(settings(CONNECTIONS), 50_000);
                SlowConnections slow = slow(house, CONNECTIONS - 1);
                PlatformClient platform = new PlatformClient(house.port(), Edition.V2011, null)) {
            assertThat(platform.login(Edition.V2011, 20180920, House.PASSWORD)).isZero();
            while (slow.cut() < CONNECTIONS - 1) {
                platform.fence();
                assertThat(slow.said()).as("bytes that a slow one could say").isLessThan(150);
            }
            assertThat(slow.said()).isGreaterThan(10);
            assertThat(house.faults(FaultKind.NOT_ADMITTED)).isEqualTo(CONNECTIONS - 1);
            assertThat(house.server().platformsOnline()).isEqualTo(1);
        }
    }

    @Test
    void whoWasShutOutByThemGetsInOnceTheyAreCut() throws IOException {
        try (House house = new House(settings(LIMIT), 50_000);
                SlowConnections slow = slow(house, LIMIT)) {
            await().until(() -> house.server().connections() == LIMIT);
            try (PlatformClient early = new PlatformClient(house.port(), Edition.V2011, null)) {
                assertThat(early.frame()).as("closed").isNull();
            }
            assertThat(house.faults(FaultKind.OVER_LIMIT)).isEqualTo(1);

            await().atMost(SOON).until(() -> slow.cut() == LIMIT);
            try (PlatformClient platform = new PlatformClient(house.port(), Edition.V2011, null)) {
                assertThat(platform.login(Edition.V2011, 20180920, House.PASSWORD))
                        .isZero();
            }
        }
    }

    private static Jt809Settings settings(int maxConnections) {
        return new Jt809Settings(
                "127.0.0.1", 0, Duration.ofSeconds(4), Duration.ofSeconds(3), 65_536, maxConnections, 100, Set.of());
    }

    private static SlowConnections slow(House house, int count) throws IOException {
        return new SlowConnections(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), house.port()), count, ENDLESS);
    }
}
