package org.farwatch.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.farwatch.api.RunningService;
import org.farwatch.api.RunningService.Answer;
import org.farwatch.api.access.People.Person;
import org.junit.jupiter.api.Test;

/** The console's login: what a session may, and what ends it. */
class SessionTest {
    private static final String NEXT = "another-password-of-tests";

    private final RunningService service = RunningService.shared();
    private final People people = new People(service);

    @Test
    void aChangeByCookieNeedsTheCsrfTokenAndOneByBasicDoesNot() {
        Person person = people.with(Role.ADMINISTRATOR);
        try (ConsoleSession session = new ConsoleSession(service).loggedIn(person)) {
            Map<String, String> squad = Map.of("name", People.unique("csrf"));

            Answer without = session.send("POST", "/api/v1/squads", squad, Map.of());
            Answer wrong = session.send("POST", "/api/v1/squads", squad, Map.of(session.csrfHeader(), "wrong"));
            Answer with = session.call("POST", "/api/v1/squads", squad);
            Answer basic = people.call(person, "POST", "/api/v1/squads", Map.of("name", People.unique("csrf")));

            assertThat(without.status()).isEqualTo(403);
            assertThat(without.body().path("code").asString()).isEqualTo("csrf");
            assertThat(wrong.status()).isEqualTo(403);
            assertThat(with.status()).isEqualTo(201);
            assertThat(basic.status()).isEqualTo(201);
        }
    }

    @Test
    void aPasswordThatABrowserKeepsIsNoUseToThePagesOfOtherSites() {
        Person person = people.with(Role.ADMINISTRATOR);
        String pair = person.username() + ":" + People.PASSWORD;
        try (ConsoleSession anybody = new ConsoleSession(service)) {
            Answer answer = anybody.send(
                    "POST",
                    "/api/v1/squads",
                    Map.of("name", People.unique("csrf")),
                    Map.of(
                            "Authorization",
                            "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)),
                            "Sec-Fetch-Site",
                            "cross-site"));

            assertThat(answer.status()).isEqualTo(401);
        }
    }

    @Test
    void aLoginFromAnotherSitesPageIsRefusedForWantOfTheToken() {
        Person person = people.with(Role.OPERATOR);
        try (ConsoleSession session = new ConsoleSession(service)) {
            Answer answer = session.send(
                    "POST",
                    "/api/v1/session",
                    Map.of("username", person.username(), "password", People.PASSWORD),
                    Map.of());

            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.body().path("code").asString()).isEqualTo("csrf");
        }
    }

    @Test
    void loggingInGivesANewSessionAndLoggingOutEndsIt() {
        Person person = people.with(Set.of(Role.SQUAD_LEADER), Set.of(people.squad()));
        try (ConsoleSession session = new ConsoleSession(service)) {
            assertThat(session.get("/api/v1/session").body().path("user").isNull())
                    .isTrue();
            session.loggedIn(person);
            String first = session.cookieHeader();
            session.loggedIn(person);

            assertThat(session.cookieHeader()).isNotEqualTo(first);
            assertThat(withCookies(first, "/api/v1/squads").status()).isEqualTo(401);
            Answer user = session.get("/api/v1/session");
            assertThat(user.body().path("user").path("username").asString()).isEqualTo(person.username());
            assertThat(user.body().path("user").path("roles").get(0).asString()).isEqualTo("squad-leader");
            assertThat(user.body().path("user").path("squadIds")).hasSize(1);

            assertThat(session.call("DELETE", "/api/v1/session", null).status()).isEqualTo(200);
            assertThat(session.get("/api/v1/squads").status()).isEqualTo(401);
            assertThat(session.get("/api/v1/session").body().path("user").isNull())
                    .isTrue();
        }
    }

    @Test
    void theNextRequestAfterTheUserWasDisabledIsRefused() {
        endsWith(Map.of("disabled", true));
    }

    @Test
    void theNextRequestAfterHisRolesChangedIsRefused() {
        endsWith(Map.of("roles", List.of("operator", "inspector")));
    }

    @Test
    void theNextRequestAfterHisSquadsChangedIsRefused() {
        endsWith(Map.of("squadIds", List.of(people.squad())));
    }

    @Test
    void aNewDisplayNameEndsNothingAndIsShown() {
        Person person = people.with(Role.OPERATOR);
        try (ConsoleSession session = new ConsoleSession(service).loggedIn(person)) {
            change(person, Map.of("displayName", "新名字"));

            assertThat(session.get("/api/v1/session")
                            .body()
                            .path("user")
                            .path("displayName")
                            .asString())
                    .isEqualTo("新名字");
        }
    }

    @Test
    void theNextRequestAfterTheUserIsGoneIsRefused() {
        Person person = people.with(Role.OPERATOR);
        try (ConsoleSession session = new ConsoleSession(service).loggedIn(person)) {
            people.jdbc()
                    .sql("delete from app_user where id = :id")
                    .param("id", person.number())
                    .update();
            // What this process did not do itself is noticed a few seconds late at most.
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() ->
                            assertThat(session.get("/api/v1/squads").status()).isEqualTo(401));
        }
    }

    @Test
    void whoGotAPasswordFromAnotherMustChangeItBeforeAllElse() {
        Person person = people.with(Role.OPERATOR);
        try (ConsoleSession before = new ConsoleSession(service).loggedIn(person);
                ConsoleSession session = new ConsoleSession(service)) {
            assertThat(before.get("/api/v1/squads").status()).isEqualTo(200);
            assertThat(service.call(
                                    "POST",
                                    "/api/v1/users/" + person.id() + "/password",
                                    Map.of("password", "told-by-telephone"))
                            .status())
                    .isEqualTo(204);
            assertThat(before.get("/api/v1/squads").status()).isEqualTo(401);

            Answer login = session.login(person.username(), "told-by-telephone");
            assertThat(login.status()).isEqualTo(200);
            assertThat(login.body().path("user").path("mustChangePassword").booleanValue())
                    .isTrue();
            for (String path : List.of("/api/v1/squads", "/api/v1/no-such", "/actuator/info", "/api/v1/openapi")) {
                Answer refused = session.get(path);
                assertThat(refused.status()).as(path).isEqualTo(403);
                assertThat(refused.body().path("code").asString()).isEqualTo("password-change-required");
            }
            assertThat(service.callAs(person.username(), "told-by-telephone", "GET", "/api/v1/squads", null)
                            .body()
                            .path("code")
                            .asString())
                    .isEqualTo("password-change-required");

            assertThat(password(session, "wrong-password-1", NEXT)
                            .body()
                            .path("errors")
                            .get(0)
                            .path("field")
                            .asString())
                    .isEqualTo("current");
            assertThat(password(session, "told-by-telephone", "told-by-telephone")
                            .status())
                    .isEqualTo(400);
            assertThat(password(session, "told-by-telephone", "short").status()).isEqualTo(400);
            assertThat(password(session, "told-by-telephone", NEXT).status()).isEqualTo(200);

            assertThat(session.get("/api/v1/squads").status()).isEqualTo(200);
            assertThat(service.callAs(person.username(), "told-by-telephone", "GET", "/api/v1/squads", null)
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void changingOnesPasswordEndsTheOtherSessionsOnly() {
        Person person = people.with(Role.OPERATOR);
        try (ConsoleSession here = new ConsoleSession(service).loggedIn(person);
                ConsoleSession elsewhere = new ConsoleSession(service).loggedIn(person)) {
            assertThat(elsewhere.get("/api/v1/squads").status()).isEqualTo(200);

            assertThat(password(here, People.PASSWORD, NEXT).status()).isEqualTo(200);

            assertThat(here.get("/api/v1/squads").status()).isEqualTo(200);
            assertThat(elsewhere.get("/api/v1/squads").status()).isEqualTo(401);
        }
    }

    private void endsWith(Map<String, Object> change) {
        Person person = people.with(Role.OPERATOR);
        try (ConsoleSession session = new ConsoleSession(service).loggedIn(person)) {
            assertThat(session.get("/api/v1/squads").status()).isEqualTo(200);

            change(person, change);

            Answer refused = session.get("/api/v1/squads");
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.body().path("title").asString()).isEqualTo("not logged in");
            assertThat(session.get("/api/v1/session").body().path("user").isNull())
                    .isTrue();
        }
    }

    private void change(Person person, Map<String, Object> change) {
        Map<String, Object> body = new HashMap<>(change);
        body.put("version", 1);
        Answer changed = service.call("PATCH", "/api/v1/users/" + person.id(), body);
        assertThat(changed.status()).as(changed.body().toString()).isEqualTo(200);
    }

    private Answer withCookies(String cookies, String path) {
        try (ConsoleSession other = new ConsoleSession(service)) {
            return other.send("GET", path, null, Map.of("Cookie", cookies));
        }
    }

    private static Answer password(ConsoleSession session, String current, String next) {
        return session.call("POST", "/api/v1/session/password", Map.of("current", current, "next", next));
    }
}
