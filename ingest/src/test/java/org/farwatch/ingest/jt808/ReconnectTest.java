package org.farwatch.ingest.jt808;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.farwatch.ingest.jt808.ServerUnderTest.location;
import static org.farwatch.ingest.jt808.WireClient.general;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Ten thousand connections, each for one position: of one terminal, and of a hundred some of which come at a time. */
class ReconnectTest {
    private static final int CONNECTIONS = 10_000;
    private static final int TERMINALS = 100;
    private static final int AT_A_TIME = 4;
    private static final String CODE = "code";
    private static final long FIRST_FIX = Instant.parse("2026-03-01T00:00:00Z").getEpochSecond();
    private static final Duration SOON = Duration.ofSeconds(20);
    /** Netty's chunks come and go with the load of the moment; had each connection kept a buffer, they were 20 MB. */
    private static final long DIRECT_BYTES_MAY_GROW = 8 << 20;

    @Test
    void aTerminalThatReconnectsTenThousandTimesLeavesNothingBehind() throws Exception {
        reconnect(1, 1);
    }

    @Test
    void aHundredTerminalsThatReconnectTenThousandTimesLeaveNothingBehind() throws Exception {
        reconnect(TERMINALS, AT_A_TIME);
    }

    private static void reconnect(int terminals, int atATime) throws Exception {
        int visits = CONNECTIONS / terminals;
        Register register = new Register();
        List<String> phones =
                IntStream.range(0, terminals).mapToObj("1390000%04d"::formatted).toList();
        phones.forEach(phone -> register.add(phone, CODE));
        long directBefore = directBytes();
        try (ServerUnderTest server = new ServerUnderTest(register);
                ExecutorService threads = Executors.newFixedThreadPool(atATime)) {
            List<Future<?>> all = new ArrayList<>();
            for (String phone : phones) {
                all.add(threads.submit(() -> {
                    for (int visit = 0; visit < visits; visit++) {
                        visit(server, phone, visit);
                    }
                    return null;
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }

            await().atMost(SOON).until(() -> server.server.counters().openConnections() == 0);
            assertThat(server.server.terminalsOnline()).isZero();
            assertThat(server.budget.inFlight()).isZero();
            assertThat(directBytes() - directBefore).isLessThan(DIRECT_BYTES_MAY_GROW);
            int takeovers = (int) server.server.counters().takeovers();
            assertThat(register.presence()).as("a takeover ends no presence").hasSize(2 * CONNECTIONS - takeovers);
            for (String phone : phones) {
                assertThat(Collections.frequency(register.presence(), phone + " online"))
                        .isEqualTo(visits);
                assertThat(register.presence().lastIndexOf(phone + " offline"))
                        .isGreaterThan(register.presence().lastIndexOf(phone + " online"));
            }
            Map<Integer, List<Long>> fixes = new HashMap<>();
            for (MemoryStore.Row row : server.store.rows()) {
                fixes.computeIfAbsent(row.device(), _ -> new ArrayList<>()).add(row.fixTime() / 1000);
            }
            assertThat(fixes).hasSize(terminals);
            assertThat(fixes.values())
                    .allSatisfy(each -> assertThat(each)
                            .containsExactlyElementsOf(LongStream.range(FIRST_FIX, FIRST_FIX + visits)
                                    .boxed()
                                    .toList()));
        }
    }

    /** Connects, says who it is, sends one position and goes: by turns with a close and with a reset. */
    private static void visit(ServerUnderTest server, String phone, int number) throws IOException {
        try (WireClient terminal = server.connect(Layout.V2013, phone)) {
            assertThat(terminal.authenticate(CODE)).isEqualTo(general(0, MessageId.AUTHENTICATE, 0));
            int serial = terminal.send(MessageId.LOCATION, location(number));
            assertThat(terminal.reply()).isEqualTo(general(serial, MessageId.LOCATION, 0));
            if (number % 2 == 0) {
                terminal.socket().setSoLinger(true, 0);
            }
        }
    }

    private static long directBytes() {
        return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                .metric()
                .usedDirectMemory();
    }
}
