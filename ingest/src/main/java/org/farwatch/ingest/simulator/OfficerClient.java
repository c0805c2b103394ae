package org.farwatch.ingest.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.farwatch.ingest.simulator.OfficerMemory.Sample;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An officer's tracker or badge, simulated over a real MQTT 5 connection: takes a position at an interval along a walk,
 * publishes it with QoS 1, keeps what the broker has not acknowledged, and sends what gathered while it was cut off as
 * arrays. Leaves {@code {"online": false}} as its last will.
 *
 * <p>One message is out at a time, so that it always knows which positions the broker has. Besides the shared timer a
 * connected officer costs Paho's four threads. Safe for use by many threads.
 */
public final class OfficerClient implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OfficerClient.class);
    private static final byte[] OFFLINE = "{\"online\":false}".getBytes(StandardCharsets.UTF_8);
    private static final long GOOD_BYE_MILLIS = 1000;
    private static final long CONNECT_AGAIN_MILLIS = 500;
    private static final int LEAST_FAILURE = 0x80;

    private final Settings settings;
    private final OfficerWalk walk;
    private final ScheduledExecutorService timer;
    private final Clock clock;
    private final LongConsumer acknowledged;
    private final OfficerMemory memory;
    private final long startMillis;

    /** Null while there is no connection and none is being made. */
    private MqttAsyncClient client;

    /** Counts connections; what an ended one still has to say is not heard. */
    private long epoch;

    private Future<?> sampling;
    private boolean inNetwork = true;
    private boolean connected;
    private boolean publishing;
    private boolean closed;
    private long lastFixMillis;
    private long taken;
    private long confirmed;
    private long refused;

    /**
     * Of a simulated officer's device.
     *
     * @param broker {@code tcp://host:port}
     * @param topicPrefix first level of its topics
     * @param protocolId its id in its topics, also its client id
     * @param username null for none
     * @param password null for none
     * @param interval between positions; zero takes positions only by {@link #take}
     * @param memory most positions kept while the broker does not acknowledge
     * @param upload most positions of one message
     */
    public record Settings(
            String broker,
            String topicPrefix,
            String protocolId,
            String username,
            String password,
            Duration interval,
            int memory,
            int upload) {
        /** Positions kept while cut off. */
        public static final int DEFAULT_MEMORY = 10_000;

        /** Positions of one array. */
        public static final int DEFAULT_UPLOAD = 100;

        public Settings {
            require(!interval.isNegative(), "interval must not be negative, was " + interval);
            require(memory >= 1, "memory must be at least 1, was " + memory);
            require(upload >= 1, "upload must be at least 1, was " + upload);
        }

        private static void require(boolean rule, String sentence) {
            if (!rule) {
                throw new IllegalArgumentException("officer " + sentence);
            }
        }

        /** Without a user, with the default memory. */
        public static Settings of(String broker, String protocolId, Duration interval) {
            return new Settings(broker, "farwatch", protocolId, null, null, interval, DEFAULT_MEMORY, DEFAULT_UPLOAD);
        }

        /** The same with a user. */
        public Settings withUser(String name, String secret) {
            return new Settings(broker, topicPrefix, protocolId, name, secret, interval, memory, upload);
        }

        /** The same with another memory. */
        public Settings withMemory(int positions) {
            return new Settings(broker, topicPrefix, protocolId, username, password, interval, positions, upload);
        }

        /** Without the password. */
        @Override
        public String toString() {
            return "Settings[" + protocolId + " at " + broker + " every " + interval + "]";
        }
    }

    /**
     * Connects nothing yet.
     *
     * @param timer shared by many officers; not shut down here
     * @param acknowledged told the fix time, in milliseconds and unique for this officer, of each position that the
     *     broker acknowledged; on a thread of the connection, must not block
     */
    public OfficerClient(
            Settings settings,
            OfficerWalk walk,
            ScheduledExecutorService timer,
            Clock clock,
            LongConsumer acknowledged) {
        this.settings = settings;
        this.walk = walk;
        this.timer = timer;
        this.clock = clock;
        this.acknowledged = acknowledged;
        memory = new OfficerMemory(settings.memory());
        startMillis = clock.millis();
    }

    /** Starts to connect and to take positions. */
    public synchronized void start() {
        timer.execute(this::connect);
        long millis = settings.interval().toMillis();
        if (millis > 0) {
            sampling = timer.scheduleAtFixedRate(this::take, 0, millis, TimeUnit.MILLISECONDS);
        }
    }

    /** Takes a position now. */
    public synchronized void take() {
        long now = Math.max(clock.millis(), lastFixMillis + 1);
        lastFixMillis = now;
        taken++;
        memory.add(new Sample(now, walk.at(now - startMillis), (int) (7 + taken % 6), battery()));
        publish();
    }

    /**
     * Publishes what its device says of itself, to be kept by the broker; nothing while there is no connection.
     *
     * @param kind last level of the topic
     */
    public synchronized void say(String kind, String json) {
        if (!connected) {
            return;
        }
        try {
            client.publish(topic(kind), json.getBytes(StandardCharsets.UTF_8), 1, true);
        } catch (MqttException e) {
            lost(epoch, e.toString());
        }
    }

    private int battery() {
        return (int) (100 - taken / 600 % 90);
    }

    /** The network is gone, without a good-bye: the broker publishes the last will. Positions gather in memory. */
    public void leaveNetwork() {
        MqttAsyncClient cut;
        synchronized (this) {
            inNetwork = false;
            cut = release();
        }
        end(cut, false);
    }

    /** The network is back. */
    public synchronized void findNetwork() {
        inNetwork = true;
        timer.execute(this::connect);
    }

    public synchronized boolean connected() {
        return connected;
    }

    public synchronized OfficerCounts counts() {
        return new OfficerCounts(taken, confirmed, memory.size(), memory.overwritten(), refused);
    }

    /** Says that it goes and disconnects. What the broker has not acknowledged is lost with the device. */
    @Override
    public void close() {
        MqttAsyncClient last;
        boolean sayGoodBye;
        synchronized (this) {
            closed = true;
            if (sampling != null) {
                sampling.cancel(false);
            }
            sayGoodBye = connected;
            last = release();
        }
        if (sayGoodBye) {
            try {
                last.publish(topic("status"), OFFLINE, 1, true).waitForCompletion(GOOD_BYE_MILLIS);
            } catch (MqttException e) {
                LOG.debug("officer {}: could not say good-bye", settings.protocolId(), e);
            }
        }
        end(last, true);
    }

    private MqttAsyncClient release() {
        MqttAsyncClient released = client;
        client = null;
        connected = false;
        publishing = false;
        return released;
    }

    private void end(MqttAsyncClient ended, boolean politely) {
        if (ended == null) {
            return;
        }
        try {
            if (politely && ended.isConnected()) {
                ended.disconnect(0).waitForCompletion(GOOD_BYE_MILLIS);
            }
            ended.disconnectForcibly(0, 0, false);
            ended.close(true);
        } catch (MqttException e) {
            LOG.debug("officer {}: the client did not close", settings.protocolId(), e);
        }
    }

    /** A client is used for one connection: Paho's may hang when used again. */
    private synchronized void connect() {
        if (closed || !inNetwork || client != null) {
            return;
        }
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(true);
        options.setSessionExpiryInterval(0L);
        options.setAutomaticReconnect(false);
        options.setKeepAliveInterval(30);
        options.setConnectionTimeout(10);
        MqttMessage will = new MqttMessage(OFFLINE, 1, true, new MqttProperties());
        options.setWill(topic("status"), will);
        if (settings.username() != null) {
            options.setUserName(settings.username());
        }
        if (settings.password() != null) {
            options.setPassword(settings.password().getBytes(StandardCharsets.UTF_8));
        }
        try {
            MqttAsyncClient fresh =
                    new MqttAsyncClient(settings.broker(), settings.protocolId(), new MemoryPersistence());
            client = fresh;
            Connection connection = new Connection(++epoch);
            fresh.setCallback(connection);
            fresh.connect(options, null, connection);
        } catch (MqttException e) {
            lost(epoch, e.toString());
        }
    }

    private String topic(String kind) {
        return settings.topicPrefix() + "/" + settings.protocolId() + "/" + kind;
    }

    private boolean current(long of) {
        return client != null && of == epoch;
    }

    private synchronized void connected(long over) {
        if (!current(over)) {
            return;
        }
        connected = true;
        byte[] status = ("{\"online\":true,\"battery\":" + battery() + "}").getBytes(StandardCharsets.UTF_8);
        try {
            client.publish(topic("status"), status, 1, true);
            publish();
        } catch (MqttException e) {
            lost(over, e.toString());
        }
    }

    private void publish() {
        if (!connected || publishing || memory.size() == 0) {
            return;
        }
        publishing = true;
        try {
            client.publish(topic("position"), memory.upload(settings.upload()), 1, false, null, new Answer(epoch));
        } catch (MqttException e) {
            lost(epoch, e.toString());
        }
    }

    private synchronized void answered(long over, int code) {
        if (!current(over)) {
            return;
        }
        publishing = false;
        if (code >= LEAST_FAILURE) {
            refused++;
            LOG.warn(
                    "officer {}: the broker refused a position (0x{})",
                    settings.protocolId(),
                    Integer.toHexString(code));
            return;
        }
        memory.uploaded(fixMillis -> {
            confirmed++;
            acknowledged.accept(fixMillis);
        });
        publish();
    }

    private synchronized void lost(long over, String reason) {
        if (!current(over)) {
            return;
        }
        MqttAsyncClient ended = release();
        LOG.debug("officer {}: not connected: {}", settings.protocolId(), reason);
        // Not on Paho's own thread, which must not wait for itself.
        timer.execute(() -> end(ended, false));
        if (!closed && inNetwork) {
            var _ = timer.schedule(this::connect, CONNECT_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** The broker's answer to a message. */
    private final class Answer implements MqttActionListener {
        private final long over;

        Answer(long over) {
            this.over = over;
        }

        @Override
        public void onSuccess(IMqttToken token) {
            int[] codes = token.getReasonCodes();
            answered(over, codes == null || codes.length == 0 ? 0 : codes[0] & 0xFF);
        }

        @Override
        public void onFailure(IMqttToken token, Throwable exception) {
            lost(over, exception.toString());
        }
    }

    /** The life of one connection. */
    private final class Connection implements MqttCallback, MqttActionListener {
        private final long over;

        Connection(long over) {
            this.over = over;
        }

        @Override
        public void onSuccess(IMqttToken token) {
            connected(over);
        }

        @Override
        public void onFailure(IMqttToken token, Throwable exception) {
            lost(over, exception.toString());
        }

        @Override
        public void disconnected(MqttDisconnectResponse response) {
            lost(over, response.toString());
        }

        @Override
        public void mqttErrorOccurred(MqttException exception) {
            lost(over, exception.toString());
        }

        @Override
        public void messageArrived(String topic, MqttMessage message) {}

        @Override
        public void deliveryComplete(IMqttToken token) {}

        @Override
        public void connectComplete(boolean reconnect, String serverUri) {}

        @Override
        public void authPacketArrived(int reasonCode, MqttProperties properties) {}
    }
}
