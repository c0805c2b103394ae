package org.farwatch.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.farwatch.api.RunningService;
import org.farwatch.api.RunningService.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whatever is wrong with a request, the answer is a problem detail that names field, value and rule, and no class. */
class ProblemAdviceTest {
    private static final RunningService SERVICE = RunningService.shared();
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String ADMIN = "Basic "
            + Base64.getEncoder()
                    .encodeToString(("admin:" + RunningService.ADMIN_PASSWORD).getBytes(StandardCharsets.UTF_8));
    private static final Pattern CLASS =
            Pattern.compile("(org|java|jakarta|tools|com)\\.[a-z]+\\.|Exception|`[a-z]+`|Deserializ|NumberFormat");

    static Stream<Arguments> wrongBodies() {
        String duty = "\"postId\": \"1\", \"officerId\": \"1\", \"end\": \"2026-01-01T01:00:00Z\"";
        return Stream.of(
                Arguments.of("/devices", "{", "body", "not valid JSON"),
                Arguments.of("/devices", "", "body", "must be given"),
                Arguments.of("/devices", "[]", "body", "must be an object"),
                Arguments.of("/devices", "nonsense", "body", "not valid JSON"),
                Arguments.of("/devices", "{\"kind\": \"submarine\"}", "kind", "body-camera"),
                Arguments.of("/devices", "{\"datum\": \"MARS\"}", "datum", "GCJ02"),
                Arguments.of("/devices", "{\"nmae\": \"x\"}", "nmae", "known are"),
                Arguments.of("/devices", "{\"name\": {\"a\": 1}}", "name", "must be a text"),
                Arguments.of("/devices", "{\"name\": \"a\\u0000b\"}", "name", "U+0000"),
                Arguments.of("/devices", "{\"name\": \"a\\ud800b\"}", "name", "surrogate"),
                Arguments.of("/squads", "{\"name\": \"" + "x".repeat(101) + "\"}", "name", "100"),
                Arguments.of("/duties", "{\"start\": \"yesterday\", " + duty + "}", "start", "yesterday"),
                Arguments.of("/duties", "{\"start\": 12345, " + duty + "}", "start", "2026-01-31T08:00:00Z"),
                Arguments.of("/duties", "{\"start\": \"+999999999-01-01T00:00:00Z\", " + duty + "}", "start", "9999"),
                Arguments.of("/users", "{\"roles\": [\"emperor\"]}", "roles[0]", "emperor"),
                Arguments.of("/users", "{\"roles\": \"operator\"}", "roles", "must be a list"),
                Arguments.of("/alerts/1/confirm", "{\"version\": \"one\"}", "version", "whole number"),
                Arguments.of("/alerts/1/confirm", "{\"version\": 99999999999}", "version", "whole number"),
                Arguments.of("/alerts/1/confirm", "{}", "version", "must be given"),
                Arguments.of("/alerts/1/confirm", "{\"version\": null}", "version", "must be given"),
                Arguments.of("/devices", "{\"name\":".repeat(2000), "name", "must be a text"),
                Arguments.of("/posts", "{\"name\": \"x\", \"geometry\": " + "[".repeat(5000), "geometry", "nested"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("wrongBodies")
    void aBodyThatCannotBeReadIsRefusedNamingTheField(String path, String body, String field, String words) {
        Answer answer = SERVICE.call("POST", "/api/v1" + path, body);

        JsonNode error = problem(answer, 400).path("errors").get(0);
        assertThat(error.path("field").asString()).startsWith(field);
        assertThat(error.path("message").asString()).contains(words);
        assertThat(answer.body().path("detail").asString())
                .contains(error.path("message").asString());
    }

    static Stream<Arguments> wrongParameters() {
        return Stream.of(
                Arguments.of("/duties?from=abc", "from", "abc"),
                Arguments.of("/audit?from=2026-13-01T00:00:00Z", "from", "must be a time"),
                Arguments.of("/audit?to=%2B999999999-01-01T00:00:00Z", "to", "9999"),
                Arguments.of("/audit?from=1767225600000", "from", "must be a time"),
                Arguments.of("/alerts?limit=ten", "limit", "ten"),
                Arguments.of("/alerts?limit=0", "limit", "at least 1"),
                Arguments.of("/alerts?state=gone", "state", "confirmed"),
                Arguments.of("/positions/latest?bbox=a,b,c,d", "bbox", "numbers"),
                Arguments.of("/positions/latest?bbox=1,2", "bbox", "four"),
                Arguments.of("/devices?q=" + "x".repeat(101), "q", "100"),
                Arguments.of("/officers?squadId=x", "squadId", "x"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongParameters")
    void aParameterThatCannotBeReadIsRefusedNamingIt(String path, String field, String words) {
        JsonNode error =
                problem(SERVICE.get("/api/v1" + path), 400).path("errors").get(0);

        assertThat(error.path("field").asString()).isEqualTo(field);
        assertThat(error.path("message").asString()).contains(words);
    }

    @Test
    void aParameterThatIsMissingIsNamed() {
        JsonNode error = problem(SERVICE.call("DELETE", "/api/v1/posts/0", null), 400)
                .path("errors")
                .get(0);

        assertThat(error.path("field").asString()).isEqualTo("version");
        assertThat(error.path("message").asString()).isEqualTo("must be given");
    }

    @Test
    void aTimeWithAnOffsetIsTakenInBodiesAndParameters() {
        assertThat(SERVICE.get("/api/v1/audit?from=2026-01-01T08:00:00%2B08:00").status())
                .isEqualTo(200);
        Answer made = SERVICE.call(
                "POST",
                "/api/v1/tokens",
                Map.of(
                        "name",
                        "offset",
                        "expires",
                        Instant.now().plusSeconds(60).toString().replace("Z", "+00:00")));
        assertThat(made.status()).isEqualTo(201);
    }

    static Stream<String> foreignCursors() {
        return Stream.of(
                "x",
                "%25%25",
                "bm8",
                Cursor.of("2026-01-01T00:00:00Z"),
                Cursor.of("yesterday", 1),
                Cursor.of("2026-01-01T00:00:00Z", "one"),
                Cursor.of("2026-01-01T00:00:00Z", "1; drop table alert"),
                Cursor.of("+999999999-01-01T00:00:00Z", 1),
                Cursor.of("2026-01-01T00:00:00Z\0", 1),
                Cursor.of("2026-01-01T00:00:00Z", "99999999999999999999"));
    }

    @ParameterizedTest
    @MethodSource("foreignCursors")
    void aCursorThatTheListDidNotGiveIsRefused(String cursor) {
        for (String path : List.of("/alerts", "/audit", "/view-log")) {
            JsonNode error = problem(SERVICE.get("/api/v1" + path + "?cursor=" + cursor), 400);
            if (error.has("errors")) {
                assertThat(error.path("errors").get(0).path("field").asString()).isEqualTo("cursor");
            }
        }
    }

    @Test
    void aCursorOfOneTextMayBeAnyTextThatCanBeStored() {
        problem(SERVICE.get("/api/v1/devices?cursor=" + Cursor.of("a\0b")), 400);
        problem(SERVICE.get("/api/v1/users?cursor=" + Cursor.of("a", "b")), 400);
        assertThat(SERVICE.get("/api/v1/devices?cursor=" + Cursor.of("zzz'; drop table device"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void u0000InAnAddressOrParameterIsRefused() {
        problem(SERVICE.get("/api/v1/devices?q=a%00b"), 400);
        problem(SERVICE.get("/api/v1/devices/a%00b"), 400);
    }

    @Test
    void aBodyOfAnotherTypeIs415() throws Exception {
        problem(
                send("POST", "/api/v1/squads", BodyPublishers.ofString("name=x"), Map.of("Content-Type", "text/plain")),
                415);
        problem(
                send(
                        "POST",
                        "/api/v1/posts/import",
                        BodyPublishers.ofString("{}"),
                        Map.of("Content-Type", "application/json")),
                415);
    }

    @Test
    void aMethodThatThereIsNotIs405AndNamesThoseThereAre() {
        Answer answer = SERVICE.call("PUT", "/api/v1/squads", Map.of());

        problem(answer, 405);
        assertThat(answer.response().headers().firstValue("Allow"))
                .hasValueSatisfying(allow -> assertThat(allow).contains("GET", "POST"));
    }

    @Test
    void whatIsNotThereIs404AlsoForOneWhoWantsAnotherType() throws Exception {
        problem(SERVICE.get("/api/v1/devices/no-such"), 404);
        problem(SERVICE.get("/api/v1/devices/0/0/0"), 404);
        problem(SERVICE.get("/no-such.js"), 404);
        problem(send("GET", "/api/v1/devices/no-such", BodyPublishers.noBody(), Map.of("Accept", "text/csv")), 404);
    }

    @Test
    void aBodyThatIsTooLargeIs413WhetherItsLengthIsSaidOrNot() throws Exception {
        byte[] body = ("{\"name\": \"" + "x".repeat((int) BodyLimit.MAX) + "\"}").getBytes(StandardCharsets.UTF_8);
        Map<String, String> json = Map.of("Content-Type", "application/json");

        problem(send("POST", "/api/v1/squads", BodyPublishers.ofByteArray(body), json), 413);
        byte[] spaces = " ".repeat((int) BodyLimit.MAX + 1).getBytes(StandardCharsets.UTF_8);
        problem(
                send(
                        "POST",
                        "/api/v1/squads",
                        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(spaces)),
                        json),
                413);
    }

    @Test
    void aBodyOfJustTheLargestSizeIsRead() throws Exception {
        String rest = "{\"name\": \"\"}";
        String body = " ".repeat((int) BodyLimit.MAX - rest.length()) + rest;

        JsonNode problem = problem(
                send(
                        "POST",
                        "/api/v1/squads",
                        BodyPublishers.ofString(body),
                        Map.of("Content-Type", "application/json")),
                400);
        assertThat(problem.path("errors").get(0).path("field").asString()).isEqualTo("name");
    }

    @Test
    void everyAnswerTellsTheRequestsId() throws Exception {
        Answer fine = SERVICE.get("/api/v1/squads");
        Answer refused = SERVICE.callAs(null, null, "GET", "/api/v1/squads", null);

        assertThat(fine.response().headers().firstValue("X-Request-Id")).isPresent();
        assertThat(refused.response().headers().firstValue("X-Request-Id"))
                .hasValue(problem(refused, 401).path("requestId").asString());
    }

    @Test
    void whatTheContainerRefusesIsAProblemToo() throws Exception {
        try (Socket socket = new Socket(
                InetAddress.ofLiteral("127.0.0.1"), URI.create(SERVICE.url()).getPort())) {
            socket.getOutputStream()
                    .write("GET /api/v1/../v1/devices HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer.lines().findFirst().orElse("")).matches("HTTP/1.1 (400|401).*");
            assertThat(answer).contains("application/problem+json");
        }
        JsonNode error = problem(SERVICE.get("/error"), 404);
        assertThat(error.path("title").asString()).isEqualTo("Not Found");
    }

    private static Answer send(String method, String path, BodyPublisher body, Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(SERVICE.url() + path))
                .header("Authorization", ADMIN)
                .method(method, body);
        headers.forEach(request::header);
        HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), JSON.readTree(response.body()), response);
    }

    /** What every problem has, and none may say. */
    private static JsonNode problem(Answer answer, int status) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
        assertThat(answer.response().headers().firstValue("Content-Type").orElse(""))
                .startsWith("application/problem+json");
        JsonNode problem = answer.body();
        assertThat(problem.path("status").intValue()).isEqualTo(status);
        assertThat(problem.path("title").asString()).isNotBlank();
        assertThat(problem.path("detail").asString()).isNotBlank();
        assertThat(problem.path("requestId").asString()).isNotBlank();
        assertThat(answer.response().body()).doesNotContainPattern(CLASS);
        return problem;
    }
}
