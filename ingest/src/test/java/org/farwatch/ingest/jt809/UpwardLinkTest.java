package org.farwatch.ingest.jt809;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.farwatch.geo.PositionFlag;
import org.farwatch.ingest.SteadyPort;
import org.farwatch.ingest.jt808.MemoryStore;
import org.farwatch.ingest.jt809.PlatformTally.SlaveState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Our subordinate and our superior talk to each other over real sockets. */
class UpwardLinkTest {
    private static final UpwardSettings.Timing QUICK = new UpwardSettings.Timing(
            Duration.ofMillis(200),
            Duration.ofSeconds(5),
            Duration.ofMillis(20),
            Duration.ofMillis(20),
            Duration.ofMillis(200));
    private static final UpwardVehicle VEHICLE =
            new UpwardVehicle(1, "沪A12345", 2, "MAKER", "MODEL", "T123456", "13800138000");
    private static final long START = Instant.parse("2026-11-22T04:00:00Z").toEpochMilli();

    /** A queue in memory that forgets only what was delivered. */
    private static final class Waiting implements UpwardQueue {
        private final List<UpwardPosition> positions = new ArrayList<>();

        synchronized void add(int from, int to, boolean late) {
            for (int i = from; i < to; i++) {
                positions.add(new UpwardPosition(
                        i, VEHICLE, START + i * 1000L, 121.473701, 31.230416, 12, 36.4f, 85, 150, 1, 3, true, late));
            }
        }

        @Override
        public synchronized List<UpwardPosition> next(int limit) {
            return List.copyOf(positions.subList(0, Math.min(limit, positions.size())));
        }

        @Override
        public synchronized void delivered(List<UpwardPosition> done) {
            positions.removeAll(new HashSet<>(done));
        }

        synchronized int size() {
            return positions.size();
        }
    }

    private static UpwardLink link(House house, int port, Edition edition, BodyCipher cipher, UpwardQueue queue)
            throws IOException {
        return link(house, port, edition, cipher, queue, House.PASSWORD);
    }

    private static UpwardLink link(
            House house, int port, Edition edition, BodyCipher cipher, UpwardQueue queue, String password)
            throws IOException {
        int down = SteadyPort.free();
        UpwardLink link = new UpwardLink(
                new UpwardSettings(
                        1,
                        "市平台",
                        "127.0.0.1",
                        port,
                        House.ACCESS_CODE,
                        20180920,
                        password,
                        edition,
                        cipher,
                        "127.0.0.1",
                        down,
                        "127.0.0.1",
                        QUICK),
                queue,
                house.faults,
                (_, _, _, reason, _) -> house.undecoded.add(reason),
                Clock.systemUTC());
        link.start();
        return link;
    }

    @ParameterizedTest
    @EnumSource(Edition.class)
    void whatWaitsArrivesAndBothLinksStand(Edition edition) throws IOException {
        BodyCipher cipher = new BodyCipher(10_000_000, 20_000_000, 30_000_000);
        Waiting queue = new Waiting();
        queue.add(0, 7, true);
        queue.add(7, 9, false);
        try (House house = House.open()) {
            house.register(House.platform(edition, cipher, true));
            try (UpwardLink link = link(house, house.port(), edition, cipher, queue)) {
                await().until(() -> house.store.rows().size() == 9 && queue.size() == 0);
                List<MemoryStore.Row> rows = house.store.rows();
                assertThat(rows)
                        .extracting(MemoryStore.Row::fixTime)
                        .containsExactly(
                                START,
                                START + 1000,
                                START + 2000,
                                START + 3000,
                                START + 4000,
                                START + 5000,
                                START + 6000,
                                START + 7000,
                                START + 8000);
                assertThat(rows)
                        .extracting(row -> PositionFlag.labels(row.flags()).contains("buffered"))
                        .containsExactly(true, true, true, true, true, true, true, false, false);
                assertThat(rows.getFirst().longitude()).isEqualTo(121.473701);
                assertThat(rows.getFirst().latitude()).isEqualTo(31.230416);
                assertThat(rows.getFirst().alarms()).isEqualTo(1);
                assertThat(rows.getFirst().speed()).isEqualTo(edition == Edition.V2011 ? 36f : 36.4f);
                await().until(() ->
                        link.tally().slaveConnected() && house.tally().slave() == SlaveState.CONNECTED);
                assertThat(link.tally().delivered()).isEqualTo(9);
                assertThat(link.tally().lastError()).isNull();
            }
            await().until(() -> house.tally().connectedSince() == null);
            assertThat(house.undecoded).isEmpty();
        }
    }

    @Test
    void aRefusedLoginIsSaidInWordsAndTriedAgain() throws IOException {
        try (House house = House.open();
                UpwardLink link = link(house, house.port(), Edition.V2011, null, new Waiting(), "wrong")) {
            await().atMost(Duration.ofSeconds(15))
                    .untilAsserted(() ->
                            assertThat(link.tally().lastError()).isEqualTo("the login was refused: WRONG_PASSWORD"));
            assertThat(link.tally().connectedSince()).isNull();
        }
    }

    /** The link is cut again and again, amid frames; at the other end nothing is missing and little comes twice. */
    @Test
    void aLinkKilledManyTimesLosesNothing() throws Exception {
        int total = 4_000;
        Waiting queue = new Waiting();
        try (House house = House.open();
                CuttingProxy proxy = new CuttingProxy(house.port(), 30_000);
                UpwardLink link = link(house, proxy.port(), Edition.V2011, null, queue)) {
            for (int from = 0; from < total; from += 100) {
                queue.add(from, from + 100, from % 200 == 0);
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> queue.size() == 0);
            Set<Long> arrived = new HashSet<>();
            await().untilAsserted(() -> {
                house.store.rows().forEach(row -> arrived.add(row.fixTime()));
                assertThat(arrived).hasSize(total);
            });
            assertThat(link.tally().breaks()).as("the proxy did cut").isGreaterThan(3);
            int twice = house.store.rows().size() - total;
            assertThat(twice).isLessThanOrEqualTo((int) link.tally().breaks() * UpwardLink.BATCH);
        }
    }

    @Test
    void aCityPlatformThatAcceptsAndSaysNothingIsGivenUp() throws IOException {
        try (House house = House.open();
                ServerSocket mute = new ServerSocket(0)) {
            UpwardSettings.Timing impatient = new UpwardSettings.Timing(
                    Duration.ofMillis(100),
                    Duration.ofMillis(300),
                    Duration.ofMillis(20),
                    Duration.ofMillis(50),
                    Duration.ofMillis(50));
            UpwardSettings settings = new UpwardSettings(
                    1,
                    "mute",
                    "127.0.0.1",
                    mute.getLocalPort(),
                    1,
                    1,
                    "x",
                    Edition.V2011,
                    null,
                    "",
                    0,
                    "127.0.0.1",
                    impatient);
            try (UpwardLink link =
                    new UpwardLink(settings, new Waiting(), house.faults, (_, _, _, _, _) -> {}, Clock.systemUTC())) {
                link.start();
                await().until(() -> link.tally().breaks() >= 2);
                assertThat(link.tally().connectedSince()).isNull();
            }
        }
    }
}
