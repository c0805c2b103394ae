package org.farwatch.ingest.nmea;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.farwatch.geo.Datum;
import org.farwatch.ingest.DeviceDirectory;
import org.farwatch.ingest.FaultKind;
import org.farwatch.ingest.Faults;
import org.farwatch.ingest.KnownDevice;
import org.farwatch.ingest.Protocol;
import org.farwatch.ingest.RowBudget;
import org.farwatch.ingest.jt808.MemoryStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NmeaServerTest implements DeviceDirectory {
    private static final String GGA = "$BDGGA,014727.00,3113.82496,N,12128.42206,E,1,12,0.9,14.2,M,8.5,M,,*71\r\n";
    private static final String RMC = "$BDRMC,014727.00,A,3113.82496,N,12128.42206,E,12.30,085.4,211126,,,A*4D\r\n";

    private final Map<String, KnownDevice> devices = new ConcurrentHashMap<>();
    private final List<String> presence = new CopyOnWriteArrayList<>();
    private final List<String> undecoded = new CopyOnWriteArrayList<>();
    private final MemoryStore store = new MemoryStore();
    private final Faults faults = new Faults(Clock.systemUTC());
    private final RowBudget budget = new RowBudget(100);
    private NmeaServer server;
    private InetSocketAddress address;

    @BeforeEach
    void open() throws IOException {
        devices.put("car-1", new KnownDevice(1, "nmea-car-1", Protocol.NMEA, "car-1", Datum.WGS84));
        devices.put("car-2", new KnownDevice(2, "nmea-car-2", Protocol.NMEA, "car-2", Datum.WGS84));
        server = new NmeaServer(
                new NmeaSettings("127.0.0.1", 0, Duration.ofMinutes(1), 10, new Preamble(Preamble.DEFAULT)),
                this,
                store,
                budget,
                (_, _, _, reason, _) -> undecoded.add(reason),
                faults,
                Clock.systemUTC());
        address = server.start();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(java.net.InetAddress.getLoopbackAddress(), address.getPort());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void aDeviceSaysWhoItIsAndSendsOneFixAMoment() throws IOException {
        try (Socket socket = connect()) {
            send(socket, "$PFWID,car-1*00\r\n" + RMC + GGA);
            await().until(() -> store.rows().size() == 1);
            assertThat(store.rows().getFirst().device()).isEqualTo(1);
            assertThat(presence).containsExactly("+car-1");
        }
        await().untilAsserted(() -> assertThat(presence).containsExactly("+car-1", "-car-1"));
    }

    @Test
    void aFixOfOneSentenceIsStoredAlsoWhenNothingFollows() throws IOException {
        try (Socket socket = connect()) {
            send(socket, "id:car-1\n" + RMC);
            await().until(() -> store.rows().size() == 1);
        }
    }

    @Test
    void aSecondPreambleOnTheConnectionIsAnotherDevice() throws IOException {
        try (Socket socket = connect()) {
            send(socket, "id:car-1\n" + RMC + GGA + "id:car-2:secret2\n" + RMC + GGA);
            await().until(() -> store.rows().size() == 2);
            assertThat(store.rows()).extracting(MemoryStore.Row::device).containsExactly(1, 2);
        }
    }

    @Test
    void aWrongSecretOrAnUnknownDeviceIsSentAway() throws IOException {
        for (String preamble : List.of("id:car-2\n", "id:car-2:wrong\n", "id:nobody\n")) {
            try (Socket socket = connect()) {
                send(socket, preamble + RMC + GGA);
                assertThat(closed(socket)).isTrue();
            }
        }
        assertThat(store.rows()).isEmpty();
        assertThat(faults.total(Protocol.NMEA, FaultKind.NOT_ADMITTED)).isEqualTo(3);
    }

    /** What was sent and not read makes the close a reset. */
    private static boolean closed(Socket socket) {
        try {
            return socket.getInputStream().read() == -1;
        } catch (java.net.SocketException _) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    @Test
    void aConnectionThatNeverSaysWhoItIsIsSentAway() throws IOException {
        try (Socket socket = connect()) {
            send(socket, RMC.repeat(60));
            assertThat(closed(socket)).isTrue();
            assertThat(store.rows()).isEmpty();
        }
    }

    @Test
    void datagramsCarryPreambleAndSentences() throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            for (String text : List.of("id:car-1\r\n" + RMC + GGA, RMC + GGA, "id:nobody\n" + RMC)) {
                byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
                socket.send(
                        new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), address.getPort()));
            }
            await().until(() -> store.rows().size() == 1 && faults.total(Protocol.NMEA, FaultKind.NOT_ADMITTED) == 2);
        }
    }

    @Test
    void whileTheStoreIsStuckTheSocketIsNotReadAndNothingIsLost() throws Exception {
        store.hold();
        int fixes = 100_000;
        try (Socket socket = connect()) {
            send(socket, "id:car-1\n");
            Thread sender = Thread.ofPlatform().start(() -> {
                try {
                    for (int i = 0; i < fixes / 100; i++) {
                        send(socket, (RMC + GGA).repeat(100));
                    }
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            await().until(() -> budget.inFlight() >= 100);
            await().during(Duration.ofMillis(300)).until(() -> store.held() < 20_000 && sender.isAlive());
            store.release();
            sender.join();
            await().atMost(Duration.ofSeconds(30)).until(() -> store.rows().size() == fixes);
        }
    }

    @Test
    void rubbishIsCountedKeptAndCostsOnlyItself() throws IOException {
        try (Socket socket = connect()) {
            send(
                    socket,
                    "id:car-1\n\u0001\u0002\r\n" + GGA.replace("*71", "*70") + "x".repeat(5000) + "\n" + RMC + GGA);
            await().until(() -> store.rows().size() == 1);
            assertThat(undecoded).hasSize(3);
            assertThat(faults.total(Protocol.NMEA, FaultKind.BAD_CHECKSUM)).isEqualTo(1);
            assertThat(faults.total(Protocol.NMEA, FaultKind.OVERSIZE)).isEqualTo(1);
        }
    }

    @Test
    void aPreambleMustBeAPatternWithAnId() {
        assertThatThrownBy(() -> new Preamble("id:(.*)"))
                .hasMessage("farwatch.nmea.preamble must have a group (?<id>...), was id:(.*)");
        assertThatThrownBy(() -> new Preamble("(")).hasMessageContaining("must be a regular expression");
    }

    @Override
    public KnownDevice find(Protocol protocol, String protocolId) {
        return protocol == Protocol.NMEA ? devices.get(protocolId) : null;
    }

    @Override
    public CompletionStage<Admission> register(Registration registration) {
        throw new UnsupportedOperationException("NMEA does not register");
    }

    @Override
    public CompletionStage<Admission> authenticate(Protocol protocol, String protocolId, String code) {
        boolean right = protocolId.equals("car-1") || code.equals("secret2");
        return CompletableFuture.supplyAsync(() -> right
                ? new Admission.Accepted(devices.get(protocolId), "")
                : new Admission.Refused(Refusal.WRONG_CODE));
    }

    @Override
    public CompletionStage<Admission> introduce(Protocol protocol, String protocolId) {
        return CompletableFuture.completedFuture(new Admission.Refused(Refusal.UNKNOWN_DEVICE));
    }

    @Override
    public void presence(KnownDevice device, boolean online, Instant at) {
        presence.add((online ? "+" : "-") + device.protocolId());
    }
}
