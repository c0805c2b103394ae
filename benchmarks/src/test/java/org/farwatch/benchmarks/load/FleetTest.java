package org.farwatch.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.farwatch.benchmarks.load.Ledger.Fate;
import org.farwatch.ingest.Faults;
import org.farwatch.ingest.RowBudget;
import org.farwatch.ingest.TerminalMedia;
import org.farwatch.ingest.TerminalReport;
import org.farwatch.ingest.TerminalSink;
import org.farwatch.ingest.jt808.Jt808Server;
import org.farwatch.ingest.jt808.Jt808Settings;
import org.farwatch.ingest.jt808.Layout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The accounts of the load generator, of a real server whose store lies, refuses or is late in a known way. */
class FleetTest {
    private static final int TERMINALS = 200;
    private static final int POSITIONS_A_SECOND = 4_000;
    private static final int ENOUGH = 5_000;
    private static final Duration SOON = Duration.ofSeconds(30);

    private final long start = Load.start();
    private final Ledger ledger = new Ledger(start);
    private final Jt808Server server = new Jt808Server(
            Jt808Settings.at("127.0.0.1", 0),
            ledger,
            ledger,
            new NoReports(),
            new RowBudget(RowBudget.DEFAULT_LIMIT),
            (_, _, _, _, _) -> {},
            new Faults(Clock.systemUTC()),
            Clock.systemUTC());
    private InetSocketAddress address;

    @BeforeEach
    void listen() throws Exception {
        address = server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void ofAnHonestServerSentAcknowledgedAndStoredAreTheSame() throws Exception {
        LoadResult result = load(SOON);

        assertThat(result.positions()).isGreaterThan(ENOUGH).isEqualTo(ledger.rows());
        assertThat(result.sent()).isEqualTo(result.positions());
        assertThat(result.acknowledged()).isEqualTo(result.positions());
        assertThat(result.stored()).isEqualTo(result.positions());
        assertThat(result.refused()).isZero();
        assertThat(result.connects()).isEqualTo(TERMINALS);
        assertThat(result.broken()).isZero();
    }

    @Test
    void aServerThatAcknowledgesWhatItDoesNotStoreIsCaughtToTheLastPosition() throws Exception {
        ledger.decide((number, _) -> number % 7 == 3 ? Fate.FORGOTTEN : Fate.STORED);

        LoadResult result = load(SOON);

        assertThat(result.acknowledged()).isEqualTo(result.positions());
        assertThat(result.acknowledged() - result.stored()).isPositive().isEqualTo(ledger.forgotten());
    }

    @Test
    void whatIsRefusedIsCountedAndSentAgainUntilItIsTaken() throws Exception {
        ledger.decide((number, first) -> number % 5 == 0 && first ? Fate.REFUSED : Fate.STORED);

        LoadResult result = load(SOON);

        assertThat(result.refused()).isPositive().isEqualTo(ledger.refused());
        assertThat(result.sent()).isEqualTo(result.positions() + result.refused());
        assertThat(result.acknowledged()).isEqualTo(result.positions());
        assertThat(result.stored()).isEqualTo(result.positions());
    }

    @Test
    void whatIsNeverTakenIsMissingFromTheAcknowledged() throws Exception {
        ledger.decide((number, _) -> number == 0 ? Fate.REFUSED : Fate.STORED);

        LoadResult result = load(Duration.ofSeconds(1));

        assertThat(result.positions() - result.acknowledged()).isEqualTo(TERMINALS);
        assertThat(result.stored()).isEqualTo(result.acknowledged());
    }

    @Test
    void whatABrokenConnectionLeftUnansweredComesOverTheNextAndIsCountedOnce() throws Exception {
        ledger.answerOn(CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS));
        int breaks = 10;
        try (Fleet fleet = new Fleet(plan(1), 1)) {
            fleet.start();
            await().atMost(SOON).until(() -> ledger.arrivals() >= TERMINALS + breaks);
            LoadResult result = fleet.finish(SOON);

            assertThat(result.broken()).isGreaterThanOrEqualTo(breaks);
            assertThat(result.connects()).isEqualTo(ledger.arrivals()).isEqualTo(TERMINALS + result.broken());
            assertThat(result.sent()).isGreaterThan(result.positions());
            assertThat(result.acknowledged()).isEqualTo(result.positions());
            assertThat(fleet.stored(ledger::numbers)).isEqualTo(result.positions());
            assertThat(ledger.rows()).isGreaterThan(result.positions());
        }
    }

    private LoadResult load(Duration wait) throws InterruptedException {
        try (Fleet fleet = new Fleet(plan(0), 1)) {
            fleet.start();
            await().atMost(SOON).until(() -> ledger.rows() > ENOUGH);
            LoadResult result = fleet.finish(wait);
            return result.withStored(fleet.stored(ledger::numbers));
        }
    }

    private LoadPlan plan(double loss) {
        return new LoadPlan(
                address,
                TERMINALS,
                List.of(Layout.values()),
                POSITIONS_A_SECOND,
                64,
                Duration.ofSeconds(30),
                loss,
                Duration.ofDays(1),
                13_900_000_000L,
                start);
    }

    /** Terminals of a load send nothing but positions. */
    private static final class NoReports implements TerminalSink {
        @Override
        public void media(TerminalMedia media, Consumer<Outcome> done) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void report(TerminalReport report, Consumer<Outcome> done) {
            throw new UnsupportedOperationException();
        }
    }
}
