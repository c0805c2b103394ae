package org.farwatch.ingest.mqtt;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.farwatch.ingest.mqtt.Work.Arrival;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to the broker, with its own client, window and epoch; never used again after it ended. A broker gives
 * message ids anew on every connection, so an acknowledgement may go out only over the connection that brought its
 * message: those that come later find their link closed and are dropped.
 *
 * <p>Threads: opened, awaited and closed by the connection thread of {@link MqttIngest}; messages come on Paho's
 * callback thread; released from any thread.
 */
final class Link implements MqttCallback {
    /**
     * Longest packet taken from the broker. Far above what is decoded: a longer one the broker would drop without a
     * word (MQTT-3.1.2-25), and we want to count it.
     */
    static final long MAX_PACKET = 16L << 20;

    /** Retained messages come with a new subscription only, not on every connection (MQTT 5, 3.8.3.1). */
    private static final int RETAINED_ONCE = 1;

    private static final long GOOD_BYE_MILLIS = 1000;

    /** In this time a resumed session brings what the broker kept meanwhile, nanoseconds. */
    private static final long CATCHING_UP = TimeUnit.SECONDS.toNanos(30);

    private static final Logger LOG = LoggerFactory.getLogger(Link.class);

    private final long epoch;
    private final MqttAsyncClient client;
    private final Inbox inbox;
    private final Tally tally;
    private final Clock clock;
    private final CompletableFuture<String> end = new CompletableFuture<>();

    /** Guarded by this. */
    private final AckWindow window;

    /** Written under this. */
    private volatile boolean closed;

    /** Until the broker has said otherwise. */
    private volatile boolean resumed = true;

    private volatile long openedNanos = System.nanoTime();

    Link(long epoch, MqttSettings settings, Inbox inbox, Tally tally, Clock clock) throws MqttException {
        this.epoch = epoch;
        this.inbox = inbox;
        this.tally = tally;
        this.clock = clock;
        window = new AckWindow(settings.limits().receiveMaximum());
        client = new MqttAsyncClient(settings.broker(), settings.clientId(), new MemoryPersistence());
        client.setManualAcks(true);
        client.setCallback(this);
    }

    long epoch() {
        return epoch;
    }

    boolean closed() {
        return closed;
    }

    /**
     * Connects, to the session that is there if there is one.
     *
     * @param maxPacket as {@link #MAX_PACKET}, or less when the broker takes less itself
     * @return the longest packet that the broker takes, {@link Long#MAX_VALUE} when it does not say
     */
    long open(MqttSettings settings, long maxPacket) throws MqttException {
        openedNanos = System.nanoTime();
        IMqttToken token = client.connect(options(settings, maxPacket));
        token.waitForCompletion(settings.session().connectTimeout().toMillis());
        resumed = token.getSessionPresent();
        MqttProperties answer = token.getResponseProperties();
        return answer == null || answer.getMaximumPacketSize() == null ? Long.MAX_VALUE : answer.getMaximumPacketSize();
    }

    /**
     * Asks for the subscription; a refusal ends the connection. The answer is not awaited: the callback thread that
     * would bring it may be waiting for room already, with messages of the resumed session.
     */
    void subscribe(MqttSettings settings) throws MqttException {
        MqttSubscription all = new MqttSubscription(settings.topicFilter(), 1);
        all.setRetainHandling(RETAINED_ONCE);
        client.subscribe(new MqttSubscription[] {all}, null, new SubscriptionAnswer(), new MqttProperties());
    }

    private static MqttConnectionOptions options(MqttSettings settings, long maxPacket) {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(false);
        options.setSessionExpiryInterval(settings.session().expiry().toSeconds());
        options.setReceiveMaximum(settings.limits().receiveMaximum());
        options.setMaximumPacketSize(maxPacket);
        options.setAutomaticReconnect(false);
        options.setKeepAliveInterval((int) settings.session().keepAlive().toSeconds());
        options.setConnectionTimeout((int) settings.session().connectTimeout().toSeconds());
        if (settings.authorities() != null) {
            options.setSocketFactory(BrokerTrust.in(settings.authorities()));
        }
        if (settings.username() != null) {
            options.setUserName(settings.username());
        }
        if (settings.password() != null) {
            options.setPassword(settings.password().getBytes(StandardCharsets.UTF_8));
        }
        return options;
    }

    /** Waits for the end of the connection. @return why it ended */
    String awaitEnd() {
        return end.join();
    }

    /** Asks for the end of this connection; the first reason counts. Any thread. */
    void fail(String reason) {
        end.complete(reason);
    }

    /** Ends the connection; nothing is acknowledged over it any more. The session stays at the broker. */
    void close() {
        synchronized (this) {
            closed = true;
        }
        end.complete("closed");
        inbox.forget(this);
        try {
            if (client.isConnected()) {
                client.disconnect(0).waitForCompletion(GOOD_BYE_MILLIS);
            }
        } catch (MqttException e) {
            LOG.debug("mqtt epoch {}: the broker was not told of the end", epoch, e);
        }
        try {
            client.disconnectForcibly(0, 0, false);
            client.close(true);
        } catch (MqttException e) {
            LOG.debug("mqtt epoch {}: the client did not close", epoch, e);
        }
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        long number = -1;
        synchronized (this) {
            if (closed) {
                return;
            }
            if (message.getQos() > 0) {
                number = window.arrive(message.getId());
                if (number < 0) {
                    fail("the broker sent more than Receive Maximum messages without waiting for acknowledgements");
                    return;
                }
            }
        }
        tally.received.increment();
        boolean kept = message.isDuplicate()
                || message.isRetained()
                || (resumed && System.nanoTime() - openedNanos < CATCHING_UP);
        boolean taken = inbox.offer(new Arrival(this, number, topic, message.getPayload(), clock.millis(), kept));
        if (!taken && number < 0) {
            tally.dropped.increment();
        }
    }

    /** Adds holds for rows of a message that go to be stored; its decoder must still hold it. */
    void hold(long number, int rows) {
        if (number >= 0) {
            synchronized (this) {
                window.hold(number, rows);
            }
        }
    }

    /** Takes holds away, and acknowledges what is done now. The order of acknowledgements needs the lock around both. */
    void release(long number, int holds) {
        if (number < 0) {
            return;
        }
        synchronized (this) {
            window.release(number, holds);
            for (int id = window.next(); id != 0; id = window.next()) {
                acknowledge(id);
            }
        }
    }

    private void acknowledge(int id) {
        if (closed) {
            tally.stale.increment();
            return;
        }
        try {
            client.messageArrivedComplete(id, 1);
            tally.acknowledged.increment();
        } catch (MqttException e) {
            fail("an acknowledgement could not be sent: " + e.getMessage());
        }
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {
        fail(sentence(response));
    }

    private static String sentence(MqttDisconnectResponse response) {
        MqttException cause = response.getException();
        if (cause != null && cause.getCause() != null) {
            return "connection lost: " + cause.getCause();
        }
        int code = response.getReturnCode() & 0xFF;
        return switch (code) {
            case 0x8E -> "another client took the session over under the same client id (0x8E)";
            case 0x8B -> "the broker is shutting down (0x8B)";
            default -> "connection lost: " + (cause == null ? String.format("reason 0x%02X", code) : cause.toString());
        };
    }

    /** Not fatal by MQTT, but nobody knows what else is broken then. */
    @Override
    public void mqttErrorOccurred(MqttException exception) {
        fail("protocol error: " + exception);
    }

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String serverUri) {}

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {}

    /** Without a subscription of QoS 1 the connection is worth nothing. */
    private final class SubscriptionAnswer implements MqttActionListener {
        @Override
        public void onSuccess(IMqttToken token) {
            int[] codes = token.getReasonCodes();
            if (codes == null || codes.length != 1 || codes[0] != 1) {
                int code = codes == null || codes.length == 0 ? 0x80 : codes[0] & 0xFF;
                fail(String.format("the broker did not grant the subscription with QoS 1 (0x%02X)", code));
            }
        }

        @Override
        public void onFailure(IMqttToken token, Throwable exception) {
            fail("the broker did not grant the subscription: " + exception);
        }
    }
}
