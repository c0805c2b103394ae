package org.farwatch.ingest.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.farwatch.ingest.SteadyPort;
import org.farwatch.ingest.media.Heard;
import org.farwatch.ingest.media.TestStreams;
import org.farwatch.ingest.media.rtp.RtpCounters.Count;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RtpSessionsTest {
    private static final long SSRC = 200_000_001;
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private final int first = SteadyPort.free() & ~1;
    private final RtpSessions sessions =
            new RtpSessions(new RtpSettings("127.0.0.1", first, first + 3, 1), Clock.systemUTC());
    private final Heard heard = new Heard();
    private final List<byte[]> packets = ReceptionTest.programStream(0, SSRC);

    @AfterEach
    void close() {
        sessions.close();
    }

    @Test
    void datagramsBecomePicturesAndSpeechGoesBack() throws Exception {
        RtpSession session = sessions.open(RtpTransport.UDP, SSRC, heard);
        assertThat(session.port() % 2).isZero();
        assertThat(session.speak(8, new byte[160])).isFalse();
        try (DatagramSocket camera = new DatagramSocket(0, HERE)) {
            for (byte[] packet : packets) {
                camera.send(new DatagramPacket(packet, packet.length, HERE, session.port()));
            }
            await().untilAsserted(() -> assertThat(heard.pictures()).hasSize(19));
            assertThat(session.receives()).isTrue();

            assertThat(session.speak(8, new byte[160])).isTrue();
            DatagramPacket speech = new DatagramPacket(new byte[2_000], 2_000);
            camera.setSoTimeout(10_000);
            camera.receive(speech);
            assertThat(speech.getLength()).isEqualTo(172);
            assertThat(RtpPacket.number(speech.getData(), 8)).isEqualTo(SSRC);
        }
        assertThat(session.counters().get(Count.PACKETS)).isEqualTo(packets.size());
        assertThat(sessions.totals().get(Count.PACKETS)).isEqualTo(packets.size());
    }

    @Test
    void aDeviceThatConnectsIsHeardToItsEnd() throws Exception {
        for (boolean interleaved : new boolean[] {false, true}) {
            Heard each = new Heard();
            RtpSession session = sessions.open(RtpTransport.TCP_PASSIVE, SSRC, each);
            try (Socket device = new Socket(HERE, session.port())) {
                for (byte[] packet : packets) {
                    device.getOutputStream()
                            .write(interleaved ? TestStreams.interleaved(packet) : TestStreams.framed(packet));
                }
            }
            await().untilAsserted(() -> assertThat(each.others()).containsExactly("failed ended"));
            assertThat(each.pictures()).hasSize(20);
            session.close();
        }
    }

    @Test
    void weConnectToADeviceThatWaits() throws Exception {
        RtpSession session = sessions.open(RtpTransport.TCP_ACTIVE, SSRC, heard);
        try (ServerSocket device = new ServerSocket(0, 1, HERE)) {
            session.connectTo(new InetSocketAddress(HERE, device.getLocalPort()));
            try (Socket connection = device.accept()) {
                assertThat(connection.getPort()).isEqualTo(session.port());
                for (byte[] packet : packets) {
                    connection.getOutputStream().write(TestStreams.framed(packet));
                }
                await().untilAsserted(() -> assertThat(heard.pictures()).hasSize(19));
            }
        }
    }

    @Test
    void aPortAtWhichAnotherProgramListensIsLeftToIt() throws Exception {
        try (ServerSocket other = new ServerSocket(first, 1, HERE)) {
            for (RtpTransport transport : List.of(RtpTransport.TCP_ACTIVE, RtpTransport.TCP_PASSIVE)) {
                try (RtpSession session = sessions.open(transport, SSRC, heard)) {
                    assertThat(session.port()).isNotEqualTo(other.getLocalPort());
                }
                await().until(() -> sessions.openSessions() == 0);
            }
        }
    }

    /** Whoever is the first at a port, and knows the number agreed, puts nothing in the place of the camera's pictures. */
    @Test
    void whoIsNotAskedIsDroppedAndCountedAtBothKindsOfPorts() throws Exception {
        InetAddress there = InetAddress.getByName("127.0.0.2");
        RtpSession session = sessions.open(RtpTransport.UDP, SSRC, heard);
        session.takesFrom(Set.of("127.0.0.2"));
        try (DatagramSocket stranger = new DatagramSocket(0, HERE);
                DatagramSocket camera = new DatagramSocket(0, there)) {
            for (byte[] packet : packets) {
                stranger.send(new DatagramPacket(packet, packet.length, HERE, session.port()));
            }
            await().until(() -> session.counters().get(Count.FOREIGN) == packets.size());
            assertThat(session.receives()).isFalse();
            for (byte[] packet : packets) {
                camera.send(new DatagramPacket(packet, packet.length, HERE, session.port()));
            }
            await().untilAsserted(() -> assertThat(heard.pictures()).hasSize(19));
        }

        Heard each = new Heard();
        RtpSession passive = sessions.open(RtpTransport.TCP_PASSIVE, SSRC, each);
        passive.takesFrom(Set.of("127.0.0.2"));
        try (Socket stranger = new Socket(HERE, passive.port());
                Socket device = new Socket(HERE, passive.port(), there, 0)) {
            stranger.setSoTimeout(10_000);
            assertThat(stranger.getInputStream().read()).isEqualTo(-1);
            for (byte[] packet : packets) {
                device.getOutputStream().write(TestStreams.framed(packet));
            }
            await().untilAsserted(() -> assertThat(each.pictures()).hasSize(19));
        }
        assertThat(passive.counters().get(Count.FOREIGN)).isEqualTo(1);
    }

    @Test
    void portsAreBoundedAndGivenBack() throws Exception {
        RtpSession one = sessions.open(RtpTransport.UDP, SSRC, heard);
        RtpSession two = sessions.open(RtpTransport.TCP_PASSIVE, RtpSessions.ANY_SSRC, heard);
        assertThatThrownBy(() -> sessions.open(RtpTransport.UDP, SSRC, heard))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no port is free");
        one.close();
        two.close();
        await().untilAsserted(() -> assertThat(sessions.openSessions()).isZero());
        assertThat(sessions.open(RtpTransport.UDP, SSRC, heard).port()).isEqualTo(one.port());
    }
}
