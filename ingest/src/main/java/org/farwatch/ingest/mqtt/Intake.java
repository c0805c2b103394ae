package org.farwatch.ingest.mqtt;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.farwatch.ingest.DeviceDirectory;
import org.farwatch.ingest.DeviceDirectory.Admission.Accepted;
import org.farwatch.ingest.FaultKind;
import org.farwatch.ingest.Faults;
import org.farwatch.ingest.KnownDevice;
import org.farwatch.ingest.PositionSink;
import org.farwatch.ingest.Protocol;
import org.farwatch.ingest.RowBudget;
import org.farwatch.ingest.UndecodedSink;
import org.farwatch.ingest.mqtt.StatusJson.Status;
import org.farwatch.ingest.mqtt.Work.Arrival;
import org.farwatch.ingest.mqtt.Work.Decision;
import org.farwatch.ingest.nmea.NmeaText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that decodes: takes messages out of the inbox, finds their device, decodes positions into the open
 * batch and hands it on when it is full or its first row has waited long enough. A message is done, and may be
 * acknowledged, when it was decoded, all its rows have a result and what it said of its device is stored; one that
 * nobody can decode is counted, kept raw and done, or it would block everything behind it.
 */
final class Intake implements Runnable {
    /** Topics that are remembered taken apart. */
    static final int TOPICS = 20_000;

    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final MqttSettings settings;
    private final DeviceDirectory directory;
    private final UndecodedSink undecoded;
    private final Faults faults;
    private final Inbox inbox;
    private final Batching batching;
    private final Introductions introductions;
    private final PositionJson positions;
    private final StatusJson statuses = new StatusJson();
    private final RecordingJson recordings = new RecordingJson();
    private final DeviceReports reports;
    private final RowBudget budget;
    private final NmeaText nmea = new NmeaText();
    private final Map<String, Topic> topics = new HashMap<>();

    /** Devices, by number, that were last reported to be there. */
    private final BitSet online = new BitSet();

    /** Whose messages the open batch holds. */
    private Link current;

    Intake(
            MqttSettings settings,
            DeviceDirectory directory,
            PositionSink sink,
            RowBudget budget,
            UndecodedSink undecoded,
            Faults faults,
            DeviceReports reports,
            Inbox inbox) {
        this.reports = reports;
        this.settings = settings;
        this.directory = directory;
        this.undecoded = undecoded;
        this.faults = faults;
        this.inbox = inbox;
        this.budget = budget;
        batching = new Batching(sink, budget, settings.limits().batchRows(), this::waitForRoom);
        introductions = new Introductions(directory, inbox);
        positions = new PositionJson(settings.limits().messageRows());
    }

    @Override
    public void run() {
        while (!inbox.closed()) {
            try {
                Work work = inbox.take(patience());
                switch (work) {
                    case null -> introductions.retry();
                    case Arrival arrival -> take(arrival, null);
                    case Decision decision -> takeParked(decision);
                }
                if (batching.isFull() || (!batching.isEmpty() && lingerNanos() <= 0)) {
                    batching.handOn();
                }
            } catch (InterruptedException _) {
                break;
            } catch (RuntimeException e) {
                // A seam failed (register, sink), not a message: nothing of the open batch may be acknowledged, so the
                // connection has to end for the broker to send it all again.
                LOG.error("mqtt: the intake failed; the connection is closed so that the broker sends again", e);
                batching.abandon();
                if (current != null) {
                    current.fail("the intake failed: " + e);
                }
            }
        }
        batching.handOn();
    }

    private void waitForRoom() {
        if (inbox.pause()) {
            budget.whenRoom(inbox::resume);
        }
    }

    /** How long to wait for work, in nanoseconds. */
    private long patience() {
        long nanos = Math.min(IDLE_NANOS, introductions.nanosToRetry());
        return batching.isEmpty() ? nanos : Math.min(nanos, Math.max(0, lingerNanos()));
    }

    private long lingerNanos() {
        return batching.openedNanos() + settings.limits().linger().toNanos() - System.nanoTime();
    }

    private void takeParked(Decision decision) {
        ArrayDeque<Arrival> parked = introductions.decided(decision);
        KnownDevice admitted = decision.admission() instanceof Accepted(KnownDevice device, String _) ? device : null;
        try {
            for (Arrival arrival = parked.poll(); arrival != null; arrival = parked.poll()) {
                take(arrival, admitted);
            }
        } finally {
            parked.forEach(inbox::free);
        }
    }

    /** When a seam throws, the message leaves the inbox but keeps its hold: it is not acknowledged. */
    private void take(Arrival arrival, KnownDevice admitted) {
        boolean parked = false;
        current = arrival.link();
        try {
            parked = !arrival.link().closed() && waits(arrival, admitted);
        } finally {
            if (!parked) {
                inbox.free(arrival);
            }
        }
        if (!parked) {
            arrival.link().release(arrival.number(), 1);
        }
    }

    /** Deals with a message. @return whether it has to wait for the register */
    private boolean waits(Arrival arrival, KnownDevice admitted) {
        if (arrival.payload().length > settings.limits().messageBytes()) {
            refuse(
                    arrival,
                    FaultKind.OVERSIZE,
                    "the payload must have at most " + settings.limits().messageBytes() + " bytes, had "
                            + arrival.payload().length + " of which the first are kept");
            return false;
        }
        Topic topic = topic(arrival.topic());
        if (topic == null) {
            refuse(
                    arrival,
                    FaultKind.UNKNOWN_MESSAGE,
                    "topic must be " + settings.topicPrefix() + "/{device}/position, status, recording or nmea, was "
                            + arrival.topic());
            return false;
        }
        return switch (topic.kind()) {
            case POSITION, STATUS, RECORDING, NMEA -> waits(topic, arrival, admitted);
            case COMMAND -> false;
        };
    }

    private boolean waits(Topic topic, Arrival arrival, KnownDevice admitted) {
        String id = topic.protocolId();
        KnownDevice device = admitted == null ? directory.find(Protocol.MQTT, id) : admitted;
        if (introductions.waiting(id) || (device == null && !introductions.refused(id))) {
            introductions.park(id, arrival).forEach(inbox::free);
            return true;
        }
        if (device == null) {
            refuse(arrival, FaultKind.NOT_ADMITTED, "device " + id + " is not in the register");
        } else if (topic.kind() == Topic.Kind.POSITION) {
            position(device, arrival);
        } else if (topic.kind() == Topic.Kind.NMEA) {
            sentences(device, arrival);
        } else if (topic.kind() == Topic.Kind.RECORDING) {
            recording(device, arrival);
        } else {
            status(device, arrival);
        }
        return false;
    }

    private Topic topic(String name) {
        Topic topic = topics.get(name);
        if (topic == null) {
            topic = Topic.of(settings.topicPrefix(), name);
            if (topics.size() >= TOPICS) {
                topics.clear();
            }
            if (topic != null) {
                topics.put(name, topic);
            }
        }
        return topic;
    }

    private void position(KnownDevice device, Arrival arrival) {
        batching.begin(arrival);
        PositionJson.Outcome outcome =
                positions.decode(arrival.payload(), device, arrival.receiveMillis(), batching::room);
        int rows = batching.end();
        if (outcome.gone()) {
            presence(device, false, arrival);
        } else if (rows > 0) {
            presence(device, true, arrival);
        }
        if (outcome.fault() != null) {
            for (int i = 1; i < outcome.bad(); i++) {
                faults.count(Protocol.MQTT, outcome.fault());
            }
            refuse(arrival, outcome.fault(), outcome.reason());
        }
    }

    private void sentences(KnownDevice device, Arrival arrival) {
        batching.begin(arrival);
        NmeaText.Outcome outcome = nmea.decode(arrival.payload(), device, arrival.receiveMillis(), batching::room);
        if (batching.end() > 0) {
            presence(device, true, arrival);
        }
        if (outcome.fault() != null) {
            refuse(arrival, outcome.fault(), outcome.reason());
        }
    }

    private void status(KnownDevice device, Arrival arrival) {
        if (arrival.payload().length == 0) {
            // Somebody took a retained status back (MQTT 5, 3.3.1.3); that says nothing about the device.
            return;
        }
        switch (statuses.decode(arrival.payload())) {
            case Status.Online(DeviceStatus said) -> {
                presence(device, true, arrival);
                DeviceStatus known = arrival.kept() ? said.withoutClock() : said;
                if (!known.equals(DeviceStatus.NOTHING)) {
                    tell(arrival, stored -> reports.status(device, known, received(arrival), stored));
                }
            }
            case Status.Offline _ -> presence(device, false, arrival);
            case Status.Invalid(boolean malformed, String reason) ->
                refuse(arrival, malformed ? FaultKind.MALFORMED : FaultKind.BAD_BODY, reason);
        }
    }

    private void recording(KnownDevice device, Arrival arrival) {
        switch (recordings.decode(arrival.payload())) {
            case RecordingJson.Outcome.Said(RecordingReport report) -> {
                presence(device, true, arrival);
                tell(arrival, stored -> reports.recording(device, report, received(arrival), stored));
            }
            case RecordingJson.Outcome.Invalid(boolean malformed, String reason) ->
                refuse(arrival, malformed ? FaultKind.MALFORMED : FaultKind.BAD_BODY, reason);
        }
    }

    /** The register hears only of changes. */
    private void presence(KnownDevice device, boolean there, Arrival arrival) {
        if (online.get(device.no()) != there || !there) {
            Instant at = received(arrival);
            directory.presence(device, there, at);
            tell(arrival, stored -> reports.presence(device, there, at, stored));
            online.set(device.no(), there);
        }
    }

    private static Instant received(Arrival arrival) {
        return Instant.ofEpochMilli(arrival.receiveMillis());
    }

    /** Holds the message until what it says is stored; until then it is a row in flight like a position. */
    private void tell(Arrival arrival, Consumer<Runnable> report) {
        Link link = arrival.link();
        link.hold(arrival.number(), 1);
        boolean room = budget.take(1);
        try {
            report.accept(() -> {
                budget.give(1);
                link.release(arrival.number(), 1);
            });
        } catch (RuntimeException e) {
            budget.give(1);
            throw e;
        }
        if (!room) {
            waitForRoom();
        }
    }

    private void refuse(Arrival arrival, FaultKind kind, String reason) {
        byte[] raw = arrival.payload();
        faults.report(Protocol.MQTT, kind, arrival.topic(), reason, raw, 0, raw.length);
        byte[] kept = raw.length > settings.limits().messageBytes()
                ? Arrays.copyOf(raw, settings.limits().messageBytes())
                : raw;
        undecoded.keep(Protocol.MQTT, arrival.topic(), Instant.ofEpochMilli(arrival.receiveMillis()), reason, kept);
    }
}
