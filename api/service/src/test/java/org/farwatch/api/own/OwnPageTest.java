package org.farwatch.api.own;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.farwatch.api.RunningService;
import org.farwatch.api.access.ConsoleSession;
import org.farwatch.api.access.People;
import org.farwatch.api.access.Role;
import org.farwatch.api.rollcall.Beat;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** An officer sees what is held about him and who looked at it, and nothing of anybody else. */
class OwnPageTest {
    private static final String ME = "/api/v1/me";

    private final Beat beat = new Beat(RunningService.shared());
    private final People people = beat.people();
    private final Beat.OnBeat officer = beat.officer();
    private final Beat.OnBeat other = beat.officer();
    private final People.Person self = people.with(Role.OFFICER);
    private final People.Person inspector = people.with(Role.INSPECTOR);

    OwnPageTest() {
        people.link(self, officer.officerId());
    }

    @Test
    void hisDutiesArePresentAndComingOnesOfHisOwn() {
        JsonNode page = people.get(self, ME).body();

        assertThat(page.path("name").asString()).isEqualTo(officer.name());
        assertThat(page.path("squadName").asString()).isEqualTo(beat.squadName());
        assertThat(page.path("duties").valueStream().map(duty -> duty.path("id").asString()))
                .containsExactly(officer.dutyId());
    }

    @Test
    void whoIsNoOfficerOfTheRegisterHasNoSuchPage() {
        assertThat(people.get(people.with(Role.OFFICER), ME).status()).isEqualTo(404);
        assertThat(people.get(inspector, ME).status()).isEqualTo(403);
    }

    @Test
    void whatIsHeldIsCountedByDayWithWhatIsSealedAndNothingOfOthers() {
        beat.report(officer, Instant.now().minusSeconds(20), 0);
        beat.report(officer, Instant.now().minusSeconds(10), 0);
        beat.report(other, Instant.now().minusSeconds(10), 0);
        beat.report(officer, Instant.now().minus(Duration.ofMinutes(60)).minusSeconds(30), 0);
        Beat.OnBeat resting =
                beat.officer(Instant.now().minusSeconds(3_600), Instant.now().minusSeconds(1_800));
        People.Person sleeper = people.with(Role.OFFICER);
        people.link(sleeper, resting.officerId());
        beat.report(resting, Instant.now().minusSeconds(5), 0);

        assertThat(sum(held(self), "positions")).isEqualTo(3);
        assertThat(sum(held(self), "sealed")).isZero();
        assertThat(sum(held(sleeper), "positions")).isZero();
        assertThat(sum(held(sleeper), "sealed")).isEqualTo(1);
        assertThat(held(self).path("sealedHours").asInt()).isEqualTo(72);
    }

    @Test
    void recordingsOfADeviceCountForTheMinutesInWhichHeHadIt() {
        long stream = beat.jdbc()
                .sql("insert into stream (name, device_no) select 's', no from device where id = :id returning id")
                .param("id", officer.deviceId())
                .query(Long.class)
                .single();
        beat.jdbc().sql("""
                        insert into recording_run (stream_id, run, starts, ends)
                        values (:stream, 1, now() - interval '3 hours', now() - interval '41 minutes')""").param("stream", stream).update();

        assertThat(sum(held(self), "recordedMinutes"))
                .as("he has it since 61 minutes")
                .isBetween(18L, 20L);
    }

    @Test
    void aRollCallIsShownWhenItsTermsAreOverAndNotWhileItRuns() {
        JsonNode call = people.call(
                        inspector,
                        "POST",
                        "/api/v1/roll-calls",
                        Map.of("purpose", "抽查", "squadIds", List.of(beat.squad())))
                .body();
        assertThat(held(self).path("rollCalls")).isEmpty();
        beat.jdbc().sql("""
                        update roll_call set called_at = called_at - interval '1 hour',
                            answer_until = answer_until - interval '1 hour', late_until = late_until - interval '1 hour'
                        where id = :id""").param("id", call.path("id").asLong()).update();
        people.get(inspector, "/api/v1/roll-calls/" + call.path("id").asString());

        JsonNode calls = held(self).path("rollCalls");
        assertThat(calls).hasSize(1);
        assertThat(calls.get(0).path("state").asString()).isEqualTo("deciding");
        assertThat(calls.get(0).path("outcome").asString()).isEqualTo("pending");
        assertThat(calls.get(0).has("officerId")).isFalse();
    }

    @Test
    void whoLookedAtHisTrackAndPictureIsNamedWithRoleAndPurposeAndLooksAtOthersAreNot() {
        long stream = beat.jdbc()
                .sql("insert into stream (name, device_no) select 's', no from device where id = :id returning id")
                .param("id", officer.deviceId())
                .query(Long.class)
                .single();
        try (ConsoleSession desk = new ConsoleSession(beat.service()).loggedIn(inspector)) {
            for (Beat.OnBeat each : List.of(officer, other)) {
                String path = "/api/v1/devices/" + each.deviceId() + "/positions?from="
                        + Instant.now().minusSeconds(600);
                assertThat(desk.send("GET", path, null, Map.of("X-Purpose", "complaint"))
                                .status())
                        .isEqualTo(200);
            }
            desk.send(
                    "GET",
                    "/api/v1/streams/" + stream + "/playlist.m3u8?from="
                            + Instant.now().minusSeconds(600) + "&to=" + Instant.now(),
                    null,
                    Map.of("X-Purpose", "inspection"));
        }

        List<JsonNode> views = people.get(self, "/api/v1/view-log/mine")
                .body()
                .path("items")
                .valueStream()
                .toList();

        assertThat(views).extracting(view -> view.path("kind").asString()).containsExactly("recording", "track");
        assertThat(views)
                .extracting(view -> view.path("purpose").asString())
                .containsExactly("inspection", "complaint");
        assertThat(views).allSatisfy(view -> {
            assertThat(view.path("name").asString()).isEqualTo("试 " + inspector.username());
            assertThat(view.path("roles").get(0).asString()).isEqualTo("inspector");
            assertThat(view.has("address")).isFalse();
        });
        People.Person colleague = people.with(Role.OFFICER);
        people.link(colleague, other.officerId());
        assertThat(people.get(colleague, "/api/v1/view-log/mine")
                        .body()
                        .path("items")
                        .valueStream()
                        .map(view -> view.path("kind").asString()))
                .containsExactly("track");
    }

    @Test
    void aLeaderOfSquadsIsShownAsOfThem() {
        People.Person leader = people.with(Set.of(Role.SQUAD_LEADER), Set.of(beat.squad()));
        people.get(leader, "/api/v1/duties/" + officer.dutyId() + "/presence");

        JsonNode view =
                people.get(self, "/api/v1/view-log/mine").body().path("items").get(0);
        assertThat(view.path("unit").asString()).isEqualTo(beat.squadName());
        assertThat(view.path("kind").asString()).isEqualTo("presence");
    }

    private JsonNode held(People.Person who) {
        return people.get(who, ME + "/held").body();
    }

    private static long sum(JsonNode held, String what) {
        return held.path("days")
                .valueStream()
                .mapToLong(day -> day.path(what).asLong())
                .sum();
    }
}
