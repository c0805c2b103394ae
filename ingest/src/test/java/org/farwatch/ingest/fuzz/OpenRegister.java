package org.farwatch.ingest.fuzz;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.farwatch.geo.Datum;
import org.farwatch.ingest.DeviceDirectory;
import org.farwatch.ingest.Faults;
import org.farwatch.ingest.KnownDevice;
import org.farwatch.ingest.Protocol;

/** A register that knows everybody, and lets everybody in at once. */
public final class OpenRegister implements DeviceDirectory {
    public static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T00:00:00Z"), ZoneOffset.UTC);

    /** One for all runs: it logs a device once a minute, and this clock stands still. */
    public static final Faults FAULTS = new Faults(CLOCK);

    private final Map<String, KnownDevice> devices = new HashMap<>();

    @Override
    public KnownDevice find(Protocol protocol, String protocolId) {
        return devices.get(protocolId);
    }

    @Override
    public CompletionStage<Admission> register(Registration registration) {
        return accepted(registration.protocol(), registration.protocolId());
    }

    @Override
    public CompletionStage<Admission> authenticate(Protocol protocol, String protocolId, String code) {
        return code.startsWith("x")
                ? CompletableFuture.completedFuture(new Admission.Refused(Refusal.WRONG_CODE))
                : accepted(protocol, protocolId);
    }

    @Override
    public CompletionStage<Admission> introduce(Protocol protocol, String protocolId) {
        return accepted(protocol, protocolId);
    }

    /** Also of a vehicle that a platform may create. */
    public CompletionStage<Admission> accepted(Protocol protocol, String protocolId) {
        KnownDevice device = devices.computeIfAbsent(
                protocolId, id -> new KnownDevice(devices.size() + 1, id, protocol, id, Datum.GCJ02));
        return CompletableFuture.completedFuture(new Admission.Accepted(device, "code"));
    }

    @Override
    public void presence(KnownDevice device, boolean online, Instant at) {
        Invariant.holds(devices.containsValue(device), "presence of somebody who was not let in");
    }
}
