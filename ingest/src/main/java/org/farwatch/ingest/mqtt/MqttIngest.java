package org.farwatch.ingest.mqtt;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.farwatch.ingest.DeviceDirectory;
import org.farwatch.ingest.Faults;
import org.farwatch.ingest.PositionSink;
import org.farwatch.ingest.RowBudget;
import org.farwatch.ingest.UndecodedSink;
import org.farwatch.ingest.mqtt.MqttState.Phase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in what devices publish at an MQTT 5 broker, and acknowledges a message only when each of its positions, and
 * what it said of its device, has been stored. While nothing is stored nothing is acknowledged, the broker stops at Receive Maximum, and memory stays
 * within {@link MqttSettings.Limits}; what was not acknowledged when a connection ends comes again.
 *
 * <p>A broker that is away, at the start or later, is not an error: it is tried again with growing pauses, and {@link
 * #state} says so. Two threads of its own besides Paho's: one holds the connection, one decodes.
 */
public final class MqttIngest implements AutoCloseable {
    /** A connection that held this long starts the pauses anew. */
    private static final Duration STABLE = Duration.ofSeconds(10);

    private static final Duration STOPPING = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(MqttIngest.class);

    private final MqttSettings settings;
    private final Clock clock;
    private final Tally tally = new Tally();
    private final Inbox inbox;
    private final Thread decoder;
    private final Thread connector;
    private final CountDownLatch closing = new CountDownLatch(1);

    private volatile Link current;
    private volatile MqttState state;

    /** Connects nothing yet; what devices say of themselves besides positions is nobody's business. */
    public MqttIngest(
            MqttSettings settings,
            DeviceDirectory directory,
            PositionSink sink,
            RowBudget budget,
            UndecodedSink undecoded,
            Faults faults,
            Clock clock) {
        this(settings, directory, sink, budget, undecoded, faults, DeviceReports.NONE, clock);
    }

    /** Connects nothing yet. */
    public MqttIngest(
            MqttSettings settings,
            DeviceDirectory directory,
            PositionSink sink,
            RowBudget budget,
            UndecodedSink undecoded,
            Faults faults,
            DeviceReports reports,
            Clock clock) {
        this.settings = settings;
        this.clock = clock;
        // Twice: messages with QoS 0 come beside Receive Maximum.
        inbox = new Inbox(
                2 * settings.limits().receiveMaximum(), settings.limits().waitingBytes());
        Intake intake = new Intake(settings, directory, sink, budget, undecoded, faults, reports, inbox);
        decoder = Thread.ofPlatform().name("mqtt-intake").daemon().unstarted(intake);
        connector = Thread.ofPlatform().name("mqtt-connection").daemon().unstarted(this::hold);
        state = new MqttState(Phase.STOPPED, 0, clock.instant(), "not started");
    }

    /** Starts to connect, and returns at once. Only once. */
    public void start() {
        decoder.start();
        connector.start();
    }

    /** Where the connection stands now. Any thread. */
    public MqttState state() {
        return state;
    }

    /** What went through since the start. Any thread. */
    public MqttCounts counts() {
        return tally.counts();
    }

    /**
     * Ends the connection; the broker keeps the session. Rows in flight finish, but are not acknowledged any more: their
     * messages come again after the next start and are found to be duplicates then.
     */
    @Override
    public void close() {
        closing.countDown();
        Link link = current;
        if (link != null) {
            link.fail("closing");
        }
        inbox.close();
        connector.interrupt();
        join(connector);
        join(decoder);
    }

    private static void join(Thread thread) {
        try {
            thread.join(STOPPING);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** The connection thread: one link after the other until closed. */
    private void hold() {
        Duration pause = settings.session().minBackoff();
        long maxPacket = Link.MAX_PACKET;
        for (long epoch = 1; closing.getCount() > 0; epoch++) {
            Instant started = clock.instant();
            state = new MqttState(Phase.CONNECTING, epoch, started, "");
            String reason;
            try {
                Link link = new Link(epoch, settings, inbox, tally, clock);
                current = link;
                try {
                    long brokerMaxPacket = link.open(settings, maxPacket);
                    if (brokerMaxPacket < maxPacket) {
                        // Paho measures what comes in by the broker's own limit and breaks the connection over it. So
                        // ask the broker to keep to that limit too.
                        maxPacket = brokerMaxPacket;
                        continue;
                    }
                    link.subscribe(settings);
                    started = clock.instant();
                    state = new MqttState(Phase.CONNECTED, epoch, started, "");
                    LOG.info("mqtt: connected to {} as {}, epoch {}", settings.broker(), settings.clientId(), epoch);
                    if (closing.getCount() == 0) {
                        link.fail("closing");
                    }
                    reason = link.awaitEnd();
                } finally {
                    link.close();
                }
            } catch (MqttException | RuntimeException e) {
                reason = "no connection to " + settings.broker() + ": " + sentence(e);
            }
            if (closing.getCount() == 0) {
                break;
            }
            Instant now = clock.instant();
            if (state.connected() && Duration.between(started, now).compareTo(STABLE) >= 0) {
                pause = settings.session().minBackoff();
            }
            state = new MqttState(Phase.WAITING, epoch, now, reason);
            LOG.warn("mqtt: epoch {}: {}", epoch, reason);
            if (paused(jittered(pause))) {
                break;
            }
            pause = min(pause.multipliedBy(2), settings.session().maxBackoff());
        }
        state = new MqttState(Phase.STOPPED, state.epoch(), clock.instant(), "closed");
    }

    /** @return whether the end was asked for meanwhile */
    private boolean paused(Duration pause) {
        try {
            return closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            return closing.getCount() == 0;
        }
    }

    /** Half of the pause is random, so that many ingests do not come back at once. */
    private static Duration jittered(Duration pause) {
        long half = pause.toMillis() / 2;
        return Duration.ofMillis(half + ThreadLocalRandom.current().nextLong(half + 1));
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private static String sentence(Exception e) {
        if (e.getCause() != null) {
            return e.getCause().toString();
        }
        if (!(e instanceof MqttException failure)) {
            return e.toString();
        }
        return switch (failure.getReasonCode()) {
            case 0x86 -> "user name or password is wrong (0x86)";
            case 0x87 -> "not authorised (0x87)";
            case 32_000 -> "no answer in time";
            default -> failure.getMessage() + " (" + failure.getReasonCode() + ")";
        };
    }
}
