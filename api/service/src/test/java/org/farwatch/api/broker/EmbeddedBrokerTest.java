package org.farwatch.api.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.farwatch.api.StartupFailure;
import org.farwatch.ingest.SteadyPort;
import org.farwatch.ingest.mqtt.MqttSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {
    private static final String SERVICE_PASSWORD = "generated";
    private static final String INGEST = MqttSettings.DEFAULT_CLIENT_ID;

    @TempDir
    Path folder;

    private final Map<String, String> secrets = new ConcurrentHashMap<>(Map.of("wang", "s1", "li", "s2"));
    private final AtomicInteger asked = new AtomicInteger();
    private EmbeddedBroker broker;

    @BeforeEach
    void start() throws Exception {
        broker = broker(SteadyPort.free());
        broker.start();
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    private EmbeddedBroker broker(int port) {
        return new EmbeddedBroker(
                folder,
                "127.0.0.1",
                port,
                SERVICE_PASSWORD,
                (id, secret) -> {
                    asked.incrementAndGet();
                    return new String(secret).equals(secrets.get(id));
                },
                false);
    }

    private int port() {
        return Integer.parseInt(broker.address().substring("tcp://127.0.0.1:".length()));
    }

    private MqttPeer wang() throws MqttException {
        return new MqttPeer(broker, "wang").connect("wang", "s1");
    }

    private MqttPeer ingest() throws MqttException {
        MqttPeer ingest = new MqttPeer(broker, INGEST).connect(EmbeddedBroker.SERVICE_USER, SERVICE_PASSWORD);
        assertThat(ingest.subscribe("farwatch/#")).isEqualTo(1);
        return ingest;
    }

    @Test
    void whatADeviceSendsReachesTheIngestAndACommandTheDevice() throws Exception {
        try (MqttPeer wang = wang();
                MqttPeer ingest = ingest()) {
            assertThat(wang.subscribe("farwatch/wang/command")).isEqualTo(1);

            assertThat(wang.publish("farwatch/wang/position", "p")).isZero();
            assertThat(wang.publish("farwatch/wang/status", "s")).isZero();
            assertThat(ingest.publish("farwatch/wang/command", "c")).isZero();

            await().until(() -> wang.received.contains("farwatch/wang/command c"));
            await().until(() -> ingest.received.size() == 3);
            assertThat(ingest.received)
                    .containsExactlyInAnyOrder(
                            "farwatch/wang/position p", "farwatch/wang/status s", "farwatch/wang/command c");
            await().until(() -> broker.waiting() == 0);
        }
    }

    @Test
    void whatADeviceSentBeforeTheIngestEverConnectedIsKeptThroughARestart() throws Exception {
        try (MqttPeer wang = wang()) {
            assertThat(wang.publish("farwatch/wang/position", "first")).isZero();
        }
        assertThat(broker.waiting()).isEqualTo(1);

        restart();

        assertThat(broker.waiting()).isEqualTo(1);
        try (MqttPeer ingest = ingest()) {
            await().until(() -> ingest.received.contains("farwatch/wang/position first"));
        }
    }

    @Test
    void aRestartKeepsSessions() throws Exception {
        try (MqttPeer wang = wang()) {
            wang.subscribe("farwatch/wang/command");
        }
        try (MqttPeer ingest = ingest()) {
            ingest.publish("farwatch/wang/command", "while you were away");
        }

        restart();

        // Without subscribing again.
        try (MqttPeer wang = wang()) {
            await().until(() -> wang.received.contains("farwatch/wang/command while you were away"));
        }
    }

    private void restart() {
        int port = port();
        broker.close();
        assertThat(broker.running()).isFalse();
        broker = broker(port);
        broker.start();
    }

    @Test
    void onlyWhoKnowsItsSecretGetsIn() throws Exception {
        assertThatThrownBy(() -> new MqttPeer(broker, "wang").connect("wang", "s2"))
                .isInstanceOfSatisfying(
                        MqttException.class, e -> assertThat(e.getReasonCode()).isEqualTo(0x86));
        assertThatThrownBy(() -> new MqttPeer(broker, "zhao").connect("zhao", "s1"))
                .isInstanceOf(MqttException.class);
        assertThatThrownBy(() -> new MqttPeer(broker, "wang").connect(null, null))
                .isInstanceOf(MqttException.class);
        assertThatThrownBy(() -> new MqttPeer(broker, INGEST).connect(EmbeddedBroker.SERVICE_USER, "guessed"))
                .isInstanceOf(MqttException.class);
        // The broker's own account of Artemis with its published password.
        String artemis = "ACTIVEMQ.CLUSTER.ADMIN.USER";
        assertThatThrownBy(() -> new MqttPeer(broker, artemis).connect(artemis, "CHANGE ME!!"))
                .isInstanceOf(MqttException.class);
    }

    @Test
    void theSecretIsAskedForOnceAndAgainAfterTheDeviceWasExpelled() throws Exception {
        try (MqttPeer wang = wang()) {
            wang.publish("farwatch/wang/position", "1");
            wang.publish("farwatch/wang/position", "2");
            assertThat(asked).hasValue(1);

            secrets.put("wang", "new");
            broker.expel("wang");

            await().until(wang::lost);
            assertThatThrownBy(this::wang).isInstanceOf(MqttException.class);
        }
        try (MqttPeer again = new MqttPeer(broker, "wang").connect("wang", "new")) {
            assertThat(again.publish("farwatch/wang/position", "3")).isZero();
        }
    }

    @Test
    void aDeviceMayNotPublishUnderAnotherIdNorItsOwnCommandsNorElsewhere() throws Exception {
        try (MqttPeer wang = wang()) {
            for (String topic : new String[] {
                "farwatch/li/position",
                "farwatch/wang/command",
                "farwatch/wang",
                "farwatch",
                "other/wang/position",
                "activemq.management",
                "$sys.mqtt.sessions"
            }) {
                assertThat(wang.publish(topic, "x")).as(topic).isEqualTo(0x87);
            }
            assertThat(wang.publish("farwatch/wang/position", "x")).isZero();
        }
        assertThat(broker.waiting()).isEqualTo(1);
    }

    @Test
    void aDeviceThatSubscribesToMoreThanItsCommandsIsDisconnectedAndDestroysNothing() throws Exception {
        try (MqttPeer wang = wang()) {
            wang.publish("farwatch/wang/position", "kept");
        }
        for (String filter : new String[] {
            "farwatch/#",
            "farwatch/li/command",
            "farwatch/+/command",
            "#",
            "$share/" + INGEST + "/farwatch/#",
            "farwatch/wang/command::" + INGEST + ".farwatch/#"
        }) {
            try (MqttPeer wang = wang()) {
                assertThatThrownBy(() -> wang.subscribe(filter)).as(filter).isInstanceOf(MqttException.class);
                await(filter).until(wang::lost);
            }
            assertThat(broker.waiting()).as("after " + filter).isEqualTo(1);
        }
    }

    @Test
    void whoHasNotLoggedInCannotTouchTheIngestsQueue() throws Exception {
        try (MqttPeer wang = wang()) {
            wang.publish("farwatch/wang/position", "kept");
        }
        byte[] filter = ("$share/" + INGEST + "/farwatch/#").getBytes(StandardCharsets.UTF_8);
        byte[] connect = {0x10, 13, 0, 4, 'M', 'Q', 'T', 'T', 4, 2, 0, 60, 0, 1, 'x'};
        byte[] subscribe = new byte[2 + 2 + 2 + filter.length + 1];
        subscribe[0] = (byte) 0x82;
        subscribe[1] = (byte) (subscribe.length - 2);
        subscribe[3] = 1;
        subscribe[5] = (byte) filter.length;
        System.arraycopy(filter, 0, subscribe, 6, filter.length);
        subscribe[subscribe.length - 1] = 1;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.setSoTimeout(5000);
            socket.getOutputStream().write(connect);
            socket.getOutputStream().write(subscribe);
            // Whatever it answers, it hangs up.
            socket.getInputStream().readAllBytes();
        }
        try (MqttPeer wang = wang()) {
            wang.publish("farwatch/wang/position", "kept too");
        }
        assertThat(broker.waiting()).isEqualTo(2);
    }

    @Test
    void aDeviceMayNotTakeOverAnotherClientsSession() throws Exception {
        try (MqttPeer ingest = ingest()) {
            assertThatThrownBy(() -> new MqttPeer(broker, INGEST).connect("wang", "s1"))
                    .isInstanceOf(MqttException.class);
            assertThatThrownBy(() -> new MqttPeer(broker, "li").connect("wang", "s1"))
                    .isInstanceOf(MqttException.class);
            secrets.put(INGEST, "s3");
            assertThatThrownBy(() -> new MqttPeer(broker, INGEST).connect(INGEST, "s3"))
                    .isInstanceOf(MqttException.class);
            assertThat(ingest.lost()).isFalse();
        }
    }

    @Test
    void aMessageThatTheIngestCouldNotReadNeverReachesIt() throws Exception {
        MqttMessage correlated = message("c");
        correlated.getProperties().setCorrelationData(new byte[2000]);
        MqttMessage tooLong = new MqttMessage(new byte[EmbeddedBroker.MAX_PAYLOAD + 1]);
        tooLong.setProperties(new MqttProperties());
        for (MqttMessage bad : new MqttMessage[] {correlated, tooLong}) {
            bad.setQos(1);
            try (MqttPeer wang = wang()) {
                wang.send("farwatch/wang/position", bad);
                await().until(wang::lost);
            }
        }
        assertThat(broker.waiting()).isZero();
    }

    private static MqttMessage message(String payload) {
        MqttMessage message = new MqttMessage(payload.getBytes(StandardCharsets.UTF_8));
        message.setProperties(new MqttProperties());
        return message;
    }

    @Test
    void aMessageWithAnExpiryIsKeptAllTheSame() throws Exception {
        MqttMessage shortLived = message("still here");
        shortLived.setQos(1);
        shortLived.getProperties().setMessageExpiryInterval(1L);
        try (MqttPeer wang = wang()) {
            wang.send("farwatch/wang/position", shortLived);
            await().until(() -> broker.waiting() == 1);
        }
        long sent = System.nanoTime();
        await().until(() -> System.nanoTime() - sent > 1_500_000_000L);

        try (MqttPeer ingest = ingest()) {
            await().until(() -> ingest.received.contains("farwatch/wang/position still here"));
        }
    }

    @Test
    void aTakenPortIsOneClearSentence() throws Exception {
        int taken = port();
        EmbeddedBroker second = new EmbeddedBroker(
                folder.resolve("other"), "127.0.0.1", taken, SERVICE_PASSWORD, (id, secret) -> true, false);

        assertThatThrownBy(second::start)
                .isInstanceOf(StartupFailure.class)
                .hasMessage("MQTT port 127.0.0.1:" + taken + " cannot be opened (Address already in use):"
                        + " stop the program that uses it or set another port");
        assertThat(second.running()).isFalse();
    }

    @Test
    void aFolderInUseIsOneClearSentence() throws Exception {
        EmbeddedBroker second = broker(SteadyPort.free());

        assertThatThrownBy(second::start)
                .isInstanceOf(StartupFailure.class)
                .hasMessageStartingWith("the embedded MQTT broker cannot start in " + folder + ": ");
        assertThat(broker.running()).isTrue();
    }

    @Test
    void messagesBeyondTheMemoryArePagedToDiskAndAllComeOut() throws Exception {
        byte[] large = new byte[64 << 10];
        int count = (int) (EmbeddedBroker.MEMORY_BYTES / 2 / large.length) + 32;
        try (MqttPeer wang = wang()) {
            for (int i = 0; i < count; i++) {
                MqttMessage message = new MqttMessage(large, 1, false, new MqttProperties());
                wang.send("farwatch/wang/position", message);
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> broker.waiting() == count);
        }
        try (Stream<Path> files = Files.walk(folder.resolve("paging"))) {
            assertThat(files).anyMatch(file -> file.toString().endsWith(".page"));
        }

        restart();

        try (MqttPeer ingest = ingest()) {
            await().atMost(Duration.ofSeconds(30)).until(() -> ingest.received.size() == count);
        }
    }

    @Test
    void theIngestReachesItUnderItsOwnName() {
        MqttSettings settings = broker.ingestSettings();

        assertThat(settings.broker()).isEqualTo(broker.address());
        assertThat(settings.username()).isEqualTo(EmbeddedBroker.SERVICE_USER);
        assertThat(settings.password()).isEqualTo(SERVICE_PASSWORD);
        assertThat(settings.clientId()).isEqualTo(INGEST);
    }
}
