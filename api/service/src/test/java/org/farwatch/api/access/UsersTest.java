package org.farwatch.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.farwatch.api.RunningService;
import org.farwatch.api.RunningService.Answer;
import org.farwatch.api.access.People.Person;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code /users}: what an administrator may do to others, and never to himself. */
class UsersTest {
    private static final String PATH = "/api/v1/users";
    private static final String FIRST_PASSWORD = "told-by-telephone";

    private final RunningService service = RunningService.shared();
    private final People people = new People(service);

    @Test
    void aNewUserIsListedLogsInAndIsInTheAuditLogWithoutHisPassword() {
        String squad = people.squad();
        String officer = people.officer(squad);
        String username = People.unique("leader");

        Answer created = create(
                username, Map.of("roles", List.of("squad-leader"), "squadIds", List.of(squad), "officerId", officer));

        assertThat(created.status()).isEqualTo(201);
        JsonNode user = created.body();
        assertThat(user.path("roles").get(0).asString()).isEqualTo("squad-leader");
        assertThat(user.path("squadIds").get(0).asString()).isEqualTo(squad);
        assertThat(user.path("officerId").asString()).isEqualTo(officer);
        assertThat(user.path("mustChangePassword").booleanValue()).isTrue();
        assertThat(user.path("lockedUntil").isNull()).isTrue();
        assertThat(find(username).path("id")).isEqualTo(user.path("id"));
        assertThat(user.toString()).doesNotContain("argon2", FIRST_PASSWORD);
        String logged = people.jdbc()
                .sql("select after::text from audit_log where subject = 'user' and subject_id = :id")
                .param("id", user.path("id").asString())
                .query(String.class)
                .single();
        assertThat(logged).contains(username).doesNotContain("argon2", FIRST_PASSWORD);
        try (ConsoleSession session = new ConsoleSession(service)) {
            assertThat(session.login(username, FIRST_PASSWORD).status()).isEqualTo(200);
        }
    }

    @Test
    void aUserIsRefusedWithTheFieldThatIsWrong() {
        Person taken = people.with(Role.OPERATOR);
        String squad = people.squad();
        String officer = people.officer(squad);
        people.link(taken, officer);
        String name = People.unique("new");

        assertThat(field(create("Big Name", Map.of()))).isEqualTo("username");
        assertThat(field(create(taken.username(), Map.of()))).isEqualTo("username");
        assertThat(field(create(name, Map.of("displayName", " ")))).isEqualTo("displayName");
        assertThat(field(create(name, Map.of("password", "short")))).isEqualTo("password");
        assertThat(field(create(name, Map.of("password", "x".repeat(201))))).isEqualTo("password");
        assertThat(field(create("same-as-password-1", Map.of("password", "Same-as-Password-1"))))
                .isEqualTo("password");
        assertThat(field(create(name, Map.of("roles", List.of())))).isEqualTo("roles");
        assertThat(field(create(name, Map.of("roles", List.of("emperor"))))).isEqualTo("roles[0]");
        assertThat(field(create(name, Map.of("squadIds", List.of("999999999")))))
                .isEqualTo("squadIds");
        assertThat(field(create(name, Map.of("roles", List.of("squad-leader")))))
                .isEqualTo("squadIds");
        assertThat(field(create(name, Map.of("officerId", "999999999")))).isEqualTo("officerId");
        assertThat(field(create(name, Map.of("officerId", officer)))).isEqualTo("officerId");
        assertThat(field(create(name, Map.of("administrator", true)))).isEqualTo("administrator");
        assertThat(people.jdbc()
                        .sql("select count(*) from app_user where username = :name")
                        .param("name", name)
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void aChangeOfAnOldVersionIsRefusedNamingWhoWasFirst() {
        Person person = people.with(Role.OPERATOR);
        assertThat(change(person, Map.of("displayName", "first")).status()).isEqualTo(200);

        Answer second = change(person, Map.of("displayName", "second"));

        assertThat(second.status()).isEqualTo(409);
        assertThat(second.body().path("changedBy").asString()).isEqualTo("admin");
        assertThat(second.body().path("changedAt").isString()).isTrue();
        assertThat(second.body().path("version").intValue()).isEqualTo(2);
    }

    @Test
    void whatAChangeDoesNotNameStaysAndAnEmptyOfficerUnlinks() {
        String squad = people.squad();
        Person person = people.with(Set.of(Role.SQUAD_LEADER), Set.of(squad));
        people.link(person, people.officer(squad));

        Answer named = change(person, Map.of("displayName", "改名"));
        Map<String, Object> unlink = new HashMap<>(Map.of("version", 2, "officerId", ""));
        Answer unlinked = service.call("PATCH", PATH + "/" + person.id(), unlink);

        assertThat(named.body().path("squadIds").get(0).asString()).isEqualTo(squad);
        assertThat(named.body().path("officerId").isString()).isTrue();
        assertThat(unlinked.body().path("officerId").isNull()).isTrue();
        assertThat(unlinked.body().path("displayName").asString()).isEqualTo("改名");
    }

    @Test
    void nobodyChangesHisOwnRights() {
        Person administrator = people.with(Role.ADMINISTRATOR);

        for (Map<String, Object> change : List.<Map<String, Object>>of(
                Map.of("roles", List.of("administrator", "operator")),
                Map.of("squadIds", List.of(people.squad())),
                Map.of("disabled", true))) {
            Map<String, Object> body = new HashMap<>(change);
            body.put("version", 1);
            assertThat(people.call(administrator, "PATCH", PATH + "/" + administrator.id(), body)
                            .status())
                    .isEqualTo(403);
        }
        assertThat(people.call(
                                administrator,
                                "POST",
                                PATH + "/" + administrator.id() + "/password",
                                Map.of("password", FIRST_PASSWORD))
                        .status())
                .isEqualTo(403);
        assertThat(people.call(
                                administrator,
                                "PATCH",
                                PATH + "/" + administrator.id(),
                                Map.of("version", 1, "displayName", "我"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anAdministratorOfSomeSquadsAdministersNoUsers() {
        Person person = people.with(Set.of(Role.ADMINISTRATOR), Set.of(people.squad()));
        Person other = people.with(Role.OPERATOR);

        assertThat(people.get(person, PATH).status()).isEqualTo(403);
        assertThat(people.call(person, "POST", PATH, wanted(People.unique("new"), Map.of()))
                        .status())
                .isEqualTo(403);
        assertThat(people.call(
                                person,
                                "POST",
                                PATH + "/" + other.id() + "/password",
                                Map.of("password", FIRST_PASSWORD))
                        .status())
                .isEqualTo(403);
        assertThat(people.call(person, "POST", PATH + "/" + other.id() + "/unlock", null)
                        .status())
                .isEqualTo(403);
        assertThat(people.call(person, "PATCH", PATH + "/" + other.id(), Map.of("version", 1, "disabled", true))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aDisabledUserIsAStrangerByPasswordAndByToken() {
        Person person = people.with(Role.OPERATOR);
        String token = people.token(person);
        assertThat(people.get(person, "/api/v1/squads").status()).isEqualTo(200);

        change(person, Map.of("disabled", true));

        assertThat(people.get(person, "/api/v1/squads").status()).isEqualTo(401);
        assertThat(TokensTest.withToken(service, token, "GET", "/api/v1/squads").statusCode())
                .isEqualTo(401);
    }

    private static Map<String, Object> wanted(String username, Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(Map.of(
                "username", username, "displayName", "新人", "password", FIRST_PASSWORD, "roles", List.of("operator")));
        body.putAll(more);
        return body;
    }

    private Answer create(String username, Map<String, Object> more) {
        return service.call("POST", PATH, wanted(username, more));
    }

    private Answer change(Person person, Map<String, Object> change) {
        Map<String, Object> body = new HashMap<>(change);
        body.put("version", 1);
        return service.call("PATCH", PATH + "/" + person.id(), body);
    }

    private static String field(Answer answer) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(400);
        assertThat(answer.body().toString()).doesNotContain("org.farwatch", "java.");
        return answer.body().path("errors").get(0).path("field").asString();
    }

    /** Walks the pages until the name is there. */
    private JsonNode find(String username) {
        String path = PATH + "?limit=3";
        for (String next = ""; next != null; ) {
            JsonNode page = service.get(path + next).body();
            for (JsonNode user : page.path("items")) {
                if (user.path("username").asString().equals(username)) {
                    return user;
                }
            }
            next = page.path("next").isNull()
                    ? null
                    : "&cursor=" + page.path("next").asString();
        }
        throw new AssertionError("no user " + username + " in the list");
    }
}
