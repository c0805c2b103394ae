package org.farwatch.api.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Map;
import org.farwatch.api.RunningService;
import org.farwatch.api.web.BureauTime;
import org.farwatch.ingest.record.DayRoot;
import org.farwatch.ingest.record.HashAlgorithm;
import org.farwatch.ingest.record.Recordings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** A house of the national suite from its first picture to a file that is checked elsewhere: SM3 and SM2 and nothing else. */
class NationalHouseTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    @Test
    void itRecordsSignsExportsAndVerifiesBySm3AndSm2() throws Exception {
        try (RtspServer server = RtspServer.start("plain=h264");
                RunningService service = RunningService.start(Map.of("farwatch.proof.suite", "national"))) {
            String id = service.call(
                            "POST",
                            "/api/v1/streams",
                            Map.of("name", "国密", "sourceUrl", server.url("plain"), "record", true))
                    .body()
                    .path("id")
                    .asString();
            for (int number = 1; number <= 2; number++) {
                int wanted = number;
                record(service, id, true);
                await().atMost(PATIENCE).until(() -> segments(service, id).size() == wanted);
                Instant begun = Instant.now();
                await().atMost(PATIENCE)
                        .until(() -> Instant.parse(segments(service, id)
                                        .get(wanted - 1)
                                        .path("end")
                                        .asString())
                                .isAfter(begun.plusMillis(500)));
                record(service, id, false);
                await().atMost(PATIENCE)
                        .until(() -> segments(service, id)
                                .get(wanted - 1)
                                .path("state")
                                .asString()
                                .equals("closed"));
            }
            JsonNode segment = segments(service, id).get(0);
            Recordings recordings = service.bean(Recordings.class);
            Path video = recordings.entries(id, 0).getFirst().video();
            assertThat(segment.path("algorithm").asString()).isEqualTo("sm3");
            assertThat("sm3:" + segment.path("hash").asString())
                    .isEqualTo(HashAlgorithm.SM3.of(Files.readAllBytes(video)));
            assertThat(segment.path("sha256").isString()).isFalse();

            LocalDate today = LocalDate.now(BureauTime.ZONE);
            DayRoot root = service.bean(DayClosing.class)
                    .close(today.plusDays(1)
                            .atTime(1, 0)
                            .atZone(BureauTime.ZONE)
                            .toInstant())
                    .getFirst();
            assertThat(root.root()).startsWith("sm3:");
            assertThat(root.logs()).allMatch(head -> head.chain().startsWith("sm3:") || head.sequence() == 0);
            String key = service.bean(SigningKey.class).fingerprint();
            assertThat(key).startsWith("sm3:");
            Path kept = Files.write(folder.resolve("kept.json"), root.document());
            Path zip = Files.write(
                    folder.resolve("export.zip"),
                    read(
                            service,
                            "/api/v1/streams/" + id + "/export?from="
                                    + Instant.now().minusSeconds(600) + "&to="
                                    + Instant.now().plusSeconds(60)));

            assertThat(verify(recordings.root(), kept, key)).isZero();
            assertThat(verify(zip, kept, key)).isZero();
            for (String name : new String[] {"/extraction.pdf", "/roots.json", "/export.json", "/" + id}) {
                Path altered = Files.copy(zip, folder.resolve("altered" + name.replace('/', '-') + ".zip"));
                change(altered, name);
                assertThat(verify(altered, kept, key)).as(name).isEqualTo(1);
            }
            theLogsAreUnderTheRoot(service, today, kept, key);
            byte[] content = Files.readAllBytes(video);
            content[content.length / 2] ^= 1;
            Files.write(video, content);
            assertThat(verify(recordings.root(), kept, key)).isEqualTo(1);
        }
    }

    /** Their chains are named by the day root: a whole log verifies with it, and one that was cut and written on does not. */
    private void theLogsAreUnderTheRoot(RunningService service, LocalDate day, Path kept, String key)
            throws IOException, InterruptedException {
        JsonNode checked =
                service.call("POST", "/api/v1/log-chains/check", null).body().path("items");
        assertThat(checked)
                .hasSize(2)
                .allSatisfy(
                        item -> assertThat(item.path("checked").path("fault").isObject())
                                .isFalse());
        // Nobody had looked at anything when the root was made, so it names the audit log alone.
        assertThat(checked.get(0).path("checked").path("rooted").asString()).isEqualTo(day.toString());
        Path log = Files.write(folder.resolve("audit.txt"), read(service, "/api/v1/log-chains/audit/document"));
        assertThat(verify(log, kept, key)).isZero();

        service.bean(TransactionTemplate.class).executeWithoutResult(_ -> {
            JdbcClient jdbc = service.bean(JdbcClient.class);
            jdbc.sql("set local session_replication_role = replica").update();
            jdbc.sql(
                            "delete from audit_log where id in (select entry from log_link where log = 'audit' and sequence >= 2)")
                    .update();
            jdbc.sql("delete from log_link where log = 'audit' and sequence >= 2")
                    .update();
        });
        JsonNode cut =
                service.call("POST", "/api/v1/log-chains/check", null).body().path("items");
        assertThat(cut.get(0).path("checked").path("fault").path("kind").asString())
                .isIn("missing", "rewritten");
        Path after = Files.write(folder.resolve("cut.txt"), read(service, "/api/v1/log-chains/audit/document"));
        assertThat(verify(after, kept, key)).isEqualTo(1);
    }

    /** One byte of the file, or of the first recorded one below the folder. */
    private static void change(Path zip, String name) throws IOException {
        try (FileSystem files = FileSystems.newFileSystem(zip);
                var all = Files.walk(files.getPath(name))) {
            Path file = all.filter(path -> !Files.isDirectory(path))
                    .filter(path -> !name.matches("/[0-9]+") || path.toString().endsWith(".mp4"))
                    .findFirst()
                    .orElseThrow();
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length - 20] ^= 1;
            Files.write(file, bytes);
        }
    }

    private static int verify(Path path, Path kept, String key) {
        return new CommandLine(new VerifyCommand()).execute(path.toString(), "--roots", kept.toString(), "--key", key);
    }

    private static JsonNode segments(RunningService service, String id) {
        return service.get("/api/v1/streams/" + id + "/segments").body().path("items");
    }

    private static void record(RunningService service, String id, boolean wanted) {
        JsonNode now = service.get("/api/v1/streams/" + id).body();
        if (now.path("record").asBoolean() != wanted) {
            int version = now.path("version").asInt();
            assertThat(service.call("PATCH", "/api/v1/streams/" + id, Map.of("version", version, "record", wanted))
                            .status())
                    .isEqualTo(200);
        }
    }

    private static byte[] read(RunningService service, String path) throws IOException, InterruptedException {
        String pair = Base64.getEncoder()
                .encodeToString(("admin:" + RunningService.ADMIN_PASSWORD).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create(service.url() + path))
                .header("Authorization", "Basic " + pair)
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            return answer.body();
        }
    }
}
