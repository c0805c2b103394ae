package org.farwatch.api.demo;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.farwatch.api.access.AccessTokens;
import org.farwatch.api.access.UserStore;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/** The demonstration's people as callers, each with a token that outlasts what he does. */
final class DemoUsers {
    /** How long they act. */
    static final Duration TERM = Duration.ofHours(1);

    private static final String LOOPBACK = "127.0.0.1";
    private static final String EVERY_ADDRESS = "0.0.0.0";

    private final UserStore users;
    private final AccessTokens tokens;
    private final JsonMapper json;
    private final Clock clock;
    private final WebServerApplicationContext server;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, DemoUser> known = new ConcurrentHashMap<>();

    DemoUsers(UserStore users, AccessTokens tokens, JsonMapper json, Clock clock, WebServerApplicationContext server) {
        this.users = users;
        this.tokens = tokens;
        this.json = json;
        this.clock = clock;
        this.server = server;
    }

    DemoUser user(String username) {
        return known.computeIfAbsent(username, this::login);
    }

    private DemoUser login(String username) {
        long id = users.byUsername(username).orElseThrow().caller().userId();
        String token =
                tokens.make(id, "demo", clock.instant().plus(TERM).plus(TERM)).text();
        return new DemoUser(http, json, address(), token);
    }

    /** Where this machine itself reaches the service. */
    private URI address() {
        String bound = server.getEnvironment().getProperty("server.address", LOOPBACK);
        String host = bound.equals(EVERY_ADDRESS) ? LOOPBACK : bound;
        return URI.create("http://" + host + ":" + server.getWebServer().getPort());
    }
}
