package org.farwatch.ingest.simulator.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.farwatch.ingest.media.MediaFormat;
import org.farwatch.ingest.media.MediaSink;
import org.farwatch.ingest.media.MediaUnit;
import org.farwatch.ingest.media.OfflineCause;
import org.farwatch.ingest.media.StreamState;
import org.farwatch.ingest.media.pull.PullSettings;
import org.farwatch.ingest.media.pull.PullSource;
import org.farwatch.ingest.media.pull.Puller;
import org.farwatch.ingest.media.rtp.RtpCounters;
import org.farwatch.ingest.media.rtsp.RtspSource;
import org.farwatch.ingest.simulator.camera.RtspPeer.Answer;
import org.farwatch.ingest.simulator.camera.RtspPeer.Packet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Over real sockets, with libavformat and with a client that says what it likes. */
class CameraServerTest {
    private static final int BIT_RATE = 400_000;
    private static final long SECOND_MICROS = 1_000_000;
    private static final int CLOCK = 90_000;
    private static final long NTP_SECONDS = 2_208_988_800L;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final PullSettings QUICK = new PullSettings(
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(2),
            Duration.ofMillis(100),
            Duration.ofMillis(200),
            Duration.ofSeconds(60));

    private CameraServer server = new CameraServer(CameraServer.Settings.loopback());

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void libavformatPlaysItFromAKeyPictureOnAtItsRate() {
        server.add("demo/bar", new BarScene(false), BIT_RATE);
        Taken taken = new Taken();
        try (Puller puller = pull("demo/bar", taken)) {
            await().atMost(PATIENCE).until(() -> taken.units().size() > 2 * BarScene.RATE);
            assertThat(puller.state()).isEqualTo(StreamState.LIVE);
        }
        assertThat(taken.formats()).hasSize(1);
        assertThat(taken.formats().getFirst().video().width()).isEqualTo(BarScene.WIDTH);
        assertThat(taken.formats().getFirst().video().height()).isEqualTo(BarScene.HEIGHT);
        List<MediaUnit> units = taken.units();
        assertThat(units.getFirst().key()).isTrue();
        assertThat(units.stream().filter(MediaUnit::key).count()).isBetween(2L, 4L);
        for (int i = 1; i < units.size(); i++) {
            assertThat(units.get(i).decodeTime() - units.get(i - 1).decodeTime())
                    .isCloseTo(SECOND_MICROS / BarScene.RATE, within(SECOND_MICROS / 1000));
        }
    }

    @Test
    void severalCamerasAndClientsAreServedAndEachCameraEncodesOnce() {
        server.add("one", new BarScene(false), BIT_RATE);
        server.add("two", new BarScene(false), BIT_RATE);
        Taken first = new Taken();
        Taken second = new Taken();
        Taken other = new Taken();
        try (Puller _ = pull("one", first);
                Puller _ = pull("one", second);
                Puller _ = pull("two", other)) {
            await().atMost(PATIENCE)
                    .until(() -> first.units().size() > 30
                            && second.units().size() > 30
                            && other.units().size() > 30);
            assertThat(server.watching("one")).isEqualTo(2);
            assertThat(server.pictures("one"))
                    .isLessThan(first.units().size() + second.units().size());
        }
        assertThat(first.units().getFirst().key()).isTrue();
        assertThat(second.units().getFirst().key()).isTrue();
    }

    @Test
    void itEncodesOnlyWhileSomebodyWatchesAndGoesOnForTheNext() throws IOException {
        server.add("bar", new BarScene(false), BIT_RATE);
        for (int round = 0; round < 2; round++) {
            try (RtspPeer peer = new RtspPeer(server.port(), 0)) {
                Answer playing = peer.watch(server.url("bar"));
                assertThat(playing.status()).isEqualTo(200);
                List<List<Packet>> pictures = new ArrayList<>();
                pictures(peer, 1, pictures);
                assertThat(pictures.getFirst().getFirst().nalType())
                        .as("a parameter set first")
                        .isEqualTo(7);
                String session = "Session: " + playing.session();
                if (round == 0) {
                    assertThat(peer.ask("TEARDOWN", server.url("bar"), session).status())
                            .isEqualTo(200);
                    assertThat(peer.ask("GET_PARAMETER", server.url("bar"), session)
                                    .status())
                            .isEqualTo(454);
                }
            }
            await().atMost(PATIENCE).until(() -> server.watching("bar") == 0);
            long encoded = server.pictures("bar");
            await().during(Duration.ofMillis(400)).atMost(PATIENCE).until(() -> server.pictures("bar") <= encoded + 1);
        }
    }

    @Test
    void itSaysInSdpWhatItSends() throws IOException {
        server.add("bar", new BarScene(false), BIT_RATE);
        try (RtspPeer peer = new RtspPeer(server.port(), 0)) {
            Answer answer = peer.ask("DESCRIBE", server.url("bar"), "Accept: application/sdp");
            assertThat(answer.headers())
                    .containsEntry("content-type", "application/sdp")
                    .containsEntry("content-base", server.url("bar") + "/");
            assertThat(answer.body())
                    .contains("m=video 0 RTP/AVP 96\r\n", "a=rtpmap:96 H264/90000\r\n", "packetization-mode=1");
            Matcher sets =
                    Pattern.compile("sprop-parameter-sets=([^,]+),(\\S+)").matcher(answer.body());
            assertThat(sets.find()).isTrue();
            byte[] sequence = Base64.getDecoder().decode(sets.group(1));
            assertThat(sequence[0] & 0x1f).isEqualTo(7);
            assertThat(Base64.getDecoder().decode(sets.group(2))[0] & 0x1f).isEqualTo(8);
            assertThat(answer.body())
                    .contains("profile-level-id=%02X%02X%02X".formatted(sequence[1], sequence[2], sequence[3]));
        }
    }

    @Test
    void packetsFitTheNetworkAndMakeWholePicturesWithAClockOfTheirOwn() throws IOException {
        server.add("noise", new BarScene(true), 4_000_000);
        try (RtspPeer peer = new RtspPeer(server.port(), 0)) {
            assertThat(peer.watch(server.url("noise")).status()).isEqualTo(200);
            List<List<Packet>> pictures = new ArrayList<>();
            Packet report = pictures(peer, 20, pictures);
            List<Packet> first = pictures.getFirst();
            assertThat(first)
                    .extracting(Packet::nalType)
                    .startsWith(7, 8, 5)
                    .last()
                    .isEqualTo(5);
            assertThat(first.size()).as("fragments of the key picture").isGreaterThan(5);
            int sequence = first.getFirst().sequence();
            for (List<Packet> picture : pictures) {
                for (Packet packet : picture) {
                    assertThat(packet.sequence()).isEqualTo(sequence++ & 0xffff);
                    assertThat(packet.bytes().length).isLessThanOrEqualTo(1_412);
                    assertThat(packet.timestamp()).isEqualTo(picture.getFirst().timestamp());
                }
                assertThat(picture.stream().filter(Packet::marker)).hasSize(1);
            }
            for (int i = 1; i < pictures.size(); i++) {
                assertThat(pictures.get(i).getFirst().timestamp()
                                - pictures.get(i - 1).getFirst().timestamp())
                        .isBetween(CLOCK / BarScene.RATE - 1, CLOCK / BarScene.RATE + 1);
            }
            ByteBuffer said = ByteBuffer.wrap(report.bytes());
            assertThat(said.get(1) & 0xff).as("a sender report").isEqualTo(200);
            assertThat((said.getInt(8) & 0xffff_ffffL) - NTP_SECONDS)
                    .isCloseTo(System.currentTimeMillis() / 1000, within(10L));
            assertThat(said.getInt(16)).isEqualTo(first.getFirst().timestamp());
        }
    }

    @Test
    void aClientThatStallsHoldsUpNobodyAndBeginsAgainAtAKeyPicture() throws IOException {
        server.add("noise", new BarScene(true), 8_000_000);
        Taken quick = new Taken();
        try (RtspPeer stalled = new RtspPeer(server.port(), 4_096);
                Puller _ = pull("noise", quick)) {
            assertThat(stalled.watch(server.url("noise")).status()).isEqualTo(200);
            await().atMost(PATIENCE).until(() -> server.dropped() > 0);
            int before = quick.units().size();
            await().atMost(PATIENCE).until(() -> quick.units().size() > before + BarScene.RATE);

            int jumps = 0;
            int last = 0;
            int read = 0;
            while (jumps == 0) {
                List<List<Packet>> pictures = new ArrayList<>();
                pictures(stalled, 1, pictures);
                List<Packet> picture = pictures.getFirst();
                int timestamp = picture.getFirst().timestamp();
                if (read++ > 0 && timestamp - last > 2 * CLOCK / BarScene.RATE) {
                    jumps++;
                    assertThat(picture.getFirst().nalType())
                            .as("what follows the gap")
                            .isEqualTo(7);
                }
                last = timestamp;
            }
        }
        for (int i = 1; i < quick.units().size(); i++) {
            assertThat(quick.units().get(i).decodeTime()
                            - quick.units().get(i - 1).decodeTime())
                    .as("the other client misses nothing")
                    .isLessThan(2 * SECOND_MICROS / BarScene.RATE);
        }
    }

    @Test
    void badRequestsGetTheStatusThatBelongs() throws IOException {
        server.add("bar", new BarScene(false), BIT_RATE);
        String bar = server.url("bar");
        String tcp = "Transport: RTP/AVP/TCP;unicast;interleaved=0-1";
        try (RtspPeer peer = new RtspPeer(server.port(), 0)) {
            assertThat(peer.ask("OPTIONS", "*").headers().get("public")).contains("DESCRIBE", "PLAY", "TEARDOWN");
            assertThat(peer.ask("DESCRIBE", server.url("none")).status()).isEqualTo(404);
            assertThat(peer.ask("DESCRIBE", "http://host/bar").status()).isEqualTo(404);
            assertThat(peer.ask("DESCRIBE", bar, "Accept: text/plain").status()).isEqualTo(406);
            assertThat(peer.ask("FETCH", bar).status()).isEqualTo(501);
            assertThat(peer.ask("RECORD", bar).status()).isEqualTo(405);
            assertThat(peer.ask("OPTIONS", bar, "Require: com.example.telepathy")
                            .status())
                    .isEqualTo(551);
            assertThat(peer.ask("PLAY", bar).status()).isEqualTo(455);
            assertThat(peer.ask("TEARDOWN", bar, "Session: 12").status()).isEqualTo(454);
            assertThat(peer.ask("SETUP", bar + "/track1").status()).isEqualTo(400);
            assertThat(peer.ask("SETUP", bar + "/track9", tcp).status()).isEqualTo(404);
            assertThat(peer.ask("SETUP", bar + "/track1", "Transport: RTP/AVP;unicast;client_port=5000-5001")
                            .status())
                    .isEqualTo(461);
            assertThat(peer.ask("SETUP", bar + "/track1", "Transport: RTP/AVP/TCP;unicast;interleaved=255-256")
                            .status())
                    .isEqualTo(461);
            Answer set = peer.ask("SETUP", bar + "/track1", "Transport: RTP/AVP;unicast;client_port=5-6, RTP/AVP/TCP");
            assertThat(set.status()).isEqualTo(200);
            assertThat(set.headers().get("transport")).contains("RTP/AVP/TCP", "interleaved=0-1");
            assertThat(peer.ask("SETUP", bar + "/track1", tcp).status()).isEqualTo(455);
            assertThat(peer.ask("PLAY", bar, "Session: 1").status()).isEqualTo(454);
            String session = "Session: " + set.session();
            assertThat(peer.ask("PLAY", bar, session, "Range: clock=20260101T000000Z-")
                            .status())
                    .isEqualTo(457);
            assertThat(peer.ask("PLAY", bar, session, "Range: npt=0.000-").status())
                    .isEqualTo(200);
            peer.send(new byte[] {'$', 1, 0, 2, 9, 9});
            assertThat(peer.ask("GET_PARAMETER", bar, session).status()).isEqualTo(200);
        }
        try (RtspPeer peer = new RtspPeer(server.port(), 0)) {
            peer.send("DESCRIBE " + bar + " RTSP/1.0\r\nCSeq: 7\r\nthis is no header\r\n\r\n");
            Answer answer = peer.answer();
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.headers()).containsEntry("cseq", "7");
            assertThat(peer.ended()).isTrue();
        }
    }

    @Test
    void aLoginIsAskedForAndWrongOnesAreRefused() throws IOException {
        server.close();
        server = new CameraServer(CameraServer.Settings.loopback().withLogin(new CameraServer.Login("viewer", "pass")));
        server.add("bar", new BarScene(false), BIT_RATE);
        Taken taken = new Taken();
        String withLogin = server.url("bar").replace("rtsp://", "rtsp://viewer:pass@");
        try (Puller _ = new Puller(
                "right", RtspSource.best(PullSource.parse(withLogin), new RtpCounters()), QUICK, taken, taken)) {
            await().atMost(PATIENCE).until(() -> taken.units().size() > 5);
        }
        Taken refused = new Taken();
        String wrong = withLogin.replace("pass", "password");
        try (Puller _ = new Puller(
                "wrong", RtspSource.best(PullSource.parse(wrong), new RtpCounters()), QUICK, refused, refused)) {
            await().atMost(PATIENCE).until(() -> refused.causes().contains(OfflineCause.UNAUTHORISED));
        }
        assertThat(refused.units()).isEmpty();
        try (RtspPeer peer = new RtspPeer(server.port(), 0)) {
            Answer answer = peer.ask("DESCRIBE", server.url("bar"));
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.headers().get("www-authenticate")).startsWith("Digest realm=");
            assertThat(peer.ask("SETUP", server.url("bar") + "/track1", "Transport: RTP/AVP/TCP")
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void moreClientsThanAllowedAreTurnedAway() throws IOException {
        server.close();
        server = new CameraServer(CameraServer.Settings.loopback().withLimits(2, 1));
        server.add("bar", new BarScene(false), BIT_RATE);
        try (RtspPeer first = new RtspPeer(server.port(), 0);
                RtspPeer second = new RtspPeer(server.port(), 0)) {
            assertThat(first.watch(server.url("bar")).status()).isEqualTo(200);
            assertThat(second.watch(server.url("bar")).status()).isEqualTo(453);
            try (RtspPeer third = new RtspPeer(server.port(), 0)) {
                assertThat(third.ended()).isTrue();
            }
        }
    }

    @Test
    void aCameraThatIsTakenAwayIsGoneForItsClients() throws IOException {
        BarScene scene = new BarScene(false);
        server.add("bar", scene, BIT_RATE);
        assertThatThrownBy(() -> server.add("bar", new BarScene(false), BIT_RATE))
                .isInstanceOf(IllegalArgumentException.class);
        Taken taken = new Taken();
        try (Puller _ = pull("bar", taken)) {
            await().atMost(PATIENCE).until(() -> taken.units().size() > 3);
            server.remove("bar");
            await().atMost(PATIENCE).until(() -> taken.causes().contains(OfflineCause.NOT_FOUND));
        }
        assertThat(scene.isClosed()).isTrue();
    }

    /** Reads so many whole pictures; gives the sender report that came in front of them, or null. */
    private static Packet pictures(RtspPeer peer, int count, List<List<Packet>> into) throws IOException {
        Packet report = null;
        List<Packet> picture = new ArrayList<>();
        while (into.size() < count) {
            Packet packet = peer.packet();
            if (packet.channel() == 1) {
                report = report == null ? packet : report;
                continue;
            }
            picture.add(packet);
            if (packet.marker()) {
                into.add(picture);
                picture = new ArrayList<>();
            }
        }
        return report;
    }

    private Puller pull(String path, Taken taken) {
        return new Puller(
                path, RtspSource.best(PullSource.parse(server.url(path)), new RtpCounters()), QUICK, taken, taken);
    }

    /** Keeps what a puller gives out. */
    private static final class Taken implements MediaSink, Puller.Listener {
        private final List<MediaFormat> formats = new ArrayList<>();
        private final List<MediaUnit> units = new ArrayList<>();
        private final List<OfflineCause> causes = new ArrayList<>();

        @Override
        public synchronized void format(MediaFormat format) {
            formats.add(format);
        }

        @Override
        public synchronized void unit(MediaUnit unit) {
            units.add(unit);
        }

        @Override
        public void end() {
            // Why it ended is told to the listener.
        }

        @Override
        public synchronized void changed(StreamState state, OfflineCause cause, String detail) {
            if (cause != null) {
                causes.add(cause);
            }
        }

        synchronized List<MediaFormat> formats() {
            return List.copyOf(formats);
        }

        synchronized List<MediaUnit> units() {
            return List.copyOf(units);
        }

        synchronized List<OfflineCause> causes() {
            return List.copyOf(causes);
        }
    }
}
