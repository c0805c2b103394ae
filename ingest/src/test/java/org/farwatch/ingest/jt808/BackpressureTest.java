package org.farwatch.ingest.jt808;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.farwatch.ingest.jt808.ServerUnderTest.location;
import static org.farwatch.ingest.jt808.WireClient.general;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.farwatch.ingest.RowBudget;
import org.farwatch.ingest.jt808.FrameReaderTest.Seen;
import org.junit.jupiter.api.Test;

/** The database is slower than the terminals, or away. */
class BackpressureTest {
    private static final String PHONE = "13812345678";
    private static final int ROWS_IN_FLIGHT = 100;

    /** What one read of a socket delivers at most, in positions, beyond the rows in flight. */
    private static final int SLACK = 2_500;

    private static final int MORE_THAN_BUFFERS_HOLD = 5_000_000;

    private static final Jt808Settings ONE_LOOP =
            Jt808Settings.at("127.0.0.1", 0).withEventLoopThreads(1);

    @Test
    void whileTheStoreReportsNothingTheSocketIsNotReadAndAfterwardsNothingIsMissing() throws Exception {
        int total = 40_000;
        try (ServerUnderTest server = new ServerUnderTest(new Register().selfRegistering(), ONE_LOOP, ROWS_IN_FLIGHT);
                WireClient terminal = server.connect(Layout.V2013, PHONE);
                WireClient neighbour = server.connect(Layout.V2013, "13900000000")) {
            terminal.socket().setSendBufferSize(16 * 1024);
            neighbour.send(MessageId.LOCATION, location(0));
            neighbour.reply();
            server.store.hold();
            AtomicInteger sent = new AtomicInteger();
            Thread sender = sender(terminal, total, sent, new AtomicBoolean());
            awaitStuck(sent);

            int held = server.store.held();
            assertThat(held).isBetween(ROWS_IN_FLIGHT, ROWS_IN_FLIGHT + SLACK);
            assertThat(sent.get()).isLessThan(total);
            assertThat(server.budget.inFlight()).isEqualTo(held);
            assertThat(server.server.counters().pauses()).isEqualTo(1);
            assertThat(terminal.quiet()).isTrue();
            neighbour.send(MessageId.HEARTBEAT, "");
            assertThat(neighbour.quiet()).isTrue();

            server.store.release();
            for (int i = 0; i < total; i++) {
                Seen reply = terminal.receive();
                assertThat(Hex.text(reply.body())).isEqualTo("%04x020000".formatted(i & 0xFFFF));
            }
            assertThat(neighbour.reply()).isEqualTo(general(1, MessageId.HEARTBEAT, 0));
            assertThat(sender.join(Duration.ofSeconds(1))).isTrue();
            assertThat(server.store.rows()).hasSize(total + 1);
            assertThat(server.server.counters().acknowledgedRows()).isEqualTo(total + 1);
            await().until(() -> server.budget.inFlight() == 0);
        }
    }

    @Test
    void aTrickleOfPositionsDoesNotBecomeABatchEachWhileTheStoreIsAway() throws Exception {
        try (ServerUnderTest server =
                        new ServerUnderTest(new Register().selfRegistering(), ONE_LOOP, RowBudget.DEFAULT_LIMIT);
                WireClient terminal = server.connect(Layout.V2013, PHONE)) {
            server.store.hold();
            int positions = RowCollector.MAX_BATCHES * 3;
            for (int i = 0; i < positions; i++) {
                terminal.send(MessageId.LOCATION, location(i));
                terminal.send(MessageId.HEARTBEAT, "");
                assertThat(terminal.reply()).isEqualTo(general(2 * i + 1, MessageId.HEARTBEAT, 0));
            }
            assertThat(server.store.batchSizes()).hasSize(RowCollector.MAX_BATCHES);

            server.store.release();
            Set<String> answers = new HashSet<>();
            for (int i = 0; i < positions; i++) {
                answers.add(terminal.reply());
            }
            assertThat(answers).hasSize(positions).allMatch(answer -> answer.endsWith("020000"));
            assertThat(server.store.batchSizes()).hasSize(RowCollector.MAX_BATCHES + 1);
            assertThat(server.store.batchSizes().getLast()).isEqualTo(2 * RowCollector.MAX_BATCHES);
        }
    }

    @Test
    void positionsOfOneTurnGoInOneBatch() throws Exception {
        try (ServerUnderTest server =
                        new ServerUnderTest(new Register().selfRegistering(), ONE_LOOP, RowBudget.DEFAULT_LIMIT);
                WireClient terminal = server.connect(Layout.V2013, PHONE)) {
            terminal.send(positions(0, 300));
            for (int i = 0; i < 300; i++) {
                terminal.receive();
            }
            assertThat(server.store.batchSizes().size()).isLessThan(10);
        }
    }

    @Test
    void aTerminalThatDoesNotReadItsAnswersIsNotReadEither() throws Exception {
        try (ServerUnderTest server =
                        new ServerUnderTest(new Register().selfRegistering(), ONE_LOOP, RowBudget.DEFAULT_LIMIT);
                WireClient terminal = server.connect(Layout.V2013, PHONE)) {
            AtomicInteger sent = new AtomicInteger();
            AtomicBoolean stop = new AtomicBoolean();
            Thread sender = sender(terminal, MORE_THAN_BUFFERS_HOLD, sent, stop);
            awaitStuck(sent);
            assertThat(sent.get()).isLessThan(MORE_THAN_BUFFERS_HOLD);

            stop.set(true);
            int received = 0;
            while (sender.isAlive() || received < sent.get()) {
                if (received < sent.get()) {
                    terminal.receive();
                    received++;
                }
            }
            assertThat(received).isEqualTo(sent.get());
            assertThat(server.server.counters().acknowledgedRows()).isEqualTo(received);
        }
    }

    private static Thread sender(WireClient terminal, int total, AtomicInteger sent, AtomicBoolean stop) {
        return Thread.ofPlatform().start(() -> {
            try {
                for (int i = 0; i < total && !stop.get(); i += 100) {
                    terminal.send(positions(i, 100));
                    sent.addAndGet(100);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Waits until nothing more goes out: the buffers of both sides are full. */
    private static void awaitStuck(AtomicInteger sent) {
        AtomicInteger before = new AtomicInteger(-1);
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(250))
                .until(() -> before.getAndSet(sent.get()) == sent.get());
    }

    private static byte[] positions(int from, int count) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = from; i < from + count; i++) {
            byte[] body = Hex.bytes(location(i % 3600));
            out.writeBytes(WireClient.wire(Layout.V2013, PHONE, MessageId.LOCATION, i & 0xFFFF, body));
        }
        return out.toByteArray();
    }
}
