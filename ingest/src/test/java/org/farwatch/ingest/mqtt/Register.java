package org.farwatch.ingest.mqtt;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.farwatch.geo.Datum;
import org.farwatch.ingest.DeviceDirectory;
import org.farwatch.ingest.KnownDevice;
import org.farwatch.ingest.Protocol;

/** A register of devices in memory. */
public final class Register implements DeviceDirectory {
    private final Map<String, KnownDevice> devices = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<Admission>> asked = new ConcurrentHashMap<>();
    private final List<String> presence = new ArrayList<>();
    private final AtomicInteger questions = new AtomicInteger();

    /** Who is let in; null leaves the question open until {@link #answer}. */
    private volatile Refusal refusal = Refusal.UNKNOWN_DEVICE;

    private volatile boolean failing;

    public KnownDevice add(String protocolId) {
        return add(protocolId, Datum.WGS84);
    }

    public KnownDevice add(String protocolId, Datum datum) {
        KnownDevice device =
                new KnownDevice(devices.size() + 1, "mqtt-" + protocolId, Protocol.MQTT, protocolId, datum);
        devices.put(protocolId, device);
        return device;
    }

    /** What strangers hear from now on; null: nothing yet. */
    public void refuse(Refusal reason) {
        refusal = reason;
    }

    /** The next question is answered with an exception. */
    public void failOnce() {
        failing = true;
    }

    /** Answers an open question. */
    public void answer(String protocolId, Admission admission) {
        asked.remove(protocolId).complete(admission);
    }

    public boolean hasQuestion(String protocolId) {
        return asked.containsKey(protocolId);
    }

    public int questions() {
        return questions.get();
    }

    public synchronized List<String> presence() {
        return List.copyOf(presence);
    }

    @Override
    public KnownDevice find(Protocol protocol, String protocolId) {
        return devices.get(protocolId);
    }

    @Override
    public CompletionStage<Admission> introduce(Protocol protocol, String protocolId) {
        questions.incrementAndGet();
        if (failing) {
            failing = false;
            throw new IllegalStateException("the register fails, as the test wants");
        }
        Refusal reason = refusal;
        if (reason != null) {
            return CompletableFuture.completedFuture(new Admission.Refused(reason));
        }
        CompletableFuture<Admission> open = new CompletableFuture<>();
        asked.put(protocolId, open);
        return open;
    }

    @Override
    public CompletionStage<Admission> register(Registration registration) {
        throw new UnsupportedOperationException("MQTT devices do not register");
    }

    @Override
    public CompletionStage<Admission> authenticate(Protocol protocol, String protocolId, String code) {
        throw new UnsupportedOperationException("MQTT devices authenticate at the broker");
    }

    @Override
    public synchronized void presence(KnownDevice device, boolean online, Instant at) {
        presence.add(device.protocolId() + (online ? " online" : " offline"));
    }
}
