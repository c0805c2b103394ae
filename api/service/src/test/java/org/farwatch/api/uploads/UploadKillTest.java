package org.farwatch.api.uploads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.farwatch.api.database.Child;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The service is killed with {@code kill -9} in the middle of a PATCH and while a camera reports; the upload goes on where
 * the bytes ended, and of the reports none is lost.
 */
class UploadKillTest {
    private static final String BASIC = "Basic "
            + Base64.getEncoder().encodeToString(("admin:" + Child.ADMIN_PASSWORD).getBytes(StandardCharsets.UTF_8));
    private static final int LENGTH = 5_000_000;
    private static final int CAME = 3_000_000;
    private static final int REPORTS = 300;
    private static final Pattern BROKER = Pattern.compile("MQTT +\\w+://(\\S+)");
    private static final Pattern SECRET = Pattern.compile("\"secret\":\"([^\"]+)\"");
    private static final Pattern SPACE = Pattern.compile("\"storageFree\":(\\d+)");

    @TempDir
    Path home;

    private final HttpClient http = HttpClient.newHttpClient();

    private HttpResponse<String> send(Child child, String path, String method, byte[] body, Map<String, String> headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(child.url() + path))
                .header("Authorization", BASIC)
                .header("Tus-Resumable", "1.0.0")
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private String json(Child child, String path, String method, String body) throws Exception {
        HttpResponse<String> answer = send(
                child, path, method, body.getBytes(StandardCharsets.UTF_8), Map.of("Content-Type", "application/json"));
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        return answer.body();
    }

    /** Returns when the broker has all of them: many are not stored yet then. */
    private void report(Child child) throws Exception {
        json(
                child,
                "/api/v1/devices",
                "POST",
                "{\"name\":\"r\",\"kind\":\"body-camera\",\"protocol\":\"mqtt\",\"protocolId\":\"r1\"}");
        Matcher secret = SECRET.matcher(json(child, "/api/v1/devices/mqtt-r1/secret", "POST", ""));
        Matcher broker = BROKER.matcher(child.words());
        assertThat(secret.find() && broker.find()).as(child.words()).isTrue();
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setUserName("r1");
        options.setPassword(secret.group(1).getBytes(StandardCharsets.UTF_8));
        MqttAsyncClient client = new MqttAsyncClient("tcp://" + broker.group(1), "r1", new MemoryPersistence());
        client.connect(options).waitForCompletion(5_000);
        List<IMqttToken> sent = new ArrayList<>();
        for (int i = 0; i < REPORTS; i++) {
            byte[] status = ("{\"storageFree\":" + i + "}").getBytes(StandardCharsets.UTF_8);
            sent.add(client.publish("farwatch/r1/status", status, 1, false));
        }
        sent.add(client.publish(
                "farwatch/r1/recording", "{\"event\":\"started\"}".getBytes(StandardCharsets.UTF_8), 1, false));
        for (IMqttToken token : sent) {
            token.waitForCompletion(10_000);
        }
        child.kill();
        client.disconnectForcibly(0, 0, false);
        client.close(true);
    }

    private Set<String> reported(Child child) throws Exception {
        Instant now = Instant.now();
        Set<String> values = new HashSet<>();
        SPACE.matcher(json(
                        child,
                        "/api/v1/body-cameras/mqtt-r1/readings?limit=10000&from=" + now.minusSeconds(600) + "&to="
                                + now.plusSeconds(60),
                        "GET",
                        ""))
                .results()
                .forEach(found -> values.add(found.group(1)));
        return values;
    }

    @Test
    void whatCameBeforeTheKillIsThereAfterIt() throws Exception {
        byte[] bytes = new byte[LENGTH];
        new java.util.Random(1).nextBytes(bytes);
        String location;
        Child child = Child.start(home, Map.of(), "serve").awaitReady();
        try {
            location = send(
                            child,
                            "/api/v1/uploads",
                            "POST",
                            new byte[0],
                            Map.of("Upload-Length", Integer.toString(LENGTH), "Upload-Metadata", "filename YS5tcDQ="))
                    .headers()
                    .firstValue("Location")
                    .orElseThrow();
            Path file = home.resolve("uploads/files").resolve(location.substring(location.lastIndexOf('/') + 1));
            URI url = URI.create(child.url());
            try (Socket socket = new Socket(url.getHost(), url.getPort())) {
                socket.getOutputStream()
                        .write(("PATCH " + location
                                        + " HTTP/1.1\r\nHost: localhost\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n"
                                        + "Content-Type: application/offset+octet-stream\r\nAuthorization: " + BASIC
                                        + "\r\nContent-Length: " + LENGTH + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().write(bytes, 0, CAME);
                await().atMost(Duration.ofSeconds(30)).until(() -> Files.size(file) == CAME);
                report(child);
            }
        } finally {
            child.close();
        }
        try (Child again = Child.start(home, Map.of(), "serve").awaitReady()) {
            await().atMost(Duration.ofSeconds(60)).until(() -> reported(again).size() == REPORTS);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> json(again, "/api/v1/body-cameras/mqtt-r1", "GET", "")
                            .contains("\"now\":true"));
            assertThat(send(again, location, "HEAD", new byte[0], Map.of())
                            .headers()
                            .firstValueAsLong("Upload-Offset"))
                    .hasValue(CAME);
            HttpResponse<String> rest = send(
                    again,
                    location,
                    "PATCH",
                    java.util.Arrays.copyOfRange(bytes, CAME, LENGTH),
                    Map.of("Upload-Offset", Integer.toString(CAME), "Content-Type", "application/offset+octet-stream"));
            assertThat(rest.statusCode()).isEqualTo(204);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> send(again, location, "GET", new byte[0], Map.of())
                            .body()
                            .contains("\"refused\""));
            assertThat(Files.readAllBytes(
                            home.resolve("uploads/files").resolve(location.substring(location.lastIndexOf('/') + 1))))
                    .isEqualTo(bytes);
        }
    }
}
