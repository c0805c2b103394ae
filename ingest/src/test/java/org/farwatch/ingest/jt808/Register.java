package org.farwatch.ingest.jt808;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.farwatch.geo.Datum;
import org.farwatch.ingest.DeviceDirectory;
import org.farwatch.ingest.KnownDevice;
import org.farwatch.ingest.Protocol;

/** A register in memory; decisions come at once or, after {@link #delay}, when {@link #decide} says so. */
public final class Register implements DeviceDirectory {
    private final Map<String, KnownDevice> devices = new ConcurrentHashMap<>();
    private final Map<String, String> codes = new ConcurrentHashMap<>();
    private final List<CompletableFuture<Void>> undecided = new CopyOnWriteArrayList<>();
    private final List<String> presence = new CopyOnWriteArrayList<>();
    private final List<Registration> registrations = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile boolean selfRegistration;
    private volatile boolean delayed;

    public Register selfRegistering() {
        selfRegistration = true;
        return this;
    }

    public KnownDevice add(String phone, String code) {
        return add(phone, code, Datum.WGS84);
    }

    public KnownDevice add(String phone, String code, Datum datum) {
        KnownDevice device = new KnownDevice(devices.size() + 1, "jt808-" + phone, Protocol.JT808, phone, datum);
        devices.put(phone, device);
        codes.put(phone, code);
        return device;
    }

    public void remove(String phone) {
        devices.remove(phone);
    }

    public void delay() {
        delayed = true;
    }

    /** Lets all decisions asked for so far be made, on the calling thread. */
    public void decide() {
        delayed = false;
        undecided.forEach(decision -> decision.complete(null));
        undecided.clear();
    }

    public int undecided() {
        return undecided.size();
    }

    /** {@code phone online} and {@code phone offline} in their order. */
    public List<String> presence() {
        return presence;
    }

    public List<Registration> registrations() {
        return registrations;
    }

    /** Every question asked, as {@code introduce 138...}. */
    public List<String> asked() {
        return asked;
    }

    @Override
    public KnownDevice find(Protocol protocol, String protocolId) {
        return devices.get(protocolId);
    }

    @Override
    public CompletionStage<Admission> register(Registration registration) {
        registrations.add(registration);
        String phone = registration.protocolId();
        asked.add("register " + phone);
        return later(() -> {
            KnownDevice device = known(phone);
            if (device == null) {
                return new Admission.Refused(Refusal.UNKNOWN_DEVICE);
            }
            codes.put(phone, "code-" + phone + "-" + registrations.size());
            return new Admission.Accepted(device, codes.get(phone));
        });
    }

    @Override
    public CompletionStage<Admission> authenticate(Protocol protocol, String protocolId, String code) {
        asked.add("authenticate " + protocolId);
        return later(() -> {
            KnownDevice device = known(protocolId);
            if (device == null) {
                return new Admission.Refused(Refusal.UNKNOWN_DEVICE);
            }
            return code.equals(codes.computeIfAbsent(protocolId, _ -> code))
                    ? new Admission.Accepted(device, "")
                    : new Admission.Refused(Refusal.WRONG_CODE);
        });
    }

    @Override
    public CompletionStage<Admission> introduce(Protocol protocol, String protocolId) {
        asked.add("introduce " + protocolId);
        return later(() -> {
            if (!selfRegistration) {
                return new Admission.Refused(
                        devices.containsKey(protocolId) ? Refusal.NOT_AUTHENTICATED : Refusal.UNKNOWN_DEVICE);
            }
            return new Admission.Accepted(known(protocolId), "");
        });
    }

    @Override
    public void presence(KnownDevice device, boolean online, Instant at) {
        presence.add(device.protocolId() + (online ? " online" : " offline"));
    }

    private synchronized KnownDevice known(String phone) {
        KnownDevice device = devices.get(phone);
        if (device == null && selfRegistration) {
            device = new KnownDevice(devices.size() + 1, "jt808-" + phone, Protocol.JT808, phone, Datum.WGS84);
            devices.put(phone, device);
        }
        return device;
    }

    private CompletionStage<Admission> later(Supplier<Admission> decision) {
        if (!delayed) {
            return CompletableFuture.completedFuture(decision.get());
        }
        CompletableFuture<Void> gate = new CompletableFuture<>();
        CompletionStage<Admission> answer = gate.thenApply(_ -> decision.get());
        undecided.add(gate);
        return answer;
    }
}
