package org.farwatch.ingest.media.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.farwatch.ingest.media.MediaUnit;
import org.farwatch.ingest.media.Packets;
import org.farwatch.ingest.media.TestStreams;
import org.farwatch.ingest.media.rtp.RtpCounters;
import org.farwatch.ingest.media.rtp.RtpCounters.Count;
import org.farwatch.ingest.media.rtsp.RtspSource;
import org.junit.jupiter.api.Test;

/** RTSP whose media come as datagrams, over real sockets. */
class DatagramsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Scene SCENE = Scene.of(160, 120, 100);
    private static final Pattern PORTS = Pattern.compile("RTP/AVP;unicast;client_port=(\\d+)-(\\d+)");
    private static final String UNSUPPORTED = "RTSP/1.0 461 Unsupported transport\r\nCSeq: {cseq}\r\n\r\n";

    private final Watched watched = new Watched();
    private final RtpCounters all = new RtpCounters();
    private final List<Integer> client = Collections.synchronizedList(new ArrayList<>());

    /** One packet overtakes another, one comes twice, one never, and somebody else sends too. */
    @Test
    void comeInOrderAreCountedWhereTheyAreLostAndLeaveNoPortOpen() throws IOException {
        try (Sender sender = new Sender();
                TestCamera camera = TestCamera.of(TestCamera.h264(SCENE), answers(sender, false), sender::play)) {
            try (Puller puller = pull(camera.url() + "?transport=udp")) {
                // Pictures 70 to 74 are of no use without what is missing.
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(watched.units()).hasSize(SCENE.size() - 5));
                await().atMost(PATIENCE)
                        .until(() -> puller.packets().equals(Optional.of(new Packets(sender.sent.get(), 1))));
                assertThat(all.get(Count.REORDERED)).isOne();
                assertThat(all.get(Count.DUPLICATE)).isOne();
                assertThat(all.get(Count.FOREIGN)).isOne();
                assertThat(sender.called()).as("from where we listen").isEqualTo(client.getFirst());
            }
            assertThat(watched.units())
                    .extracting(MediaUnit::decodeTime)
                    .isSorted()
                    .doesNotHaveDuplicates();
            assertThat(client.getFirst() % 2).isZero();
            assertThat(client.getLast()).isEqualTo(client.getFirst() + 1);
            for (int port : client) {
                try (DatagramSocket again = new DatagramSocket(port, InetAddress.getLoopbackAddress())) {
                    assertThat(again.isBound()).as("port %d is free", port).isTrue();
                }
            }
        }
    }

    /** And it sends from another address than that to which we connect, as it says. */
    @Test
    void areAskedForOnTheSameConnectionWhereACameraHasNothingElse() throws IOException {
        try (Sender sender = new Sender();
                TestCamera camera = TestCamera.of(TestCamera.h264(SCENE), answers(sender, true), sender::play);
                Puller _ = pull(camera.url())) {
            await().atMost(PATIENCE).until(() -> watched.units().size() > 10);
            assertThat(camera.requests()).containsExactly("DESCRIBE", "SETUP", "SETUP", "PLAY");
        }
    }

    private TestCamera.Answer answers(Sender sender, boolean refuses) {
        return (method, _, headers) -> {
            String transport = headers.getOrDefault("Transport", "");
            Matcher ports = PORTS.matcher(transport);
            if (!method.equals("SETUP")) {
                return null;
            }
            if (!ports.find()) {
                assertThat(refuses).as("asks for datagrams at once").isTrue();
                return UNSUPPORTED;
            }
            client.add(Integer.parseInt(ports.group(1)));
            client.add(Integer.parseInt(ports.group(2)));
            sender.elsewhere = refuses;
            sender.to = new InetSocketAddress(InetAddress.getLoopbackAddress(), client.getFirst());
            return "RTSP/1.0 200 OK\r\nCSeq: {cseq}\r\nSession: 7\r\nTransport: " + transport + ";server_port="
                    + sender.packets.getLocalPort() + "-" + (sender.packets.getLocalPort() + 1)
                    + (refuses ? ";source=127.0.0.2" : "") + "\r\n\r\n";
        };
    }

    private Puller pull(String url) {
        PullSettings settings = new PullSettings(
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                Duration.ofMillis(200),
                Duration.ofSeconds(1),
                Duration.ofSeconds(60));
        return new Puller("test", RtspSource.best(PullSource.parse(url), all), settings, watched, watched);
    }

    /** The camera's own ports, and a stranger's. */
    private static final class Sender implements AutoCloseable {
        private final DatagramSocket packets = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        private final DatagramSocket stranger =
                new DatagramSocket(0, InetAddress.getByAddress(new byte[] {127, 0, 0, 2}));
        private volatile InetSocketAddress to;
        private volatile boolean elsewhere;
        private final AtomicInteger sent = new AtomicInteger();
        private int number = 65_500;

        private Sender() throws IOException {}

        private void play(TestCamera.Link link) throws IOException {
            for (int i = 0; i < SCENE.size() && link.pause(5); i++) {
                List<byte[]> picture = picture(i);
                if (i == 12) {
                    picture.addAll(picture(++i));
                    Collections.swap(picture, 0, picture.size() - 1);
                    send(stranger, picture.getFirst());
                }
                if (i == 16) {
                    picture.add(picture.getFirst());
                }
                if (i == 70) {
                    picture.removeLast();
                }
                for (byte[] packet : picture) {
                    send(elsewhere ? stranger : packets, packet);
                    sent.incrementAndGet();
                }
            }
            link.fallSilent();
        }

        private List<byte[]> picture(int picture) {
            List<byte[]> made = new ArrayList<>();
            for (byte[] unit : SCENE.picture(picture)) {
                made.add(TestStreams.rtp(96, number++ & 0xffff, 7_000 + picture * 3_600L, 0x55, unit));
            }
            made.getLast()[1] |= (byte) 0x80;
            return made;
        }

        private void send(DatagramSocket from, byte[] bytes) throws IOException {
            from.send(new DatagramPacket(bytes, bytes.length, to));
        }

        /** The port from which somebody called. */
        private int called() throws IOException {
            DatagramPacket call = new DatagramPacket(new byte[64], 64);
            packets.setSoTimeout(5_000);
            packets.receive(call);
            return call.getPort();
        }

        @Override
        public void close() {
            packets.close();
            stranger.close();
        }
    }
}
