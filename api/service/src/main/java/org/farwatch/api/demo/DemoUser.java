package org.farwatch.api.demo;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
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
        HttpRequest request = HttpRequest.newBuilder(service.resolve("/api/v1" + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, body)
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException(
                        method + " " + path + " was answered " + answer.statusCode() + ": " + answer.body());
            }
            return json.readTree(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new InterruptedIOException());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
