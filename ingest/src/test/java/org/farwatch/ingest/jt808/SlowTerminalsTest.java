package org.farwatch.ingest.jt808;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.farwatch.ingest.jt808.ServerUnderTest.location;
import static org.farwatch.ingest.jt808.WireClient.general;

import java.io.IOException;
import java.time.Duration;
import org.farwatch.ingest.FaultKind;
import org.farwatch.ingest.RowBudget;
import org.farwatch.ingest.SlowConnections;
import org.junit.jupiter.api.Test;

/** Slow loris: many connections that begin a frame and never end it. */
class SlowTerminalsTest {
    private static final String PHONE = "13812345678";
    private static final int SLOW = 500;
    private static final int LIMIT = 20;
    private static final Duration IDLE = Duration.ofSeconds(3);
    private static final Duration SOON = Duration.ofSeconds(15);
    /** A reply takes a thousandth of this; a machine that is busy with other tests takes longer. */
    private static final Duration AT_ONCE = Duration.ofSeconds(2);

    /** A delimiter, then the beginning of a position, over and over. */
    private static final byte[] ENDLESS = Hex.bytes("7e 0200 001c 0138");

    @Test
    void theyAreCutWhenTheIdleTimeIsOverAndATerminalIsServedAtOnceMeanwhile() throws IOException {
        Jt808Settings settings = Jt808Settings.at("127.0.0.1", 0).withIdleTimeout(IDLE);
        try (ServerUnderTest server =
                        new ServerUnderTest(new Register().selfRegistering(), settings, RowBudget.DEFAULT_LIMIT);
                SlowConnections slow = new SlowConnections(server.address, SLOW, ENDLESS);
                WireClient terminal = server.connect(Layout.V2013, PHONE)) {
            int positions = 0;
            while (slow.cut() < SLOW) {
                long asked = System.nanoTime();
                int serial = terminal.send(MessageId.LOCATION, location(positions++));
                assertThat(terminal.reply()).isEqualTo(general(serial, MessageId.LOCATION, 0));
                assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(AT_ONCE);
                assertThat(slow.said()).as("bytes that a slow one could say").isLessThan(150);
            }

            assertThat(slow.said()).isGreaterThan(10);
            await().until(() -> server.server.counters().openConnections() == 1);
            assertThat(server.faults(FaultKind.UNFINISHED)).isEqualTo(SLOW);
            assertThat(server.store.rows()).hasSize(positions);
            assertThat(server.server.terminalsOnline()).isEqualTo(1);
        }
    }

    @Test
    void whoWasShutOutByThemGetsInOnceTheyAreCut() throws IOException {
        Jt808Settings settings =
                Jt808Settings.at("127.0.0.1", 0).withIdleTimeout(IDLE).withMaxConnections(LIMIT);
        try (ServerUnderTest server =
                        new ServerUnderTest(new Register().selfRegistering(), settings, RowBudget.DEFAULT_LIMIT);
                SlowConnections slow = new SlowConnections(server.address, LIMIT, ENDLESS)) {
            await().until(() -> server.server.counters().openConnections() == LIMIT);
            try (WireClient early = server.connect(Layout.V2013, PHONE)) {
                early.awaitClosed();
            }
            assertThat(server.faults(FaultKind.OVER_LIMIT)).isEqualTo(1);

            await().atMost(SOON).until(() -> slow.cut() == LIMIT);
            try (WireClient terminal = server.connect(Layout.V2013, PHONE)) {
                int serial = terminal.send(MessageId.LOCATION, location(1));
                assertThat(terminal.reply()).isEqualTo(general(serial, MessageId.LOCATION, 0));
            }
        }
    }
}
