package org.farwatch.api.broker;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** A client at the broker under test: a device, the service, or somebody who means ill. */
final class MqttPeer implements AutoCloseable, MqttCallback {
    private static final long PATIENCE_MILLIS = 5000;

    final List<String> received = new CopyOnWriteArrayList<>();
    private final MqttAsyncClient client;
    private volatile boolean lost;

    MqttPeer(EmbeddedBroker broker, String clientId) throws MqttException {
        client = new MqttAsyncClient(broker.address(), clientId, new MemoryPersistence());
        client.setCallback(this);
    }

    /** Connects to a session that outlives the connection. */
    MqttPeer connect(String user, String password) throws MqttException {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(false);
        options.setSessionExpiryInterval(3600L);
        if (user != null) {
            options.setUserName(user);
            options.setPassword(password.getBytes(StandardCharsets.UTF_8));
        }
        client.connect(options).waitForCompletion(PATIENCE_MILLIS);
        return this;
    }

    /** @return the reason code of the acknowledgement: 0 taken, 0x10 nobody subscribed, 0x87 not authorised */
    int publish(String topic, byte[] payload) throws MqttException {
        IMqttToken token = client.publish(topic, payload, 1, false);
        token.waitForCompletion(PATIENCE_MILLIS);
        return token.getReasonCodes()[0] & 0xFF;
    }

    int publish(String topic, String payload) throws MqttException {
        return publish(topic, payload.getBytes(StandardCharsets.UTF_8));
    }

    /** Publishes without waiting for an answer. */
    void send(String topic, MqttMessage message) throws MqttException {
        client.publish(topic, message);
    }

    /** @return the reason code of the answer: 1 granted with QoS 1 */
    int subscribe(String filter) throws MqttException {
        IMqttToken token = client.subscribe(
                new MqttSubscription[] {new MqttSubscription(filter, 1)}, null, null, new MqttProperties());
        token.waitForCompletion(PATIENCE_MILLIS);
        return token.getReasonCodes()[0] & 0xFF;
    }

    boolean lost() {
        return lost;
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        received.add(topic + " " + new String(message.getPayload(), StandardCharsets.UTF_8));
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {
        lost = true;
    }

    @Override
    public void mqttErrorOccurred(MqttException exception) {}

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String serverUri) {}

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {}

    @Override
    public void close() throws MqttException {
        if (client.isConnected()) {
            client.disconnect(0).waitForCompletion(PATIENCE_MILLIS);
        }
        client.disconnectForcibly(0, 0, false);
        client.close(true);
    }
}
