package org.farwatch.ingest.media.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.farwatch.ingest.SteadyPort;
import org.farwatch.ingest.media.MediaUnit;
import org.farwatch.ingest.media.OfflineCause;
import org.farwatch.ingest.media.StreamState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTP-FLV, HLS and RTMP from servers of the test; the loopback's other name is another host. */
class WebSourceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final PullSettings QUICK = new PullSettings(
            Duration.ofSeconds(4),
            Duration.ofSeconds(2),
            Duration.ofSeconds(3),
            Duration.ofMillis(500),
            Duration.ofMillis(50),
            Duration.ofMillis(200),
            Duration.ofSeconds(60));

    @TempDir
    private static Path folder;

    private static Path mp4;
    private static byte[] flv;
    private static byte[] segment;

    private final Watched watched = new Watched();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<HttpServer> servers = new ArrayList<>();

    @BeforeAll
    static void record() throws IOException {
        mp4 = Broadcast.mp4(folder.resolve("clip.mp4"), 3);
        flv = Broadcast.as("flv", mp4);
        segment = Broadcast.as("mpegts", mp4);
    }

    @AfterEach
    void stop() {
        servers.forEach(server -> server.stop(0));
    }

    @Test
    void flvOverHttpGivesPictureAndSoundAndComesBackAfterItsServer() throws IOException {
        HttpServer first = serve(0);
        int port = first.getAddress().getPort();
        try (Puller puller = pull("http://127.0.0.1:" + port + "/live.flv")) {
            awaitBoth();
            first.stop(0);
            await().atMost(PATIENCE).until(() -> watched.causes().contains(OfflineCause.UNREACHABLE));
            int before = watched.units().size();
            serve(port);
            await().atMost(PATIENCE).until(() -> watched.units().size() > before + 40);
            assertThat(puller.leftOutSound()).isNull();
        }
        assertThat(watched.formats().getFirst().audio().codecs()).isEqualTo("mp4a.40.2");
    }

    @Test
    void hlsGoesOnOverADiscontinuity() throws IOException {
        try (Puller _ = pull(here("/list.m3u8"))) {
            awaitBoth();
            await().atMost(PATIENCE).until(() -> pictures() > 80);
        }
        assertThat(asked).contains("/one.ts", "/two.ts");
        assertThat(watched.units().stream().filter(MediaUnit::isVideo).limit(80))
                .extracting(MediaUnit::decodeTime)
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void aRedirectionOnTheSameHostIsFollowed() throws IOException {
        try (Puller _ = pull(here("/moved"))) {
            awaitBoth();
        }
    }

    @Test
    void aRedirectionToAnotherHostIsNotFollowedUnlessThatIsAllowed() throws IOException {
        String away = here("/away");
        try (Puller _ = pull(away)) {
            await().atMost(PATIENCE).until(() -> !watched.causes().isEmpty());
        }
        assertThat(watched.causes().getFirst()).isEqualTo(OfflineCause.UNREACHABLE);
        assertThat(detail()).contains("leads to localhost, which is neither its own host nor among those");
        assertThat(asked).containsOnly("/away");
        try (Puller _ =
                new Puller("test", PullSource.parse(away).leadingTo(List.of("LocalHost")), QUICK, watched, watched)) {
            awaitBoth();
        }
        assertThat(asked).contains("/live.flv");
    }

    @Test
    void aPlayListLeadsToNoOtherHostAndToNoFile() throws IOException {
        try (Puller _ = pull(here("/evil.m3u8"))) {
            await().atMost(PATIENCE).until(() -> !watched.causes().isEmpty());
        }
        assertThat(asked).containsOnly("/evil.m3u8");
        assertThat(watched.units()).isEmpty();
        assertThat(detail()).contains("leads to localhost");
    }

    @Test
    void rtspIsNotRedirectedToAnotherHost() {
        try (TestCamera other = TestCamera.answering((_, _, _) -> null);
                TestCamera porter = TestCamera.answering((method, _, _) -> method.equals("DESCRIBE")
                        ? "RTSP/1.0 302 Moved\r\nCSeq: {cseq}\r\nLocation: "
                                + other.url().replace("127.0.0.1", "localhost") + "\r\n\r\n"
                        : null);
                Puller _ = pull(porter.url())) {
            await().atMost(PATIENCE).until(() -> !watched.causes().isEmpty());
            assertThat(other.requests()).isEmpty();
        }
        assertThat(watched.causes().getFirst()).isEqualTo(OfflineCause.UNREACHABLE);
        assertThat(detail()).contains("leads to localhost");
    }

    @Test
    void aPageThatIsNotThereAndOneThatNeverComesAreTold() throws IOException {
        try (Puller _ = pull(here("/gone"))) {
            await().atMost(PATIENCE).until(() -> watched.causes().contains(OfflineCause.NOT_FOUND));
        }
        try (Puller _ = pull(here("/never"))) {
            await().atMost(PATIENCE).until(() -> watched.causes().contains(OfflineCause.TIMEOUT));
        }
    }

    @Test
    void rtmpGivesPictureAndSound() throws IOException {
        String address = "rtmp://127.0.0.1:" + SteadyPort.free() + "/live/cam";
        Thread _ = Thread.ofPlatform().daemon().start(() -> Broadcast.serve(mp4, address));
        try (Puller _ = pull(address)) {
            awaitBoth();
            await().atMost(PATIENCE).until(() -> pictures() > 50);
        }
        assertThat(watched.formats().getFirst().video().width()).isEqualTo(160);
    }

    /** Each has its own deadline, and can be ended, however many wait in native code. */
    @Test
    void manySilentSourcesTimeOutTogether() throws IOException {
        List<Watched> all = new ArrayList<>();
        List<Puller> pullers = new ArrayList<>();
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < 24; i++) {
                Watched one = new Watched();
                all.add(one);
                PullSource source = PullSource.parse("rtsp://127.0.0.1:" + silent.getLocalPort() + "/" + i);
                pullers.add(new Puller("silent-" + i, source, QUICK, one, one));
            }
            await().atMost(PATIENCE)
                    .until(() -> all.stream().allMatch(one -> one.causes().contains(OfflineCause.TIMEOUT)));
            long before = System.nanoTime();
            pullers.forEach(Puller::close);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
        }
        assertThat(all).allMatch(one -> one.changes().getLast().state() == StreamState.OFFLINE);
    }

    private void awaitBoth() {
        await().atMost(PATIENCE)
                .until(() -> pictures() > 20 && watched.units().stream().anyMatch(unit -> !unit.isVideo()));
    }

    private long pictures() {
        return watched.units().stream().filter(MediaUnit::isVideo).count();
    }

    private String detail() {
        return watched.changes().stream()
                .filter(change -> change.cause() != null)
                .findFirst()
                .orElseThrow()
                .detail();
    }

    private Puller pull(String address) {
        return new Puller("test", PullSource.parse(address), QUICK, watched, watched);
    }

    private String here(String path) throws IOException {
        return "http://127.0.0.1:" + serve(0).getAddress().getPort() + path;
    }

    private HttpServer serve(int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        int at = server.getAddress().getPort();
        String elsewhere = "http://localhost:" + at;
        route(server, "/live.flv", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            // Twice as fast as it was recorded, as a server does that has a stream in store.
            for (int from = 0; from < flv.length; from += flv.length / 30) {
                exchange.getResponseBody().write(flv, from, Math.min(flv.length / 30, flv.length - from));
                exchange.getResponseBody().flush();
                pause();
            }
        });
        route(server, "/one.ts", exchange -> send(exchange, segment));
        route(server, "/two.ts", exchange -> send(exchange, segment));
        route(server, "/secret.ts", exchange -> send(exchange, segment));
        String head = "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:3\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:3.0,\n";
        route(
                server,
                "/list.m3u8",
                exchange -> send(
                        exchange,
                        text(head + "one.ts\n#EXT-X-DISCONTINUITY\n#EXTINF:3.0,\n/two.ts\n#EXT-X-ENDLIST\n")));
        route(
                server,
                "/evil.m3u8",
                exchange -> send(
                        exchange,
                        text(head + elsewhere + "/secret.ts\n#EXTINF:3.0,\nfile://" + mp4 + "\n#EXT-X-ENDLIST\n")));
        route(server, "/moved", exchange -> redirect(exchange, "http://127.0.0.1:" + at + "/live.flv"));
        route(server, "/away", exchange -> redirect(exchange, elsewhere + "/live.flv"));
        route(server, "/gone", exchange -> exchange.sendResponseHeaders(404, -1));
        route(server, "/never", exchange -> {
            for (int i = 0; i < 100; i++) {
                pause();
            }
        });
        server.start();
        servers.add(server);
        return server;
    }

    private void route(HttpServer server, String path, HttpHandler handler) {
        server.createContext(path, exchange -> {
            asked.add(exchange.getRequestURI().getPath());
            try (exchange) {
                handler.handle(exchange);
            }
        });
    }

    private static void redirect(HttpExchange exchange, String to) throws IOException {
        exchange.getResponseHeaders().add("Location", to);
        exchange.sendResponseHeaders(302, -1);
    }

    private static void send(HttpExchange exchange, byte[] body) throws IOException {
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(Duration.ofMillis(50));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
