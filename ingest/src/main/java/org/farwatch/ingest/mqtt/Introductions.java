package org.farwatch.ingest.mqtt;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.farwatch.ingest.DeviceDirectory;
import org.farwatch.ingest.DeviceDirectory.Admission;
import org.farwatch.ingest.DeviceDirectory.Admission.Accepted;
import org.farwatch.ingest.DeviceDirectory.Admission.Refused;
import org.farwatch.ingest.DeviceDirectory.Refusal;
import org.farwatch.ingest.Protocol;
import org.farwatch.ingest.mqtt.Work.Arrival;
import org.farwatch.ingest.mqtt.Work.Decision;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Devices that the register does not know: asked about once, their messages waiting in order meanwhile. Those count in
 * the {@link Inbox} and are not acknowledged, which bounds them. Owned by the intake's thread; the register's answer
 * comes back through the inbox.
 */
final class Introductions {
    /** Refused devices that are remembered, and not asked about again. */
    static final int REFUSALS = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(Introductions.class);
    private static final long REFUSAL_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long FIRST_RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LAST_RETRY_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final DeviceDirectory directory;
    private final Inbox inbox;
    private final Map<String, Guest> guests = new HashMap<>();

    /** Until when, oldest first. */
    private final LinkedHashMap<String, Long> refused = new LinkedHashMap<>();

    Introductions(DeviceDirectory directory, Inbox inbox) {
        this.directory = directory;
        this.inbox = inbox;
    }

    /** Whether this device was refused a moment ago. */
    boolean refused(String protocolId) {
        Long until = refused.get(protocolId);
        if (until == null) {
            return false;
        }
        if (until - System.nanoTime() > 0) {
            return true;
        }
        refused.remove(protocolId);
        return false;
    }

    /** Whether messages of this device wait: then later ones have to line up behind them. */
    boolean waiting(String protocolId) {
        return guests.containsKey(protocolId);
    }

    /**
     * Lets a message wait and has the register asked if nobody has yet.
     *
     * @return messages that waited in vain, because their connection ended
     */
    List<Arrival> park(String protocolId, Arrival arrival) {
        Guest guest = guests.get(protocolId);
        if (guest == null) {
            guest = new Guest();
            guests.put(protocolId, guest);
            ask(protocolId, guest);
        }
        List<Arrival> inVain = guest.dropEnded();
        guest.parked.add(arrival);
        return inVain;
    }

    /** When {@link #retry} has something to do, by {@link System#nanoTime}; in nanoseconds from now, 0 at least. */
    long nanosToRetry() {
        long now = System.nanoTime();
        long least = Long.MAX_VALUE;
        for (Guest guest : guests.values()) {
            if (!guest.asked) {
                least = Math.min(least, Math.max(0, guest.retryNanos - now));
            }
        }
        return least;
    }

    /** Asks again where the register could not be asked before and the time has come. */
    void retry() {
        long now = System.nanoTime();
        for (Map.Entry<String, Guest> each : guests.entrySet()) {
            Guest guest = each.getValue();
            if (!guest.asked && guest.retryNanos - now <= 0) {
                ask(each.getKey(), guest);
            }
        }
    }

    /**
     * The register answered.
     *
     * @return the messages that waited for it, in order, to be polled; none while it could not be asked
     */
    ArrayDeque<Arrival> decided(Decision decision) {
        Guest guest = guests.get(decision.protocolId());
        if (guest == null) {
            return new ArrayDeque<>();
        }
        if (!isFinal(decision.admission())) {
            guest.asked = false;
            guest.retryNanos = System.nanoTime() + guest.pauseNanos;
            guest.pauseNanos = Math.min(LAST_RETRY_NANOS, guest.pauseNanos * 2);
            return new ArrayDeque<>();
        }
        guests.remove(decision.protocolId());
        if (decision.admission() instanceof Refused) {
            refuse(decision.protocolId());
        }
        return guest.parked;
    }

    private static boolean isFinal(Admission admission) {
        return switch (admission) {
            case null -> false;
            case Accepted _ -> true;
            case Refused(Refusal reason) -> reason != Refusal.UNAVAILABLE;
        };
    }

    private void refuse(String protocolId) {
        refused.remove(protocolId);
        if (refused.size() >= REFUSALS) {
            refused.remove(refused.firstEntry().getKey());
        }
        refused.put(protocolId, System.nanoTime() + REFUSAL_NANOS);
    }

    private void ask(String protocolId, Guest guest) {
        guest.asked = true;
        try {
            CompletionStage<Admission> answer = directory.introduce(Protocol.MQTT, protocolId);
            answer.whenComplete((admission, failure) -> {
                if (failure == null) {
                    inbox.decide(new Decision(protocolId, admission));
                } else {
                    failed(protocolId, failure);
                }
            });
        } catch (RuntimeException e) {
            failed(protocolId, e);
        }
    }

    /** Is asked again later; the messages wait. */
    private void failed(String protocolId, Throwable failure) {
        LOG.warn("mqtt: the register could not be asked about device {}", protocolId, failure);
        inbox.decide(new Decision(protocolId, null));
    }

    /** A device that waits to be let in. */
    private static final class Guest {
        private final ArrayDeque<Arrival> parked = new ArrayDeque<>();
        private boolean asked;
        private long retryNanos;
        private long pauseNanos = FIRST_RETRY_NANOS;

        List<Arrival> dropEnded() {
            List<Arrival> ended = new ArrayList<>(0);
            while (!parked.isEmpty() && parked.peekFirst().link().closed()) {
                ended.add(parked.pollFirst());
            }
            return ended;
        }
    }
}
