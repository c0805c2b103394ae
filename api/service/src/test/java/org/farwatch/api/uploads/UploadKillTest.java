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
import java.util.Base64;
import java.util.Map;
import org.farwatch.api.database.Child;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service is killed with {@code kill -9} in the middle of a PATCH; the upload goes on where the bytes ended. */
class UploadKillTest {
    private static final String BASIC = "Basic "
            + Base64.getEncoder().encodeToString(("admin:" + Child.ADMIN_PASSWORD).getBytes(StandardCharsets.UTF_8));
    private static final int LENGTH = 5_000_000;
    private static final int CAME = 3_000_000;

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
                child.kill();
            }
        } finally {
            child.close();
        }
        try (Child again = Child.start(home, Map.of(), "serve").awaitReady()) {
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
