package org.farwatch.api.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.farwatch.api.RunningService;
import org.farwatch.api.RunningService.Answer;
import org.farwatch.api.access.People;
import org.farwatch.api.access.People.Person;
import org.farwatch.api.access.Role;
import org.farwatch.api.video.SigningKey;
import org.farwatch.api.web.BureauTime;
import org.farwatch.ingest.record.ChainPoint;
import org.farwatch.ingest.record.DayEnd;
import org.farwatch.ingest.record.DayRoot;
import org.farwatch.ingest.record.Recordings;
import org.farwatch.ingest.record.Sidecar;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Day roots leave the house to a real web server and a real mail server, and whoever has to know sees what became of it. */
class RootDispatchTest {
    @TempDir
    static Path folder;

    private static GreenMail mails;
    private static HttpServer web;
    private static final List<byte[]> POSTED = new CopyOnWriteArrayList<>();
    private static final AtomicInteger STATUS = new AtomicInteger(204);
    private static RunningService service;
    private static JdbcClient jdbc;
    private static People people;
    private static Person administrator;
    private static Person reviewer;

    @BeforeAll
    static void start() throws IOException {
        mails = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mails.start();
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/roots", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (STATUS.get() / 100 == 2) {
                POSTED.add(body);
            }
            exchange.sendResponseHeaders(STATUS.get(), -1);
            exchange.close();
        });
        web.start();
        service = RunningService.start(Map.of(
                "farwatch.proof.mail.host", "127.0.0.1",
                "farwatch.proof.mail.port", Integer.toString(mails.getSmtp().getPort()),
                "farwatch.proof.mail.security", "none",
                "farwatch.proof.mail.from", "farwatch@bureau.example",
                "farwatch.proof.tries", "2"));
        jdbc = service.bean(JdbcClient.class);
        people = new People(service);
        administrator = people.with(Role.ADMINISTRATOR);
        reviewer = people.with(Role.LEGAL_REVIEWER);
    }

    @AfterAll
    static void stop() {
        if (service != null) {
            service.close();
        }
        if (web != null) {
            web.stop(0);
        }
        if (mails != null) {
            mails.stop();
        }
    }

    @Test
    void aRootGoesToWhomAnAdministratorAllowedAndComesThereWhole() throws Exception {
        String url = "http://127.0.0.1:" + web.getAddress().getPort() + "/roots";
        for (String refused :
                List.of("http://192.0.2.1/roots", "ftp://127.0.0.1/", "https://user:pw@host.example/", " ")) {
            assertThat(target("webhook", refused).status()).as(refused).isEqualTo(400);
        }
        assertThat(target("mail", "nobody").status()).isEqualTo(400);
        assertThat(target("pigeon", url).status()).isEqualTo(400);
        assertThat(people.call(reviewer, "POST", "/api/v1/root-targets", Map.of("kind", "webhook", "address", url))
                        .status())
                .isEqualTo(403);
        JsonNode made = target("webhook", url).body();
        assertThat(made.path("active").asBoolean()).isTrue();
        assertThat(target("webhook", url).status()).isEqualTo(409);
        assertThat(target("mail", "keeper@elsewhere.example").status()).isEqualTo(201);
        tryOut(made.path("id").asString());
        RootDispatch dispatch = service.bean(RootDispatch.class);
        Instant now = Instant.now();

        LocalDate first = LocalDate.of(2026, 3, 1);
        DayRoot root = root(first, now);
        dispatch.send(now);

        assertThat(POSTED).containsExactly(root.document());
        MimeMessage mail = mails.getReceivedMessages()[1];
        assertThat(mail.getSubject()).isEqualTo("远督录像日根 " + first);
        assertThat(mail.getAllRecipients()[0]).hasToString("keeper@elsewhere.example");
        MimeMultipart parts = (MimeMultipart) mail.getContent();
        assertThat(parts.getBodyPart(0).getContent().toString()).contains("day        " + first);
        assertThat(parts.getBodyPart(1).getFileName()).isEqualTo("farwatch-root-" + first + ".json");
        assertThat(parts.getBodyPart(1).getInputStream().readAllBytes()).isEqualTo(root.document());
        assertThat(DayRoot.read(POSTED.getFirst()).fault()).isEmpty();
        assertThat(states(first)).containsExactly("sent", "sent");
        dispatch.send(now.plusSeconds(60));
        assertThat(POSTED).hasSize(1);

        // It is away: tried again later, given up after the last try, and somebody is told.
        LocalDate second = first.plusDays(1);
        STATUS.set(503);
        mails.stop();
        root(second, now.plusSeconds(1));
        dispatch.send(now.plusSeconds(120));
        assertThat(states(second)).containsExactly("waiting", "waiting");
        assertThat(sendings(second).get(0).path("failure").asString()).isEqualTo("it answered 503");
        assertThat(sendings(second).get(1).path("failure").asString()).isNotBlank();
        dispatch.send(now.plusSeconds(130));
        assertThat(sendings(second).get(0).path("tries").asInt()).isEqualTo(1);
        dispatch.remind(now.plus(Duration.ofDays(2)));
        assertThat(alerts()).isZero();
        dispatch.send(now.plusSeconds(600));
        assertThat(states(second)).containsExactly("failed", "failed");
        dispatch.remind(now.plus(Duration.ofDays(4)));
        dispatch.remind(now.plus(Duration.ofDays(5)));
        assertThat(alerts()).isEqualTo(1);

        STATUS.set(200);
        Answer again = people.call(reviewer, "POST", "/api/v1/root-sendings/" + second + "/again", null);
        assertThat(again.body().path("sendings").asInt()).isEqualTo(2);
        dispatch.send(Instant.now().plusSeconds(1));
        assertThat(states(second)).containsExactly("sent", "waiting");
        assertThat(POSTED).hasSize(2);

        // A target that was ended gets no more.
        Answer ended = people.call(
                administrator,
                "PATCH",
                "/api/v1/root-targets/" + made.path("id").asString(),
                Map.of("active", false, "version", 1));
        assertThat(ended.status()).isEqualTo(200);
        assertThat(people.call(
                                administrator,
                                "PATCH",
                                "/api/v1/root-targets/" + made.path("id").asString(),
                                Map.of("active", true, "version", 1))
                        .status())
                .isEqualTo(409);
        root(first.plusDays(2), now.plusSeconds(2));
        dispatch.send(now.plusSeconds(900));
        assertThat(POSTED).hasSize(2);
    }

    /** Each target gets something that is no root, and the administrator its outcome. */
    private static void tryOut(String webhook) throws Exception {
        String path = "/api/v1/root-targets/" + webhook + "/test";
        Answer arrived = people.call(administrator, "POST", path, null);
        assertThat(arrived.body().path("arrived").asBoolean()).isTrue();
        assertThat(new String(POSTED.removeFirst(), StandardCharsets.UTF_8)).contains("farwatch-root-test");
        STATUS.set(410);
        Answer refused = people.call(administrator, "POST", path, null);
        assertThat(refused.status()).isEqualTo(200);
        assertThat(refused.body().path("arrived").asBoolean()).isFalse();
        assertThat(refused.body().path("reason").asString()).isEqualTo("it answered 410");
        STATUS.set(204);
        String mail = people.get(administrator, "/api/v1/root-targets")
                .body()
                .path("items")
                .get(1)
                .path("id")
                .asString();
        assertThat(people.call(administrator, "POST", "/api/v1/root-targets/" + mail + "/test", null)
                        .body()
                        .path("arrived")
                        .asBoolean())
                .isTrue();
        assertThat(mails.getReceivedMessages()[0].getSubject()).isEqualTo("远督录像日根 试送");
        assertThat(people.call(administrator, "POST", "/api/v1/root-targets/999999/test", null)
                        .status())
                .isEqualTo(404);
    }

    private static Answer target(String kind, String address) {
        return people.call(administrator, "POST", "/api/v1/root-targets", Map.of("kind", kind, "address", address));
    }

    private static JsonNode sendings(LocalDate day) {
        return people.get(reviewer, "/api/v1/root-sendings?from=" + day + "&to=" + day.plusDays(1))
                .body()
                .path("items");
    }

    private static List<String> states(LocalDate day) {
        return sendings(day)
                .valueStream()
                .map(sending -> sending.path("state").asString())
                .toList();
    }

    private static long alerts() {
        return jdbc.sql("select count(*) from alert where code = 'root-unsent'")
                .query(Long.class)
                .single();
    }

    /** A day's real root over a stream of one segment, in the table as the service puts it there. */
    private static DayRoot root(LocalDate day, Instant made) throws IOException {
        Recordings recordings = new Recordings(folder.resolve(day.toString()));
        long start = day.atTime(12, 0).atZone(BureauTime.ZONE).toInstant().toEpochMilli();
        Sidecar draft = sidecar(start, "0".repeat(64));
        Sidecar sidecar = sidecar(start, draft.computedChain());
        Path file = sidecar.name().sidecar(recordings.folder("1"));
        Files.createDirectories(file.getParent());
        Files.write(
                file,
                JsonMapper.builder()
                        .build()
                        .writeValueAsBytes(Map.ofEntries(
                                Map.entry("stream", "1"),
                                Map.entry("sequence", 1),
                                Map.entry("run", start),
                                Map.entry("start", start),
                                Map.entry("end", start + 60_000),
                                Map.entry("bytes", 1_000),
                                Map.entry("initBytes", 100),
                                Map.entry("frames", 10),
                                Map.entry("codec", "video/mp4"),
                                Map.entry("width", 640),
                                Map.entry("height", 360),
                                Map.entry("sha256", sidecar.sha256()),
                                Map.entry("previous", sidecar.previous()),
                                Map.entry("chain", sidecar.chain()),
                                Map.entry("state", "closed"))));
        DayRoot root = new DayEnd(recordings, BureauTime.ZONE, service.bean(SigningKey.class))
                .makeUp(day, made, service.bean(LogChain.class)::heads)
                .getFirst();
        jdbc.sql("""
                        insert into day_root (day, root, previous, signature, public_key, made, streams, segments,
                            document)
                        values (:day, :root, :previous, :signature, :key, :made, 1, 1, :document)""")
                .param("day", Date.valueOf(day))
                .param("root", root.root())
                .param("previous", root.previous())
                .param("signature", root.signature())
                .param("key", root.publicKey())
                .param("made", Timestamp.from(made))
                .param("document", new String(root.document(), StandardCharsets.UTF_8))
                .update();
        return root;
    }

    private static Sidecar sidecar(long start, String chain) {
        return new Sidecar(
                "1",
                1,
                start,
                start,
                start + 60_000,
                1_000,
                100,
                10,
                "video/mp4",
                640,
                360,
                "ab".repeat(32),
                ChainPoint.beginning("1").chain(),
                chain,
                Sidecar.State.CLOSED);
    }
}
