package org.farwatch.api.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody of the demonstration, who calls the service over HTTP as a program of his would. */
final class DemoUser {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http;
    private final JsonMapper json;
    private final URI service;
    private final String token;

    /** @param token bearer token */
    DemoUser(HttpClient http, JsonMapper json, URI service, String token) {
        this.http = http;
        this.json = json;
        this.service = service;
        this.token = token;
    }

    JsonNode get(String path) {
        return send("GET", path, HttpRequest.BodyPublishers.noBody());
    }

    List<JsonNode> list(String path) {
        List<JsonNode> items = new ArrayList<>();
        get(path).path("items").forEach(items::add);
        return items;
    }

    JsonNode post(String path, Map<String, ?> body) {
        return send("POST", path, HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body)));
    }

    JsonNode put(String path, Map<String, ?> body) {
        return send("PUT", path, HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body)));
    }

    JsonNode patch(String path, Map<String, ?> body) {
        return send("PATCH", path, HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body)));
    }

    /** Brings a recording by tus, in one piece. */
    void upload(String name, byte[] file) {
        String metadata = "filename " + Base64.getEncoder().encodeToString(name.getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> made = answer(
                request("/uploads")
                        .header("Upload-Length", Integer.toString(file.length))
                        .header("Upload-Metadata", metadata)
                        .POST(HttpRequest.BodyPublishers.noBody()),
                "POST /uploads");
        String location = made.headers().firstValue("Location").orElseThrow();
        HttpResponse<String> _ = answer(
                request("/uploads/" + location.substring(location.lastIndexOf('/') + 1))
                        .header("Content-Type", "application/offset+octet-stream")
                        .header("Upload-Offset", "0")
                        .method("PATCH", HttpRequest.BodyPublishers.ofByteArray(file)),
                "PATCH /uploads");
    }

    /** @param wav what loudspeakers are to say */
    void announce(String name, byte[] wav) {
        String edge = "demo-" + Integer.toHexString(name.hashCode());
        ByteArrayOutputStream form = new ByteArrayOutputStream(wav.length + 512);
        form.writeBytes(("--" + edge + "\r\nContent-Disposition: form-data; name=\"name\"\r\n"
                        + "Content-Type: text/plain; charset=UTF-8\r\n\r\n" + name + "\r\n--" + edge
                        + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"chime.wav\"\r\n"
                        + "Content-Type: audio/wav\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        form.writeBytes(wav);
        form.writeBytes(("\r\n--" + edge + "--\r\n").getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> _ = answer(
                request("/announcements")
                        .header("Content-Type", "multipart/form-data; boundary=" + edge)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(form.toByteArray())),
                "POST /announcements");
    }

    /** The first of a list whose field has that value. */
    JsonNode first(String path, String field, String value) {
        return list(path).stream()
                .filter(item -> item.path(field).asString().equals(value))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(path + " has none of " + field + " " + value));
    }

    /** @return id */
    String squad(String name) {
        return first("/squads", "name", name).path("id").asString();
    }

    /** An action on a record that was seen in this state. */
    JsonNode act(String path, JsonNode seen, String action, Map<String, ?> said) {
        Map<String, Object> body = new HashMap<>(said);
        body.put("version", seen.path("version").asInt());
        return post(path + "/" + seen.path("id").asString() + "/" + action, body);
    }

    private JsonNode send(String method, String path, HttpRequest.BodyPublisher body) {
        HttpRequest.Builder request =
                request(path).header("Content-Type", "application/json").method(method, body);
        return json.readTree(answer(request, method + " " + path).body());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(service.resolve("/api/v1" + path))
                .timeout(PATIENCE)
                .header("Tus-Resumable", "1.0.0")
                .header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> answer(HttpRequest.Builder request, String what) {
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException(what + " was answered " + answer.statusCode() + ": " + answer.body());
            }
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new InterruptedIOException());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
