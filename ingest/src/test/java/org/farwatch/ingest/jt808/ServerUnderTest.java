package org.farwatch.ingest.jt808;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.farwatch.ingest.FaultKind;
import org.farwatch.ingest.Faults;
import org.farwatch.ingest.Protocol;
import org.farwatch.ingest.RowBudget;

/** A server on a free port of the loopback with everything around it in memory. */
public final class ServerUnderTest implements AutoCloseable {
    public static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    public final Register register;
    public final MemoryStore store = new MemoryStore();
    public final MemoryTerminalSink sink = new MemoryTerminalSink();
    public final Faults faults;
    public final List<String> undecoded = new CopyOnWriteArrayList<>();
    public final RowBudget budget;
    public final Jt808Server server;
    public final InetSocketAddress address;

    public ServerUnderTest(Register register) throws IOException {
        this(register, Jt808Settings.at("127.0.0.1", 0), RowBudget.DEFAULT_LIMIT);
    }

    public ServerUnderTest(Register register, Jt808Settings settings, int rowsInFlight) throws IOException {
        this.register = register;
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        faults = new Faults(clock);
        budget = new RowBudget(rowsInFlight);
        server = new Jt808Server(
                settings,
                register,
                store,
                sink,
                budget,
                (_, origin, _, reason, raw) -> undecoded.add(origin + ": " + reason + ": " + Hex.text(raw)),
                faults,
                clock);
        address = server.start();
    }

    WireClient connect(Layout layout, String phone) throws IOException {
        return new WireClient(address, layout, phone);
    }

    public long faults(FaultKind kind) {
        return faults.total(Protocol.JT808, kind);
    }

    /** A location body with a fix at 31.23 N 121.47 E and no items, {@code second} seconds after 08:00 GMT+8. */
    public static String location(int second) {
        return "00000000 00000003 %08x %08x 0004 0000 005a 260301%02d%02d%02d"
                .formatted(31_230_000, 121_470_000, 8 + second / 3600, second / 60 % 60, second % 60);
    }

    @Override
    public void close() {
        server.close();
    }
}
