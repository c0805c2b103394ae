package org.farwatch.api.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.stream.Collectors;
import org.farwatch.api.RunningService;
import org.farwatch.api.RunningService.Answer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A browser as the service sees it: cookies, and the CSRF token that it was told. */
public final class ConsoleSession implements AutoCloseable {
    private static final String SESSION = "/api/v1/session";

    private final RunningService service;
    private final JsonMapper json = JsonMapper.builder().build();
    private final CookieManager cookies = new CookieManager();
    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(cookies).build();
    private String header;
    private String token;

    public ConsoleSession(RunningService service) {
        this.service = service;
        take(send("GET", SESSION, null, Map.of()));
    }

    public Answer login(String username, String password) {
        return take(call("POST", SESSION, Map.of("username", username, "password", password)));
    }

    public ConsoleSession loggedIn(People.Person person) {
        Answer answer = login(person.username(), People.PASSWORD);
        if (answer.status() != 200) {
            throw new IllegalStateException("login failed with " + answer.status() + " " + answer.body());
        }
        return this;
    }

    public Answer get(String path) {
        return send("GET", path, null, Map.of());
    }

    /** With the CSRF token. */
    public Answer call(String method, String path, Object body) {
        return send(method, path, body, Map.of(header, token));
    }

    public Answer send(String method, String path, Object body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(service.url() + path))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body)));
        headers.forEach(request::header);
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            boolean isJson =
                    response.headers().firstValue("Content-Type").orElse("").contains("json");
            JsonNode read = isJson ? json.readTree(response.body()) : json.nullNode();
            return new Answer(response.statusCode(), read, response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** All cookies as one header, for what does not go through this client. */
    public String cookieHeader() {
        return cookies.getCookieStore().getCookies().stream()
                .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
    }

    String csrfHeader() {
        return header;
    }

    String csrfToken() {
        return token;
    }

    private Answer take(Answer answer) {
        if (answer.body().has("csrf")) {
            header = answer.body().path("csrf").path("header").asString();
            token = answer.body().path("csrf").path("token").asString();
        }
        return answer;
    }

    @Override
    public void close() {
        http.close();
    }
}
