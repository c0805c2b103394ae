package org.farwatch.ingest.jt808;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.farwatch.geo.PositionBatch;
import org.farwatch.geo.StoreResult;
import org.farwatch.ingest.DeviceDirectory;
import org.farwatch.ingest.Faults;
import org.farwatch.ingest.KnownDevice;
import org.farwatch.ingest.PositionSink;
import org.farwatch.ingest.Protocol;
import org.farwatch.ingest.RowBudget;
import org.junit.jupiter.api.Test;

/** What a position costs from the socket to the sink and back to the acknowledgement. */
class SteadyStateTest {
    private static final String PHONE = "13812345678";
    private static final int ROUND = 200;
    private static final int WARM_UP_ROUNDS = 500;
    private static final int ROUNDS = 1_000;

    @Test
    void aPositionAllocatesNothingOnItsEventLoop() throws IOException {
        AtomicLong eventLoop = new AtomicLong();
        Register register = new Register().selfRegistering();
        DeviceDirectory directory = new Watched(register, eventLoop);
        Jt808Server server = new Jt808Server(
                Jt808Settings.at("127.0.0.1", 0).withEventLoopThreads(1),
                directory,
                SteadyStateTest::store,
                new MemoryTerminalSink(),
                new RowBudget(RowBudget.DEFAULT_LIMIT),
                (_, _, _, _, _) -> {},
                new Faults(Clock.systemUTC()),
                Clock.systemUTC());
        InetSocketAddress address = server.start();
        try (server;
                Socket socket = new Socket(address.getAddress(), address.getPort())) {
            socket.setTcpNoDelay(true);
            byte[] round = round();
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            exchange(socket, round, WARM_UP_ROUNDS);
            long before = threads.getThreadAllocatedBytes(eventLoop.get());
            long start = System.nanoTime();
            exchange(socket, round, ROUNDS);
            long nanos = System.nanoTime() - start;
            long allocated = threads.getThreadAllocatedBytes(eventLoop.get()) - before;
            long positions = (long) ROUND * ROUNDS;
            System.out.printf(
                    "one connection, one event loop: %,d positions/s stored and acknowledged, %.3f bytes each%n",
                    positions * 1_000_000_000L / nanos, (double) allocated / positions);

            assertThat(allocated).as("bytes for %s positions", positions).isLessThan(positions);
            assertThat(server.counters().acknowledgedRows()).isEqualTo((long) ROUND * (ROUNDS + WARM_UP_ROUNDS));
        }
    }

    private static void store(PositionBatch batch, PositionSink.Completion done) {
        for (int i = 0; i < batch.size(); i++) {
            batch.result(i, StoreResult.STORED);
        }
        done.done(batch);
    }

    private static void exchange(Socket socket, byte[] round, int rounds) throws IOException {
        OutputStream out = socket.getOutputStream();
        InputStream in = socket.getInputStream();
        byte[] answers = new byte[64 * 1024];
        for (int i = 0; i < rounds; i++) {
            out.write(round);
            int delimiters = 0;
            while (delimiters < 2 * ROUND) {
                int n = in.read(answers);
                for (int at = 0; at < n; at++) {
                    delimiters += answers[at] == FrameReader.DELIMITER ? 1 : 0;
                }
            }
        }
    }

    private static byte[] round() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] body = Hex.bytes(ServerUnderTest.location(0) + "01 04 00000064 30 01 1c 31 01 0c");
        for (int i = 0; i < ROUND; i++) {
            out.writeBytes(WireClient.wire(Layout.V2013, PHONE, MessageId.LOCATION, i, body));
        }
        return out.toByteArray();
    }

    /** Notes which thread asks. */
    private record Watched(Register register, AtomicLong thread) implements DeviceDirectory {
        @Override
        public KnownDevice find(Protocol protocol, String protocolId) {
            thread.setPlain(Thread.currentThread().threadId());
            return register.find(protocol, protocolId);
        }

        @Override
        public CompletionStage<Admission> register(Registration registration) {
            return register.register(registration);
        }

        @Override
        public CompletionStage<Admission> authenticate(Protocol protocol, String protocolId, String code) {
            return register.authenticate(protocol, protocolId, code);
        }

        @Override
        public CompletionStage<Admission> introduce(Protocol protocol, String protocolId) {
            return register.introduce(protocol, protocolId);
        }

        @Override
        public void presence(KnownDevice device, boolean online, Instant at) {
            register.presence(device, online, at);
        }
    }
}
