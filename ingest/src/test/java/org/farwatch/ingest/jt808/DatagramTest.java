package org.farwatch.ingest.jt808;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.farwatch.ingest.jt808.ServerUnderTest.location;
import static org.farwatch.ingest.jt808.WireClient.general;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.farwatch.ingest.FaultKind;
import org.farwatch.ingest.KnownDevice;
import org.farwatch.ingest.RowBudget;
import org.farwatch.ingest.SteadyPort;
import org.farwatch.ingest.jt808.FrameReaderTest.Seen;
import org.farwatch.ingest.jt808.command.Answer;
import org.farwatch.ingest.jt808.command.PositionCommand.Track;
import org.junit.jupiter.api.Test;

/** Terminals that use UDP, on the same port number. */
class DatagramTest {
    private static final String PHONE = "13812345678";

    @Test
    void aTerminalLogsInAndItsPositionIsStoredBeforeItIsAcknowledged() throws Exception {
        Register register = new Register();
        register.add(PHONE, "code");
        try (ServerUnderTest server = new ServerUnderTest(register);
                DatagramSocket terminal = socket()) {
            send(server.address, terminal, 0, MessageId.AUTHENTICATE, Hex.text("code".getBytes(Replies.GBK)));
            assertThat(reply(terminal)).isEqualTo(general(0, MessageId.AUTHENTICATE, 0));
            server.store.hold();
            send(server.address, terminal, 1, MessageId.LOCATION, location(1));
            await().until(() -> server.store.held() == 1);
            assertThat(quiet(terminal)).isTrue();
            server.store.release();
            assertThat(reply(terminal)).isEqualTo(general(1, MessageId.LOCATION, 0));
            assertThat(register.presence()).containsExactly(PHONE + " online");
        }
        assertThat(register.presence()).containsExactly(PHONE + " online", PHONE + " offline");
    }

    @Test
    void aCommandGoesByDatagramAndSoDoesItsAnswer() throws Exception {
        Register register = new Register();
        KnownDevice device = register.add(PHONE, "code");
        try (ServerUnderTest server = new ServerUnderTest(register);
                DatagramSocket terminal = socket()) {
            send(server.address, terminal, 0, MessageId.AUTHENTICATE, Hex.text("code".getBytes(Replies.GBK)));
            assertThat(reply(terminal)).isEqualTo(general(0, MessageId.AUTHENTICATE, 0));
            var answer = server.server
                    .commands()
                    .send(device, null, new Track(5, 60))
                    .toCompletableFuture();
            assertThat(reply(terminal)).isEqualTo("8202 00050000003c");
            // The reply to the authentication had serial 0.
            send(server.address, terminal, 1, MessageId.TERMINAL_REPLY, "0001 8202 00");
            assertThat(answer.get(5, TimeUnit.SECONDS)).isEqualTo(new Answer.Done());
        }
    }

    @Test
    void severalFramesOfADatagramAreAnsweredOneByOneAndOneThatIsCutDoesNotSpoilTheNextDatagram() throws IOException {
        try (ServerUnderTest server = new ServerUnderTest(new Register().selfRegistering());
                DatagramSocket terminal = socket()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.writeBytes(wire(0, MessageId.LOCATION, location(0)));
            out.writeBytes(wire(1, MessageId.LOCATION, location(1)));
            out.writeBytes(Arrays.copyOf(wire(2, MessageId.LOCATION, location(2)), 30));
            send(server.address, terminal, out.toByteArray());
            assertThat(reply(terminal)).isEqualTo(general(0, MessageId.LOCATION, 0));
            assertThat(reply(terminal)).isEqualTo(general(1, MessageId.LOCATION, 0));
            assertThat(server.faults(FaultKind.BAD_CHECKSUM)).isEqualTo(1);

            byte[] withoutDelimiter = wire(3, MessageId.LOCATION, location(3));
            send(server.address, terminal, Arrays.copyOf(withoutDelimiter, withoutDelimiter.length - 1));
            assertThat(reply(terminal)).isEqualTo(general(3, MessageId.LOCATION, 0));
            assertThat(server.store.rows()).hasSize(3);
        }
    }

    @Test
    void withoutRoomDatagramsAreDroppedCountedAndNotAcknowledged() throws Exception {
        int limit = 10;
        try (ServerUnderTest server =
                        new ServerUnderTest(new Register().selfRegistering(), Jt808Settings.at("127.0.0.1", 0), limit);
                DatagramSocket terminal = socket()) {
            server.store.hold();
            int[] sent = {0};
            await().pollInterval(Duration.ofMillis(5)).until(() -> {
                send(server.address, terminal, sent[0], MessageId.LOCATION, location(sent[0]));
                sent[0]++;
                return server.faults(FaultKind.OVER_LIMIT) > 0;
            });
            int held = server.store.held();
            assertThat(held).isBetween(limit, sent[0] - 1);
            server.store.release();
            for (int i = 0; i < held; i++) {
                assertThat(reply(terminal)).isEqualTo(general(i, MessageId.LOCATION, 0));
            }
            assertThat(quiet(terminal)).isTrue();
            assertThat(server.server.counters().acknowledgedRows()).isEqualTo(held);
            send(server.address, terminal, 999, MessageId.LOCATION, location(999));
            assertThat(reply(terminal)).isEqualTo(general(999, MessageId.LOCATION, 0));
        }
    }

    @Test
    void whatComesWhileTheRegisterDecidesIsDroppedAndComesAgain() throws IOException {
        Register register = new Register().selfRegistering();
        register.delay();
        try (ServerUnderTest server = new ServerUnderTest(register);
                DatagramSocket terminal = socket()) {
            send(server.address, terminal, 0, MessageId.LOCATION, location(0));
            await().until(() -> register.undecided() == 1);
            send(server.address, terminal, 1, MessageId.LOCATION, location(1));
            await().until(() -> server.faults(FaultKind.OVER_LIMIT) == 1);
            register.decide();
            assertThat(reply(terminal)).isEqualTo(general(0, MessageId.LOCATION, 0));
            send(server.address, terminal, 1, MessageId.LOCATION, location(1));
            assertThat(reply(terminal)).isEqualTo(general(1, MessageId.LOCATION, 0));
            assertThat(server.store.rows()).hasSize(2);
        }
    }

    @Test
    void aTerminalIsOnlineWhereItWasHeardLastWhateverItsTransport() throws IOException {
        Register register = new Register().selfRegistering();
        Jt808Settings settings = Jt808Settings.at("127.0.0.1", 0).withIdleTimeout(Duration.ofMillis(400));
        try (ServerUnderTest server = new ServerUnderTest(register, settings, RowBudget.DEFAULT_LIMIT);
                WireClient tcp = server.connect(Layout.V2013, PHONE);
                DatagramSocket udp = socket()) {
            tcp.send(MessageId.LOCATION, location(0));
            tcp.reply();
            send(server.address, udp, 0, MessageId.LOCATION, location(1));
            assertThat(reply(udp)).isEqualTo(general(0, MessageId.LOCATION, 0));
            tcp.awaitClosed();
            await().until(() -> register.presence().size() == 3);
            assertThat(register.presence()).containsExactly(PHONE + " online", PHONE + " online", PHONE + " offline");
        }
    }

    @Test
    void aUdpPortThatIsTakenIsNamed() throws IOException {
        int port = SteadyPort.free();
        try (DatagramSocket _ = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
            assertThatThrownBy(() -> new ServerUnderTest(
                            new Register(), Jt808Settings.at("127.0.0.1", port), RowBudget.DEFAULT_LIMIT))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("farwatch.jt808.port")
                    .hasMessageContaining("UDP port " + port);
        }
    }

    private static DatagramSocket socket() throws IOException {
        return new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private static byte[] wire(int serial, int messageId, String body) {
        return WireClient.wire(Layout.V2013, PHONE, messageId, serial, Hex.bytes(body));
    }

    private static void send(InetSocketAddress server, DatagramSocket socket, int serial, int messageId, String body)
            throws IOException {
        send(server, socket, wire(serial, messageId, body));
    }

    private static void send(InetSocketAddress server, DatagramSocket socket, byte[] wire) throws IOException {
        socket.send(new DatagramPacket(wire, wire.length, server));
    }

    private static String reply(DatagramSocket socket) throws IOException {
        socket.setSoTimeout(WireClient.TIMEOUT_MILLIS);
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        socket.receive(packet);
        Seen frame = FrameReaderTest.only(Hex.text(Arrays.copyOf(packet.getData(), packet.getLength())));
        return "%04x %s".formatted(frame.messageId(), Hex.text(frame.body()));
    }

    private static boolean quiet(DatagramSocket socket) throws IOException {
        socket.setSoTimeout(200);
        try {
            socket.receive(new DatagramPacket(new byte[2048], 2048));
            return false;
        } catch (SocketTimeoutException _) {
            return true;
        }
    }
}
