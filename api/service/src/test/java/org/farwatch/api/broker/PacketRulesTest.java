package org.farwatch.api.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttVersion;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.junit.jupiter.api.Test;

/** What no well-behaved client can send. */
class PacketRulesTest {
    /** Identifiers of MQTT 5, table 2-4. */
    private static final int PAYLOAD_FORMAT_INDICATOR = 1;

    private static final int CONTENT_TYPE = 3;
    private static final int RESPONSE_TOPIC = 8;
    private static final int CORRELATION_DATA = 9;

    private final TopicRights rights = new TopicRights("farwatch", "service", "secret", (id, secret) -> true, false);
    private final PacketRules rules = new PacketRules(rights, "farwatch-ingest", 10);

    /** A connection on which nobody has logged in. */
    private final RemotingConnection nobody = (RemotingConnection) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {RemotingConnection.class}, (proxy, method, arguments) -> null);

    private boolean passes(MqttMessage packet) {
        return rules.intercept(packet, nobody);
    }

    private static MqttMessage publish(String topic, String payload, MqttProperties properties) {
        return MqttMessageBuilders.publish()
                .topicName(topic)
                .qos(MqttQoS.AT_LEAST_ONCE)
                .messageId(1)
                .properties(properties)
                .payload(Unpooled.copiedBuffer(payload, StandardCharsets.UTF_8))
                .build();
    }

    private static MqttProperties with(MqttProperties.MqttProperty<?> property) {
        MqttProperties properties = new MqttProperties();
        properties.add(property);
        return properties;
    }

    @Test
    void anOrdinaryMessagePasses() {
        MqttProperties properties = with(new MqttProperties.UserProperty("unit", "执法大队"));
        properties.add(new MqttProperties.StringProperty(CONTENT_TYPE, "application/json"));
        properties.add(new MqttProperties.IntegerProperty(PAYLOAD_FORMAT_INDICATOR, 1));
        properties.add(new MqttProperties.BinaryProperty(CORRELATION_DATA, new byte[16]));

        assertThat(passes(publish("farwatch/p1/position", "0123456789", properties)))
                .isTrue();
        assertThat(passes(publish("farwatch/p1/position", "", MqttProperties.NO_PROPERTIES)))
                .isTrue();
    }

    @Test
    void textThatNotEveryClientCanReadDoesNotPass() {
        String topic = "farwatch/p1/position";
        for (String bad : List.of("a\u0001", "a\u007F", "a\uFFFE", "a\uFDD0", "a\uD800")) {
            assertThat(passes(publish(topic + bad, "", MqttProperties.NO_PROPERTIES)))
                    .isFalse();
            assertThat(passes(publish(topic, "", with(new MqttProperties.UserProperty(bad, "v")))))
                    .isFalse();
            assertThat(passes(publish(topic, "", with(new MqttProperties.UserProperty("k", bad)))))
                    .isFalse();
            assertThat(passes(publish(topic, "", with(new MqttProperties.StringProperty(RESPONSE_TOPIC, bad)))))
                    .isFalse();
        }
    }

    @Test
    void whatIsTooLongDoesNotPass() {
        String topic = "farwatch/p1/position";
        assertThat(passes(publish(topic, "01234567890", MqttProperties.NO_PROPERTIES)))
                .isFalse();
        assertThat(passes(publish(
                        topic, "", with(new MqttProperties.BinaryProperty(CORRELATION_DATA, new byte[40_000])))))
                .isFalse();
    }

    @Test
    void aLastWillIsHeldToTheSameRules() {
        assertThat(passes(will("0123456789", MqttProperties.NO_PROPERTIES))).isTrue();
        assertThat(passes(will("01234567890", MqttProperties.NO_PROPERTIES))).isFalse();
        assertThat(passes(will("", with(new MqttProperties.UserProperty("k", "\u0001")))))
                .isFalse();
    }

    private static MqttMessage will(String payload, MqttProperties properties) {
        return MqttMessageBuilders.connect()
                .protocolVersion(MqttVersion.MQTT_5)
                .clientId("p1")
                .username("p1")
                .password("s".getBytes(StandardCharsets.UTF_8))
                .willFlag(true)
                .willTopic("farwatch/p1/status")
                .willMessage(payload.getBytes(StandardCharsets.UTF_8))
                .willProperties(properties)
                .build();
    }

    @Test
    void subscribingBeforeLoggingInDoesNotPass() {
        assertThat(passes(MqttMessageBuilders.subscribe()
                        .messageId(1)
                        .addSubscription(MqttQoS.AT_LEAST_ONCE, "farwatch/p1/command")
                        .build()))
                .isFalse();
        assertThat(passes(MqttMessageBuilders.unsubscribe()
                        .messageId(1)
                        .addTopicFilter("farwatch/p1/command")
                        .build()))
                .isFalse();
    }

    @Test
    void aDeviceIdIsOneTopicLevel() {
        assertThat(rights.isDevice("执法-7")).isTrue();
        assertThat(rights.isDevice("13800138000")).isTrue();
        for (String bad : List.of("", "a/b", "a+", "#", "a::b", "service", "a".repeat(65), "a\n")) {
            assertThat(rights.isDevice(bad)).as(bad).isFalse();
        }
        assertThat(rights.isDevice(null)).isFalse();
    }
}
