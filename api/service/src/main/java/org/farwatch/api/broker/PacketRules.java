package org.farwatch.api.broker;

import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttTopicSubscription;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import java.util.List;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTInterceptor;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at every packet before Artemis 2.53 does, and breaks the connection over what it would not survive:
 *
 * <ul>
 *   <li>a device under a foreign client id would take over that client's session, the ingest's too;
 *   <li>a subscription to a queue that exists but may not be read deletes the queue with all messages in it, even before
 *       anybody logged in;
 *   <li>a message with text that MQTT 5 advises against (1.5.4) or with long correlation data makes the ingest's client
 *       break off, again and again;
 *   <li>the length of a packet is not checked for MQTT 3.1.1.
 * </ul>
 *
 * <p>Stateless; on the broker's network threads.
 */
final class PacketRules implements MQTTInterceptor {
    private static final Logger LOG = LoggerFactory.getLogger(PacketRules.class);
    private static final int CORRELATION_DATA = 9;
    private static final int MAX_CORRELATION = 1024;

    private final TopicRights rights;
    private final String ingestClientId;
    private final int maxPayload;

    PacketRules(TopicRights rights, String ingestClientId, int maxPayload) {
        this.rights = rights;
        this.ingestClientId = ingestClientId;
        this.maxPayload = maxPayload;
    }

    /** True lets the packet through; false breaks the connection, the last will is then published. */
    @Override
    public boolean intercept(MqttMessage packet, RemotingConnection connection) {
        String fault = switch (packet) {
            case MqttConnectMessage connect -> fault(connect);
            case MqttPublishMessage publish -> fault(publish);
            case MqttSubscribeMessage subscribe ->
                fault(
                        connection,
                        subscribe.payload().topicSubscriptions().stream()
                                .map(MqttTopicSubscription::topicFilter)
                                .toList());
            case MqttUnsubscribeMessage unsubscribe ->
                fault(connection, unsubscribe.payload().topics());
            default -> null;
        };
        if (fault != null) {
            LOG.warn(
                    "mqtt: client {} at {} is disconnected: {}",
                    printable(connection.getClientID()),
                    connection.getRemoteAddress(),
                    fault);
        }
        return fault == null;
    }

    private String fault(MqttConnectMessage connect) {
        String user = connect.payload().userName();
        String client = connect.payload().clientIdentifier();
        if (rights.isDevice(user) && (!user.equals(client) || user.equals(ingestClientId))) {
            return "the client id of device " + user + " must be its user name, was " + printable(client);
        }
        if (user == null && ingestClientId.equals(client)) {
            return "client id " + ingestClientId + " is the service's own";
        }
        if (!connect.variableHeader().isWillFlag()) {
            return null;
        }
        byte[] will = connect.payload().willMessageInBytes();
        if (will != null && will.length > maxPayload) {
            return tooLong(will.length);
        }
        if (!isClean(connect.payload().willTopic())) {
            return "the will topic must not have control characters or non-characters";
        }
        return fault(connect.payload().willProperties());
    }

    private String fault(MqttPublishMessage publish) {
        int length = publish.payload().readableBytes();
        if (length > maxPayload) {
            return tooLong(length);
        }
        if (!isClean(publish.variableHeader().topicName())) {
            return "a topic must not have control characters or non-characters";
        }
        return fault(publish.variableHeader().properties());
    }

    private String tooLong(int length) {
        return "a payload must have at most " + maxPayload + " bytes, had " + length;
    }

    private static String fault(MqttProperties properties) {
        for (MqttProperties.MqttProperty<?> property : properties.listAll()) {
            String fault = fault(property.propertyId(), property.value());
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    private static String fault(int id, Object value) {
        return switch (value) {
            case String text
            when !isClean(text) -> "property " + id + " must not have control characters or non-characters";
            case byte[] bytes
            when id == CORRELATION_DATA && bytes.length > MAX_CORRELATION ->
                "correlation data must have at most " + MAX_CORRELATION + " bytes, had " + bytes.length;
            case MqttProperties.StringPair pair
            when !isClean(pair.key) || !isClean(pair.value) ->
                "a user property must not have control characters or non-characters";
            case List<?> many ->
                many.stream()
                        .map(one -> fault(id, one))
                        .filter(fault -> fault != null)
                        .findFirst()
                        .orElse(null);
            case Object _ -> null;
        };
    }

    /** Nobody subscribes before he has logged in, and a device only to its commands. */
    private String fault(RemotingConnection connection, List<String> filters) {
        if (connection.getSubject() == null) {
            return "it must log in before it subscribes";
        }
        if (rights.isService(connection.getSubject())) {
            return null;
        }
        String own = rights.commandTopic(connection.getClientID());
        for (String filter : filters) {
            if (!own.equals(filter)) {
                return "a device may subscribe to " + own + " only, not to " + printable(filter);
            }
        }
        return null;
    }

    /** Text that every client can read: no control character, no lone surrogate, no non-character. */
    static boolean isClean(String text) {
        if (text == null) {
            return true;
        }
        return text.codePoints()
                .noneMatch(c -> Character.isISOControl(c)
                        || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)
                        || (c >= 0xFDD0 && c <= 0xFDEF)
                        || (c & 0xFFFE) == 0xFFFE);
    }

    private static String printable(String text) {
        return text == null ? "without a name" : text.replaceAll("\\p{Cntrl}", "?");
    }
}
