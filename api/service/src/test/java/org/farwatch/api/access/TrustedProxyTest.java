package org.farwatch.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.farwatch.api.RunningService;
import org.farwatch.api.access.People.Person;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Behind a TLS proxy at 127.0.0.1, beside it a machine that nobody named (127.0.0.9). */
class TrustedProxyTest {
    private static RunningService service;
    private static final String PROXY = "127.0.0.1";
    private static final String STRANGER = "127.0.0.9";
    private static final Map<String, String> BY_HTTPS = Map.of("X-Forwarded-Proto", "https");

    private final People people = new People(service);
    private final Person person = people.with(Role.OPERATOR);

    @BeforeAll
    static void start() {
        service = RunningService.start(Map.of(
                "farwatch.http.trusted-proxies", "127.0.0.1,10.9.0.0/16", "farwatch.access.attempts-per-minute", 3));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void theLogsHaveTheAddressThatTheProxyForwardsAndNotWhatTheClientWroteBeforeIt() throws Exception {
        String token = people.token(person);
        look(PROXY, token, "192.0.2.66, 198.51.100.4, 10.9.3.3");
        look(STRANGER, token, "192.0.2.77");

        assertThat(people.jdbc()
                        .sql("select address from view_log where username = :name order by id")
                        .param("name", person.username())
                        .query(String.class)
                        .list())
                .containsExactly("198.51.100.4", STRANGER);
    }

    @Test
    void wrongPasswordsOfOneClientMakeNoOtherWait() {
        int last = 0;
        try (ConsoleSession session = new ConsoleSession(service)) {
            for (int i = 0; i <= 3; i++) {
                last = login(session, People.unique("nobody"), "wrong-password-1", "198.51.100.10");
            }
            assertThat(last).isEqualTo(429);
            assertThat(login(session, person.username(), People.PASSWORD, "198.51.100.11"))
                    .isEqualTo(200);
        }
        assertThat(people.jdbc()
                        .sql("select address from audit_log where username = :name and action = 'login'")
                        .param("name", person.username())
                        .query(String.class)
                        .single())
                .isEqualTo("198.51.100.11");
    }

    @Test
    void theCookiesAreSecureWhenTheProxysClientCameByHttpsAndOnlyThen() throws Exception {
        assertThat(cookies(PROXY, BY_HTTPS))
                .isNotEmpty()
                .allSatisfy(cookie -> assertThat(cookie).containsIgnoringCase("; Secure"));
        assertThat(cookies(PROXY, Map.of()))
                .isNotEmpty()
                .allSatisfy(cookie -> assertThat(cookie).doesNotContainIgnoringCase("; Secure"));
        assertThat(cookies(STRANGER, BY_HTTPS))
                .isNotEmpty()
                .allSatisfy(cookie -> assertThat(cookie).doesNotContainIgnoringCase("; Secure"));
    }

    @Test
    void answersByHttpsKeepTheBrowserThereAndOthersDoNot() throws Exception {
        assertThat(get(PROXY, "/api/v1/session", BY_HTTPS).headers().firstValue("Strict-Transport-Security"))
                .hasValue("max-age=31536000 ; includeSubDomains");
        assertThat(get(PROXY, "/api/v1/session", Map.of()).headers().firstValue("Strict-Transport-Security"))
                .isEmpty();
    }

    @Test
    void aPageThatCameByHttpsGetsNoLiveConnectionFromAProxyThatDoesNotSaySo() {
        try (ConsoleSession session = new ConsoleSession(service).loggedIn(person)) {
            Map<String, String> headers = Map.of(
                    "Cookie", session.cookieHeader(), "Origin", service.url().replaceFirst("^http", "https"));
            assertThatThrownBy(() -> LivePeer.open(service, headers))
                    .hasCauseInstanceOf(WebSocketHandshakeException.class);
        }
    }

    @Test
    void aPageThatCameByHttpsGetsItsLiveConnectionAndTheLogItsAddress() {
        try (ConsoleSession session = new ConsoleSession(service).loggedIn(person);
                LivePeer peer = LivePeer.open(
                        service,
                        Map.of(
                                "Cookie", session.cookieHeader(),
                                "Origin", "https://127.0.0.1:8443",
                                "X-Forwarded-Proto", "https",
                                "X-Forwarded-Port", "8443",
                                "X-Forwarded-For", "198.51.100.20"))) {
            peer.send(Map.of("subscribe", List.of("positions")));
            peer.awaitMessage(message -> message.path("topic").asString().equals("positions"));
        }
        assertThat(people.jdbc()
                        .sql("select address from view_log where username = :name")
                        .param("name", person.username())
                        .query(String.class)
                        .single())
                .isEqualTo("198.51.100.20");
    }

    private static void look(String from, String token, String forwardedFor) throws Exception {
        HttpResponse<String> answer = get(
                from,
                "/api/v1/positions/latest",
                Map.of("Authorization", "Bearer " + token, "X-Forwarded-For", forwardedFor));
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    private static int login(ConsoleSession session, String username, String password, String forwardedFor) {
        return session.send(
                        "POST",
                        "/api/v1/session",
                        Map.of("username", username, "password", password),
                        Map.of(session.csrfHeader(), session.csrfToken(), "X-Forwarded-For", forwardedFor))
                .status();
    }

    /** As the service sets them at a login. */
    private List<String> cookies(String from, Map<String, String> headers) throws Exception {
        HttpResponse<String> before = get(from, "/api/v1/session", headers);
        String token = before.headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith("farwatch-csrf="))
                .map(cookie -> cookie.substring("farwatch-csrf=".length()).split(";", 2)[0])
                .findFirst()
                .orElseThrow();
        try (HttpClient http = from(from)) {
            Map<String, String> all = new HashMap<>(headers);
            all.put("Content-Type", "application/json");
            all.put("Cookie", "farwatch-csrf=" + token);
            all.put("X-XSRF-TOKEN", token);
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(service.url() + "/api/v1/session"))
                    .POST(HttpRequest.BodyPublishers.ofString("{\"username\": \"" + person.username()
                            + "\", \"password\": \"" + People.PASSWORD + "\"}"));
            all.forEach(request::header);
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            List<String> cookies = answer.headers().allValues("Set-Cookie");
            assertThat(cookies).anyMatch(cookie -> cookie.startsWith("farwatch="));
            return cookies;
        }
    }

    private static HttpResponse<String> get(String from, String path, Map<String, String> headers) throws Exception {
        try (HttpClient http = from(from)) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(service.url() + path));
            headers.forEach(request::header);
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static HttpClient from(String address) {
        return HttpClient.newBuilder()
                .localAddress(InetAddress.ofLiteral(address))
                .build();
    }
}
