package org.farwatch.ingest.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.farwatch.ingest.Faults;
import org.farwatch.ingest.RowBudget;
import org.farwatch.ingest.simulator.OfficerClient;
import org.farwatch.ingest.simulator.OfficerWalk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against mosquitto, with the rules that {@code docker/} gives it. */
class MosquittoTest {
    private static final int NOT_AUTHORISED = 0x87;
    private static final long NOW = System.currentTimeMillis();

    @TempDir
    Path home;

    private final Register register = new Register();
    private final StoringSink sink = new StoringSink();
    private final List<AutoCloseable> open = new ArrayList<>();
    private Mosquitto broker;

    @BeforeEach
    void start() throws Exception {
        broker = new Mosquitto(home);
        for (int i = 0; i < 6; i++) {
            broker.user("p" + i, "secret-" + i);
            register.add("p" + i);
        }
        broker.start();
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
        broker.close();
    }

    @Test
    void aLinkThatIsCutInTheMiddleOfAcknowledgementsLosesNothing() throws Exception {
        CutLine line = new CutLine(broker.port());
        open.add(line);
        MqttIngest ingest = ingest(settings(line.uri(), "node-a"), sink);
        awaitSubscription();
        Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
        ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
        open.add(timer::shutdownNow);
        List<OfficerClient> officers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            officers.add(officer(i, timer, acknowledged));
        }
        officers.forEach(OfficerClient::start);

        for (int cut = 1; cut <= 12; cut++) {
            int wanted = cut * 100;
            long epoch = cut;
            Eventually.until("devices go on", () -> acknowledged.size() >= wanted);
            Eventually.until(
                    "it is connected again",
                    () -> ingest.state().connected() && ingest.state().epoch() >= epoch);
            long received = ingest.counts().received();
            Eventually.until("messages come", () -> ingest.counts().received() > received);
            assertThat(line.cut()).isPositive();
        }
        officers.forEach(OfficerClient::close);

        Eventually.until(
                "all that the broker took is stored", () -> sink.fixTimes().containsAll(acknowledged));
        assertThat(acknowledged.size()).isGreaterThanOrEqualTo(1200);
        assertThat(ingest.state().epoch()).as("connections").isGreaterThanOrEqualTo(13);
    }

    @Test
    void twoNodesOfOneGroupDivideTheMessagesAndBothKnowAllDevices() throws Exception {
        StoringSink other = new StoringSink();
        ingest(settings(broker.uri(), "node-a").withShareGroup("farwatch"), sink);
        ingest(settings(broker.uri(), "node-b").withShareGroup("farwatch"), other);

        Eventually.until("both get some", () -> {
            publish311("p1", System.currentTimeMillis());
            return sink.size() > 20 && other.size() > 20;
        });

        Set<Long> common = sink.fixTimes();
        common.retainAll(other.fixTimes());
        assertThat(common).as("each message goes to one of them").isEmpty();
    }

    @Test
    void devicesOfMqtt311And5PublishUnderTheirOwnIdAndNoOther() throws Exception {
        ingest(settings(broker.uri(), "node-a"), sink);

        awaitSubscription();
        MqttAsyncClient five = connect("p2", "secret-2");
        five.publish("farwatch/p2/position", MqttHouse.json(NOW + 2000).getBytes(StandardCharsets.UTF_8), 1, false)
                .waitForCompletion(5000);
        IMqttToken foreign = five.publish(
                "farwatch/p3/position", MqttHouse.json(NOW + 3000).getBytes(StandardCharsets.UTF_8), 1, false);

        Eventually.until("both are stored", () -> sink.fixTimes().containsAll(Set.of(NOW + 1000, NOW + 2000)));
        publish311("p1", NOW + 4000);
        Eventually.until("what came after it is stored", () -> sink.fixTimes().contains(NOW + 4000));
        assertThat(sink.fixTimes()).doesNotContain(NOW + 3000);
        Eventually.until(
                "the broker has refused it, with the reason that MQTT 5 has for it",
                () -> foreign.getReasonCodes() != null && (foreign.getReasonCodes()[0] & 0xFF) == NOT_AUTHORISED);
        assertThatThrownBy(() -> connect("p2", "wrong")).isInstanceOf(MqttException.class);
    }

    @Test
    void overTlsTheBrokerIsTrustedByTheBureausOwnAuthorityOnly() throws Exception {
        MqttSettings settings = settings(broker.tlsUri(), "node-a");
        MqttIngest distrusts = ingest(settings, new StoringSink());
        MqttIngest trusts = ingest(settings.withClientId("node-b").withAuthorities(broker.authority()), sink);
        Eventually.until("one connects", () -> trusts.state().connected());

        Eventually.until("a position arrives", () -> {
            publish311("p1", System.currentTimeMillis());
            return sink.size() > 0;
        });

        assertThat(distrusts.state().connected()).isFalse();
        assertThatThrownBy(() -> BrokerTrust.in(home.resolve("passwords")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ca-file");
    }

    /** The broker keeps nothing for a session that is not there yet. */
    private void awaitSubscription() {
        Eventually.until("the subscription is there", () -> {
            publish311("p1", NOW + 1000);
            return sink.size() > 0;
        });
    }

    private static MqttSettings settings(String uri, String clientId) {
        return MqttSettings.of(uri)
                .withSession(MqttHouse.QUICK)
                .withUser("farwatch", "service-secret")
                .withClientId(clientId);
    }

    private MqttIngest ingest(MqttSettings settings, StoringSink into) {
        MqttIngest ingest = new MqttIngest(
                settings,
                register,
                into,
                new RowBudget(RowBudget.DEFAULT_LIMIT),
                (protocol, origin, at, reason, raw) -> {},
                new Faults(Clock.systemUTC()),
                Clock.systemUTC());
        open.add(ingest);
        ingest.start();
        return ingest;
    }

    private OfficerClient officer(int number, ScheduledExecutorService timer, Set<Long> acknowledged) {
        OfficerWalk walk = new OfficerWalk(new double[][] {{121.47, 31.23}, {121.48, 31.24}}, 5);
        // Fix times differ between the devices, so that one of them stands for one position.
        OfficerClient.Settings settings = OfficerClient.Settings.of(
                        broker.uri(), "p" + number, Duration.ofMillis(7 + number))
                .withUser("p" + number, "secret-" + number);
        OfficerClient officer = new OfficerClient(settings, walk, timer, Clock.systemUTC(), acknowledged::add);
        open.add(officer);
        return officer;
    }

    private MqttAsyncClient connect(String user, String secret) throws MqttException {
        MqttAsyncClient client = new MqttAsyncClient(broker.uri(), user, new MemoryPersistence());
        open.add(() -> {
            client.disconnectForcibly(0, 0, false);
            client.close(true);
        });
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setUserName(user);
        options.setPassword(secret.getBytes(StandardCharsets.UTF_8));
        client.connect(options).waitForCompletion(5000);
        return client;
    }

    /** A position with QoS 1 in MQTT 3.1.1 (OASIS, 2014), written by hand; returns when the broker has it. */
    private void publish311(String user, long fixMillis) throws IOException {
        byte[] name = user.getBytes(StandardCharsets.UTF_8);
        byte[] secret = ("secret-" + user.substring(1)).getBytes(StandardCharsets.UTF_8);
        byte[] topic = ("farwatch/" + user + "/position").getBytes(StandardCharsets.UTF_8);
        byte[] payload = MqttHouse.json(fixMillis).getBytes(StandardCharsets.UTF_8);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), broker.port())) {
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            DataInputStream in = new DataInputStream(socket.getInputStream());
            out.write(new byte[] {0x10, (byte) (10 + 3 * 2 + 2 * name.length + secret.length)});
            out.write(new byte[] {0, 4, 'M', 'Q', 'T', 'T', 4, (byte) 0xC2, 0, 60});
            for (byte[] each : List.of(name, name, secret)) {
                out.writeShort(each.length);
                out.write(each);
            }
            assertThat(in.readNBytes(4)).containsExactly(0x20, 2, 0, 0);
            int remaining = 2 + topic.length + 2 + payload.length;
            out.write(new byte[] {0x32, (byte) ((remaining & 0x7F) | 0x80), (byte) (remaining >> 7)});
            out.writeShort(topic.length);
            out.write(topic);
            out.writeShort(1);
            out.write(payload);
            assertThat(in.readNBytes(4)).containsExactly(0x40, 2, 0, 1);
        }
    }
}
