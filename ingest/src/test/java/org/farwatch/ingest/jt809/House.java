package org.farwatch.ingest.jt809;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.farwatch.geo.Datum;
import org.farwatch.ingest.DeviceDirectory;
import org.farwatch.ingest.FaultKind;
import org.farwatch.ingest.Faults;
import org.farwatch.ingest.KnownDevice;
import org.farwatch.ingest.Protocol;
import org.farwatch.ingest.RowBudget;
import org.farwatch.ingest.jt808.MemoryStore;

/** A superior platform on a free port with its registers in memory. */
final class House implements AutoCloseable, PlatformDirectory, DeviceDirectory {
    static final long ACCESS_CODE = 20180920;
    static final String PASSWORD = "20180920";

    final MemoryStore store = new MemoryStore();
    final RowBudget budget;
    final Faults faults = new Faults(Clock.systemUTC());
    final List<String> undecoded = new CopyOnWriteArrayList<>();
    final List<String> presence = new CopyOnWriteArrayList<>();
    final Map<Long, LowerPlatform> platforms = new ConcurrentHashMap<>();
    private final Map<String, KnownDevice> devices = new ConcurrentHashMap<>();
    private final Jt809Server server;
    private final InetSocketAddress address;

    House(Jt809Settings settings, int rowsInFlight) throws IOException {
        budget = new RowBudget(rowsInFlight);
        server = new Jt809Server(
                settings,
                this,
                this,
                store,
                budget,
                (_, _, _, reason, _) -> undecoded.add(reason),
                faults,
                Clock.systemUTC());
        address = server.start();
        register(platform(Edition.V2011, null, true));
    }

    static House open() throws IOException {
        return new House(Jt809Settings.at("127.0.0.1", 0), 50_000);
    }

    static LowerPlatform platform(Edition edition, BodyCipher cipher, boolean creates) {
        return new LowerPlatform(1, "北区平台", ACCESS_CODE, 20180920, edition, cipher, null, creates, Datum.WGS84);
    }

    void register(LowerPlatform platform) {
        platforms.put(platform.accessCode(), platform);
    }

    void addVehicle(String protocolId) {
        devices.put(
                protocolId,
                new KnownDevice(devices.size() + 1, "jt809-" + protocolId, Protocol.JT809, protocolId, Datum.WGS84));
    }

    int port() {
        return address.getPort();
    }

    PlatformTally tally() {
        return server.tally(1);
    }

    Jt809Server server() {
        return server;
    }

    long faults(FaultKind kind) {
        return faults.total(Protocol.JT809, kind);
    }

    @Override
    public LowerPlatform find(long accessCode) {
        return platforms.get(accessCode);
    }

    @Override
    public CompletionStage<PasswordCheck> check(LowerPlatform platform, String password) {
        return CompletableFuture.supplyAsync(
                () -> password.equals(PASSWORD) ? PasswordCheck.RIGHT : PasswordCheck.WRONG);
    }

    @Override
    public CompletionStage<Admission> create(LowerPlatform platform, int plateColour, String plate) {
        return CompletableFuture.supplyAsync(() -> {
            String id = platform.protocolId(plateColour, plate);
            addVehicle(id);
            return new Admission.Accepted(devices.get(id), "");
        });
    }

    @Override
    public KnownDevice find(Protocol protocol, String protocolId) {
        return devices.get(protocolId);
    }

    @Override
    public CompletionStage<Admission> register(Registration registration) {
        throw new UnsupportedOperationException("JT/T 809 does not register terminals");
    }

    @Override
    public CompletionStage<Admission> authenticate(Protocol protocol, String protocolId, String code) {
        throw new UnsupportedOperationException("JT/T 809 does not authenticate terminals");
    }

    @Override
    public CompletionStage<Admission> introduce(Protocol protocol, String protocolId) {
        throw new UnsupportedOperationException("JT/T 809 does not introduce terminals");
    }

    @Override
    public void presence(KnownDevice device, boolean online, Instant at) {
        presence.add((online ? "+" : "-") + device.protocolId());
    }

    @Override
    public void close() {
        server.close();
    }
}
