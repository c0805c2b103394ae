package org.farwatch.ingest.jt1078;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.farwatch.ingest.FaultKind;
import org.farwatch.ingest.Faults;
import org.farwatch.ingest.Protocol;
import org.farwatch.ingest.jt808.Register;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The media server on real sockets. */
class Jt1078ServerTest {
    private static final String SIM = "13812345678";

    private final Faults faults = new Faults(Clock.systemUTC());
    private final Register register = new Register();
    private final PacketWriter writer = new PacketWriter(SIM, MediaPacket.SIM_2016);
    private Jt1078Server server;

    @BeforeEach
    void start() throws IOException {
        register.add(SIM, "code");
        start(Jt1078Settings.at("127.0.0.1"));
    }

    private void start(Jt1078Settings settings) throws IOException {
        server = new Jt1078Server(settings, register, faults, Clock.systemUTC());
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Socket connect(MediaPort port) throws IOException {
        InetSocketAddress address = server.address(port);
        return new Socket(address.getAddress(), address.getPort());
    }

    private List<byte[]> picture(int channel, int bytes) {
        return writer.picture(channel, PacketWriter.H264, true, 1_000, 0, 40, new byte[bytes]);
    }

    @Test
    void severalChannelsComeOnOneLinkEachToWhoAskedForIt() throws IOException {
        Heard one = new Heard();
        Heard two = new Heard();
        Reception first = server.receive(MediaPort.LIVE, SIM, 1, one);
        server.receive(MediaPort.LIVE, SIM, 2, two);
        assertThat(server.receive(MediaPort.LIVE, SIM, 1, new Heard()))
                .as("one receives it already")
                .isNull();
        try (Socket link = connect(MediaPort.LIVE)) {
            List<byte[]> a = picture(1, 1_500);
            List<byte[]> b = picture(2, 1_200);
            link.getOutputStream().write(Captured.joined(List.of(a.get(0), b.get(0), a.get(1), b.get(1))));
            await().until(() -> one.pictures.size() == 1 && two.pictures.size() == 1);
            assertThat(one.pictures.getFirst()).hasSize(1_500);
            assertThat(two.pictures.getFirst()).hasSize(1_200);
            assertThat(first.begun().toCompletableFuture()).isCompleted();

            first.close();
            link.getOutputStream().write(Captured.joined(picture(1, 10)));
            await().until(() -> server.counters().unwanted() == 1);
            assertThat(one.pictures).hasSize(1);
        }
        await().until(() -> two.events.contains("ended: the terminal closed the media link"));
        assertThat(one.events).as("it was closed before").doesNotContain("ended: the terminal closed the media link");
        assertThat(server.counters().lost()).isZero();
    }

    @Test
    void aTerminalThatNobodyKnowsIsDroppedAndCounted() throws IOException {
        PacketWriter stranger = new PacketWriter("19900000000", MediaPacket.SIM_2016);
        try (Socket link = connect(MediaPort.LIVE)) {
            for (int i = 0; i < 3; i++) {
                link.getOutputStream().write(stranger.sound(1, 6, i, new byte[160]));
            }
            // The last one waits for the packet behind it, which tells the length of its SIM.
            await().until(() -> faults.total(Protocol.JT1078, FaultKind.NOT_ADMITTED) >= 2);
        }
        assertThat(server.counters().unwanted()).isZero();
    }

    @Test
    void liveAndStoredPicturesAreToldApartByThePort() throws IOException {
        Heard live = new Heard();
        Heard stored = new Heard();
        server.receive(MediaPort.LIVE, SIM, 1, live);
        server.receive(MediaPort.PLAYBACK, SIM, 1, stored);
        try (Socket link = connect(MediaPort.PLAYBACK)) {
            link.getOutputStream().write(Captured.joined(picture(1, 100)));
            await().until(() -> stored.pictures.size() == 1);
        }
        assertThat(live.events).isEmpty();
    }

    @Test
    void datagramsOutOfOrderMakeTheSamePicture() throws IOException {
        Heard heard = new Heard();
        Reception reception = server.receive(MediaPort.LIVE, SIM, 1, heard);
        List<byte[]> packets = picture(1, 3_500);
        try (DatagramSocket socket = new DatagramSocket()) {
            for (int i : new int[] {0, 2, 1, 3}) {
                socket.send(new DatagramPacket(packets.get(i), packets.get(i).length, server.address(MediaPort.LIVE)));
            }
            byte[] rubbish = {0x30, 0x31, 0x63};
            socket.send(new DatagramPacket(rubbish, rubbish.length, server.address(MediaPort.LIVE)));
            await().until(() -> faults.total(Protocol.JT1078, FaultKind.MALFORMED) == 1);
            assertThat(heard.pictures).hasSize(1);
            assertThat(heard.pictures.getFirst()).hasSize(3_500);
            assertThat(server.counters().lost()).isZero();

            assertThat(reception.say(PacketWriter.G711_A, 0, new byte[320])).isTrue();
            DatagramPacket said = new DatagramPacket(new byte[1_000], 1_000);
            socket.setSoTimeout(5_000);
            socket.receive(said);
            assertThat(said.getLength()).isEqualTo(26 + 320);
        }
    }

    @Test
    void soundIsSaidToTheTerminalOnItsOwnLink() throws IOException {
        Reception talk = server.receive(MediaPort.LIVE, SIM, 1, new Heard());
        try (Socket link = connect(MediaPort.LIVE)) {
            link.getOutputStream().write(writer.sound(1, PacketWriter.G711_A, 0, new byte[320]));
            talk.begun()
                    .toCompletableFuture()
                    .orTimeout(5, java.util.concurrent.TimeUnit.SECONDS)
                    .join();
            assertThat(talk.say(PacketWriter.G711_A, 40, new byte[320])).isTrue();
            link.setSoTimeout(5_000);
            byte[] packet = link.getInputStream().readNBytes(26 + 320);
            MediaPacket said = PacketReader.datagram(packet, 950, _ -> true);
            assertThat(said.channel()).isOne();
            assertThat(said.payloadType()).isEqualTo(PacketWriter.G711_A);
        }
    }

    @Test
    void aTalkGoesBesideLivePicturesOfTheSameChannel() throws IOException {
        Heard pictures = new Heard();
        server.receive(MediaPort.LIVE, SIM, 1, pictures);
        Reception talk = server.talk(SIM, false, 1, "127.0.0.1", new Heard());
        assertThat(server.talk(SIM, false, 1, "127.0.0.1", new Heard()))
                .as("is being spoken to")
                .isNull();
        try (Socket live = connect(MediaPort.LIVE);
                Socket link = connect(MediaPort.TALK)) {
            live.getOutputStream().write(Captured.joined(picture(1, 100)));
            // Its microphone is a channel of its own.
            link.getOutputStream().write(writer.sound(33, PacketWriter.G711_A, 0, new byte[320]));
            talk.begun()
                    .toCompletableFuture()
                    .orTimeout(5, java.util.concurrent.TimeUnit.SECONDS)
                    .join();
            assertThat(talk.say(PacketWriter.G711_U, 40, new byte[160])).isTrue();
            link.setSoTimeout(5_000);
            MediaPacket said = PacketReader.datagram(link.getInputStream().readNBytes(26 + 160), 950, _ -> true);
            assertThat(said.channel()).isOne();
            assertThat(said.payloadType()).isEqualTo(PacketWriter.G711_U);

            talk.close();
            assertThat(link.getInputStream().read()).as("the link is closed").isEqualTo(-1);
            live.getOutputStream().write(Captured.joined(picture(1, 100)));
            await().until(() -> pictures.pictures.size() == 2);
        }
        assertThat(server.counters().lost()).isZero();
    }

    @Test
    void aTerminalThatOnlyListensIsKnownByWhereItIsConnectedFrom() throws IOException {
        Reception elsewhere = server.talk("13800000001", false, 1, "192.0.2.1", new Heard());
        Heard heard = new Heard();
        Reception talk = server.talk(SIM, true, 2, "127.0.0.1", heard);
        try (Socket link = connect(MediaPort.TALK)) {
            await().until(() -> talk.begun().toCompletableFuture().isDone());
            assertThat(talk.say(PacketWriter.G711_A, 0, new byte[320])).isTrue();
            link.setSoTimeout(5_000);
            MediaPacket said = PacketReader.datagram(link.getInputStream().readNBytes(30 + 320), 950, _ -> true);
            assertThat(said.simBytes()).isEqualTo(MediaPacket.SIM_2019);
            assertThat(said.sim()).isEqualTo(SIM);
        }
        await().until(() -> heard.events.contains("ended: the terminal closed the media link"));
        assertThat(elsewhere.begun().toCompletableFuture()).isNotDone();
    }

    @Test
    void ofTwoTerminalsFromOneAddressNoneIsSpokenToByGuess() throws IOException {
        Reception one = server.talk(SIM, false, 1, "127.0.0.1", new Heard());
        register.add("13812345679", "code");
        Reception two = server.talk("13812345679", false, 1, "127.0.0.1", new Heard());
        try (Socket silent = connect(MediaPort.TALK);
                Socket telling = connect(MediaPort.TALK)) {
            await().during(Duration.ofMillis(1_500))
                    .until(() -> !one.begun().toCompletableFuture().isDone()
                            && !two.begun().toCompletableFuture().isDone());
            telling.getOutputStream().write(writer.sound(1, PacketWriter.G711_A, 0, new byte[320]));
            await().until(() -> one.begun().toCompletableFuture().isDone());
            await().until(() -> two.begun().toCompletableFuture().isDone());
            assertThat(two.say(PacketWriter.G711_A, 0, new byte[160])).isTrue();
            silent.setSoTimeout(5_000);
            assertThat(PacketReader.datagram(silent.getInputStream().readNBytes(26 + 160), 950, _ -> true)
                            .sim())
                    .isEqualTo("13812345679");
        }
    }

    @Test
    void whatATerminalPlaysIsWhatItSays() {
        assertThat(SpokenSound.said(0, 0)).isEqualTo(SpokenSound.USUAL);
        assertThat(SpokenSound.said(7, 160)).isEqualTo(new SpokenSound(PacketWriter.G711_U, 160));
        assertThat(SpokenSound.said(6, 4_000).frame()).isEqualTo(320);
        byte[] silence = {(byte) 0xD5};
        assertThat(new SpokenSound(PacketWriter.G711_A, 320).write(silence)).isEqualTo(silence);
        assertThat(new SpokenSound(PacketWriter.G711_U, 320).write(silence)).isEqualTo(new byte[] {(byte) 0xFE});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SpokenSound.said(26, 320))
                .withMessageContaining("adpcm");
    }

    @Test
    void aLinkThatNobodyHasUseForIsClosedAndOneTooManyAtOnce() throws IOException {
        server.close();
        start(new Jt1078Settings("127.0.0.1", 0, 0, 0, Duration.ofMillis(300), 1, 1, 950, 65_536, 8));
        try (Socket link = connect(MediaPort.LIVE)) {
            await().until(() -> server.counters().openConnections() == 1);
            try (Socket second = connect(MediaPort.LIVE)) {
                second.setSoTimeout(5_000);
                assertThat(second.getInputStream().read()).isEqualTo(-1);
            }
            assertThat(faults.total(Protocol.JT1078, FaultKind.OVER_LIMIT)).isOne();
            link.setSoTimeout(5_000);
            assertThat(link.getInputStream().read()).isEqualTo(-1);
        }
    }
}
