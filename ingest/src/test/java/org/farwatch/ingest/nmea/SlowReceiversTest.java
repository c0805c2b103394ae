package org.farwatch.ingest.nmea;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import org.farwatch.ingest.FaultKind;
import org.farwatch.ingest.Faults;
import org.farwatch.ingest.Protocol;
import org.farwatch.ingest.RowBudget;
import org.farwatch.ingest.SlowConnections;
import org.farwatch.ingest.jt808.MemoryStore;
import org.farwatch.ingest.jt808.Register;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Slow loris: many connections that begin a line and never end it. */
class SlowReceiversTest {
    private static final int SLOW = 500;
    private static final int LIMIT = 20;
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final byte[] ENDLESS = "$BDRMC,0147".getBytes(StandardCharsets.US_ASCII);
    private static final String RMC = "$BDRMC,014727.00,A,3113.82496,N,12128.42206,E,12.30,085.4,211126,,,A*4D\r\n";

    private final MemoryStore store = new MemoryStore();
    private final Faults faults = new Faults(Clock.systemUTC());
    private NmeaServer server;
    private InetSocketAddress address;

    private void open(int maxConnections) throws IOException {
        server = new NmeaServer(
                new NmeaSettings("127.0.0.1", 0, Duration.ofSeconds(3), maxConnections, new Preamble(Preamble.DEFAULT)),
                new Register().selfRegistering(),
                store,
                new RowBudget(100),
                (_, _, _, _, _) -> {},
                faults,
                Clock.systemUTC());
        address = server.start();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void theyAreCutWhenTheIdleTimeIsOverAndAReceiverIsHeardMeanwhile() throws IOException {
        open(SLOW + 1);
        try (SlowConnections slow = new SlowConnections(address, SLOW, ENDLESS);
                Socket receiver = new Socket(address.getAddress(), address.getPort())) {
            send(receiver, "id:car-1\r\n");
            int fixes = 0;
            while (slow.cut() < SLOW) {
                // Two of the same moment would be one fix: each line says another second.
                send(receiver, rmc(fixes++));
                int ended = fixes - 1;
                await().atMost(Duration.ofSeconds(2)).until(() -> store.rows().size() >= ended);
                assertThat(slow.said()).as("bytes that a slow one could say").isLessThan(150);
            }
            assertThat(slow.said()).isGreaterThan(10);
            assertThat(faults.total(Protocol.NMEA, FaultKind.UNFINISHED)).isEqualTo(SLOW);
            await().until(() -> server.connections() == 1);
        }
    }

    @Test
    void whoWasShutOutByThemGetsInOnceTheyAreCut() throws IOException {
        open(LIMIT);
        try (SlowConnections slow = new SlowConnections(address, LIMIT, ENDLESS)) {
            await().until(() -> server.connections() == LIMIT);
            try (Socket early = new Socket(address.getAddress(), address.getPort())) {
                assertThat(early.getInputStream().read()).as("closed").isEqualTo(-1);
            }
            assertThat(faults.total(Protocol.NMEA, FaultKind.OVER_LIMIT)).isEqualTo(1);

            await().atMost(SOON).until(() -> slow.cut() == LIMIT);
            try (Socket receiver = new Socket(address.getAddress(), address.getPort())) {
                send(receiver, "id:car-1\r\n" + RMC);
                await().until(() -> store.rows().size() == 1);
            }
        }
    }

    private static String rmc(int second) {
        String body = "BDRMC,01%02d%02d.00,A,3113.82496,N,12128.42206,E,12.30,085.4,211126,,,A"
                .formatted(second / 60, second % 60);
        int sum = body.chars().reduce(0, (a, b) -> a ^ b);
        return "$%s*%02X\r\n".formatted(body, sum);
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
