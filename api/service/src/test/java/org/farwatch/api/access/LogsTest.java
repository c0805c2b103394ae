package org.farwatch.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.farwatch.api.RunningService;
import org.farwatch.api.RunningService.Answer;
import org.farwatch.api.access.People.Person;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code /audit} and {@code /view-log}: who did and who saw what, and that nobody can make it unsaid. */
class LogsTest {
    private static final String POLYGON =
            "{\"type\":\"Polygon\",\"coordinates\":[[[121.4,31.2],[121.5,31.2],[121.5,31.3],[121.4,31.2]]]}";

    private final RunningService service = RunningService.shared();
    private final People people = new People(service);
    private final Person auditor = people.with(Role.SECURITY_AUDITOR);

    @Test
    void everyChangeOfAUserIsThereInOrderOncePerPageWalk() {
        Person administrator = people.with(Role.ADMINISTRATOR);
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            String name = People.unique("logged");
            people.call(administrator, "POST", "/api/v1/squads", Map.of("name", name));
            made.addFirst(name);
        }

        List<String> found = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        String path = "/api/v1/audit?limit=3&user=" + administrator.username();
        for (JsonNode page = page(path); page != null; page = next(path, page)) {
            page.path("items").forEach(entry -> {
                assertThat(ids.add(entry.path("id").asString())).isTrue();
                assertThat(entry.path("user").asString()).isEqualTo(administrator.username());
                assertThat(entry.path("action").asString()).isEqualTo("create");
                assertThat(entry.path("subject").asString()).isEqualTo("squad");
                assertThat(entry.path("address").asString()).isEqualTo("127.0.0.1");
                found.add(entry.path("after").path("name").asString());
            });
        }

        assertThat(found).containsExactlyElementsOf(made);
    }

    @Test
    void theLogIsAskedByTime() {
        Person administrator = people.with(Role.ADMINISTRATOR);
        people.call(administrator, "POST", "/api/v1/squads", Map.of("name", People.unique("logged")));
        JsonNode entry = page("/api/v1/audit?user=" + administrator.username())
                .path("items")
                .get(0);
        Instant at = Instant.parse(entry.path("at").asString());
        String user = "&user=" + administrator.username();

        assertThat(page("/api/v1/audit?from=" + at + user).path("items")).hasSize(1);
        assertThat(page("/api/v1/audit?to=" + at + user).path("items")).isEmpty();
        assertThat(page("/api/v1/audit?from=" + at.plus(1, ChronoUnit.MICROS) + user)
                        .path("items"))
                .isEmpty();
        assertThat(people.get(auditor, "/api/v1/audit?from=" + at + "&to=" + at).status())
                .isEqualTo(400);
    }

    @Test
    void nobodyChangesOrRemovesWhatWasLogged() {
        for (String table : List.of("audit_log", "view_log")) {
            for (String attempt : List.of(
                    "update " + table + " set username = 'nobody'", "delete from " + table, "truncate " + table)) {
                assertThatThrownBy(() -> people.jdbc().sql(attempt).update())
                        .as(attempt)
                        .hasMessageContaining("only takes new rows");
            }
        }
    }

    @Test
    void whoLooksAtAnOfficersPresenceIsLoggedWithHisPurposeAndTheOfficerSeesIt() {
        String squad = people.squad();
        String officerId = people.officer(squad);
        Person officer = people.with(Set.of(Role.OFFICER), Set.of(squad));
        people.link(officer, officerId);
        Person colleague = people.with(Set.of(Role.OFFICER), Set.of(squad));
        people.link(colleague, people.officer(squad));
        Person inspector = people.with(Role.INSPECTOR);
        String duty = duty(squad, officerId);
        String path = "/api/v1/duties/" + duty + "/presence";

        assertThat(withPurpose(inspector, path, "核实投诉 2026-11").status()).isEqualTo(200);
        assertThat(people.get(inspector, path).status()).isEqualTo(200);
        try (ConsoleSession browser = new ConsoleSession(service).loggedIn(inspector)) {
            assertThat(browser.get(path).status()).isEqualTo(200);
        }

        JsonNode views = page("/api/v1/view-log?user=" + inspector.username()).path("items");
        assertThat(views)
                .extracting(view -> view.path("purpose").asString())
                .containsExactly("not-given", "api", "核实投诉 2026-11");
        assertThat(views).allSatisfy(view -> {
            assertThat(view.path("kind").asString()).isEqualTo("presence");
            assertThat(view.path("subjectId").asString()).isEqualTo(duty);
            assertThat(view.path("address").asString()).isEqualTo("127.0.0.1");
        });
        JsonNode mine = people.get(officer, "/api/v1/view-log/mine").body().path("items");
        assertThat(mine).hasSize(3).allSatisfy(view -> {
            assertThat(view.path("user").asString()).isEqualTo(inspector.username());
            assertThat(view.has("address")).isFalse();
        });
        assertThat(people.get(colleague, "/api/v1/view-log/mine").body().path("items"))
                .isEmpty();
    }

    @Test
    void aViewOfADeviceConcernsWhoeverHeldItInTheTimeSeen() {
        String squad = people.squad();
        Instant now = Instant.now();
        Person before = officer(squad);
        Person later = officer(squad);
        String device = device(squad);
        custody(device, before, now.minusSeconds(7200), now.minusSeconds(3600));
        custody(device, later, now.minusSeconds(3600), null);
        view(device, now.minusSeconds(7000), now.minusSeconds(6000));

        assertThat(people.get(before, "/api/v1/view-log/mine").body().path("items"))
                .hasSize(1);
        assertThat(people.get(later, "/api/v1/view-log/mine").body().path("items"))
                .isEmpty();

        view(device, now.minusSeconds(4000), now.plusSeconds(86_400));
        view(device, null, null);

        assertThat(people.get(before, "/api/v1/view-log/mine").body().path("items"))
                .hasSize(2);
        assertThat(people.get(later, "/api/v1/view-log/mine").body().path("items"))
                .hasSize(2);
    }

    @Test
    void aLegalReviewerOfSomeSquadsSeesTheirViewsOnly() {
        String own = people.squad();
        String other = people.squad();
        String ownDevice = device(own);
        String otherDevice = device(other);
        String ownDuty = duty(own, people.officer(own));
        String otherDuty = duty(other, people.officer(other));
        Person inspector = people.with(Role.INSPECTOR);
        for (String duty : List.of(ownDuty, otherDuty)) {
            people.get(inspector, "/api/v1/duties/" + duty + "/presence");
        }
        view(ownDevice, null, null);
        view(otherDevice, null, null);

        Person reviewer = people.with(Set.of(Role.LEGAL_REVIEWER), Set.of(own));
        JsonNode views = people.get(reviewer, "/api/v1/view-log").body().path("items");

        assertThat(views)
                .extracting(view -> view.path("subjectId").asString())
                .containsExactlyInAnyOrder(ownDevice, ownDuty);
    }

    @Test
    void aPurposeThatCannotBeKeptIsRefusedAndNothingIsGivenOut() {
        String squad = people.squad();
        String path = "/api/v1/duties/" + duty(squad, people.officer(squad)) + "/presence";
        Person inspector = people.with(Role.INSPECTOR);

        for (String purpose : List.of("x".repeat(201), "with\0nul", "two\nlines")) {
            Answer answer = withPurpose(inspector, path, purpose);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body().path("errors").get(0).path("field").asString())
                    .isEqualTo("X-Purpose");
        }
        assertThat(page("/api/v1/view-log?user=" + inspector.username()).path("items"))
                .isEmpty();
    }

    private JsonNode page(String path) {
        Answer answer = people.get(auditor, path);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer.body();
    }

    private JsonNode next(String path, JsonNode page) {
        return page.path("next").isNull()
                ? null
                : page(path + "&cursor=" + page.path("next").asString());
    }

    private Answer withPurpose(Person person, String path, String purpose) {
        try (ConsoleSession program = new ConsoleSession(service)) {
            String pair = person.username() + ":" + People.PASSWORD;
            return program.send(
                    "GET",
                    path,
                    null,
                    Map.of(
                            "Authorization",
                            "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)),
                            "X-Purpose",
                            URLEncoder.encode(purpose, StandardCharsets.UTF_8)));
        }
    }

    private Person officer(String squad) {
        Person person = people.with(Set.of(Role.OFFICER), Set.of(squad));
        people.link(person, people.officer(squad));
        return person;
    }

    private String duty(String squad, String officer) {
        return people.jdbc()
                .sql("""
                        with p as (
                            insert into post (name, squad_id, geometry) values ('岗', :squad, :geometry::jsonb)
                            returning id)
                        insert into duty (officer_id, post_id, starts, ends)
                        select :officer, p.id, now() - interval '3 hours', now() - interval '2 hours' from p
                        returning id::text""")
                .param("squad", Long.valueOf(squad))
                .param("officer", Long.valueOf(officer))
                .param("geometry", POLYGON)
                .query(String.class)
                .single();
    }

    private String device(String squad) {
        String id = People.unique("device");
        people.jdbc()
                .sql("""
                        insert into device (id, name, kind, protocol, protocol_id, squad_id)
                        values (:id, :id, 'handset', 'mqtt', :id, :squad)""")
                .param("id", id)
                .param("squad", Long.valueOf(squad))
                .update();
        return id;
    }

    private void custody(String device, Person holder, Instant from, Instant to) {
        people.jdbc()
                .sql("""
                        insert into custody (device_no, officer_id, held)
                        select d.no, u.officer_id, tstzrange(:from::timestamptz, :to::timestamptz)
                        from device d, app_user u where d.id = :device and u.id = :user""")
                .param("from", from.toString())
                .param("to", to == null ? null : to.toString())
                .param("device", device)
                .param("user", holder.number())
                .update();
    }

    private void view(String device, Instant from, Instant to) {
        Caller viewer = new Caller(1, "somebody", "somebody", Set.of(Role.INSPECTOR), 0, Set.of(), false, 1, null);
        service.bean(ViewLog.class).record(viewer, "track", device, device, from, to);
    }
}
