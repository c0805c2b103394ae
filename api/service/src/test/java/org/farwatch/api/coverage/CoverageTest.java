package org.farwatch.api.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.farwatch.api.coverage.CoverageRows.stretches;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.farwatch.api.RunningService;
import org.farwatch.api.access.People;
import org.farwatch.api.access.Role;
import org.farwatch.api.coverage.CoverageRows.Origin;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What is said of recorded and unrecorded time, over the API and on a real database. */
class CoverageTest {
    private static final RunningService SERVICE = RunningService.shared();

    @Test
    void aRecordedHourWithACutIsOneGapWithItsCause() {
        Instant hour = Instant.parse("2026-02-02T02:00:00Z");
        CoverageRows rows = CoverageRows.of(SERVICE)
                .serviceRan(hour, at(hour, 3600))
                .required(hour, at(hour, 3600))
                .recorded(hour, at(hour, 1200))
                .recorded(at(hour, 1230), at(hour, 3600))
                .interrupted(Origin.SOURCE, at(hour, 1200), at(hour, 1230), "unreachable", "no route to host");

        JsonNode coverage = rows.coverage(hour, at(hour, 3600));

        assertThat(stretches(coverage.path("gaps")))
                .containsExactly("2026-02-02T02:20:00Z 2026-02-02T02:20:30Z unreachable");
        assertThat(coverage.path("gaps").get(0).path("detail").asString()).isEqualTo("no route to host");
        assertThat(coverage.path("requiredSeconds").asDouble()).isEqualTo(3600);
        assertThat(coverage.path("recordedSeconds").asDouble()).isEqualTo(3570);
        assertThat(coverage.path("ratio").asDouble()).isEqualTo(3570.0 / 3600);
        assertThat(coverage.has("truncated")).isFalse();
    }

    @Test
    void aGapIsCutWhereItsCauseChangesAndTheServiceDownComesBeforeTheDiskBeforeTheSource() {
        Instant start = Instant.parse("2026-02-03T02:00:00Z");
        CoverageRows rows = CoverageRows.of(SERVICE)
                .serviceRan(start, at(start, 20))
                .serviceRan(at(start, 40), at(start, 100))
                .required(start, at(start, 100))
                .recorded(start, at(start, 10))
                .interrupted(Origin.SOURCE, at(start, 10), at(start, 80), "timeout", null)
                .interrupted(Origin.RECORDER, at(start, 50), at(start, 70), "disk-full", "no space");

        assertThat(stretches(rows.coverage(start, at(start, 100)).path("gaps")))
                .containsExactly(
                        "2026-02-03T02:00:10Z 2026-02-03T02:00:20Z timeout",
                        "2026-02-03T02:00:20Z 2026-02-03T02:00:40Z service-down",
                        "2026-02-03T02:00:40Z 2026-02-03T02:00:50Z timeout",
                        "2026-02-03T02:00:50Z 2026-02-03T02:01:10Z disk-full",
                        "2026-02-03T02:01:10Z 2026-02-03T02:01:20Z timeout",
                        "2026-02-03T02:01:20Z 2026-02-03T02:01:40Z not-recording");
    }

    @Test
    void whileAServiceThatWasDownAsksItsSourcesTheGapGoesOnUnlessMoreIsKnown() {
        Instant start = Instant.parse("2026-02-18T02:00:00Z");
        CoverageRows asked = CoverageRows.of(SERVICE)
                .serviceRan(start, at(start, 20))
                .serviceRan(at(start, 40), at(start, 100))
                .required(start, at(start, 100))
                .recorded(start, at(start, 20))
                .recorded(at(start, 43), at(start, 100));
        CoverageRows refused = CoverageRows.of(SERVICE)
                .required(start, at(start, 100))
                .recorded(start, at(start, 20))
                .interrupted(Origin.SOURCE, at(start, 40), at(start, 42), "unreachable", null)
                .recorded(at(start, 42), at(start, 100));
        CoverageRows late = CoverageRows.of(SERVICE)
                .required(start, at(start, 100))
                .recorded(start, at(start, 20))
                .recorded(at(start, 61), at(start, 100));

        assertThat(stretches(asked.coverage(start, at(start, 100)).path("gaps")))
                .containsExactly("2026-02-18T02:00:20Z 2026-02-18T02:00:43Z service-down");
        assertThat(stretches(refused.coverage(start, at(start, 100)).path("gaps")))
                .containsExactly(
                        "2026-02-18T02:00:20Z 2026-02-18T02:00:40Z service-down",
                        "2026-02-18T02:00:40Z 2026-02-18T02:00:42Z unreachable");
        assertThat(stretches(late.coverage(start, at(start, 100)).path("gaps")))
                .containsExactly(
                        "2026-02-18T02:00:20Z 2026-02-18T02:00:40Z service-down",
                        "2026-02-18T02:00:40Z 2026-02-18T02:01:01Z not-recording");
    }

    @Test
    void anInterruptionThatLastsAndOneThatBeganBeforeAreCutToTheTimeAskedFor() {
        Instant start = Instant.parse("2026-02-04T02:00:00Z");
        CoverageRows rows = CoverageRows.of(SERVICE)
                .serviceRan(at(start, -100), at(start, 1000))
                .required(at(start, -50), at(start, 500))
                .interrupted(Origin.SOURCE, at(start, -40), at(start, 10), "refused", null)
                .interrupted(Origin.SOURCE, at(start, 20), null, "not-found", null);

        assertThat(stretches(rows.coverage(start, at(start, 30)).path("gaps")))
                .containsExactly(
                        "2026-02-04T02:00:00Z 2026-02-04T02:00:10Z refused",
                        "2026-02-04T02:00:10Z 2026-02-04T02:00:20Z not-recording",
                        "2026-02-04T02:00:20Z 2026-02-04T02:00:30Z not-found");
    }

    @Test
    void aGapOfAMicrosecondIsAGapAndRunsThatTouchHaveNone() {
        Instant start = Instant.parse("2026-02-05T02:00:00Z");
        CoverageRows rows = CoverageRows.of(SERVICE)
                .serviceRan(start, at(start, 60))
                .required(start, at(start, 30))
                .recorded(start, at(start, 10))
                .recorded(at(start, 10), at(start, 20))
                .recorded(at(start, 20).plus(1, ChronoUnit.MICROS), at(start, 40));

        JsonNode coverage = rows.coverage(start, at(start, 60));

        assertThat(stretches(coverage.path("gaps")))
                .containsExactly("2026-02-05T02:00:20Z 2026-02-05T02:00:20.000001Z not-recording");
        assertThat(coverage.path("recordedSeconds").asDouble()).isEqualTo(29.999999);
        assertThat(coverage.path("ratio").asDouble()).isLessThan(1);
        assertThat(stretches(coverage.path("recorded")))
                .containsExactly(
                        "2026-02-05T02:00:00Z 2026-02-05T02:00:20Z",
                        "2026-02-05T02:00:20.000001Z 2026-02-05T02:00:40Z");
    }

    /** 2026-02-06 is a Friday; midnight in Shanghai is 16:00 UTC. */
    @Test
    void hoursOverMidnightAndThoseOfTheNextDayAdjoinAndOverlapWithoutBeingCountedTwice() {
        Instant friday = Instant.parse("2026-02-05T16:00:00Z");
        CoverageRows rows = CoverageRows.of(SERVICE)
                .required(new Requirements.Weekly(List.of(5), LocalTime.of(22, 0), LocalTime.of(6, 0)))
                .required(new Requirements.Weekly(List.of(6), LocalTime.of(6, 0), LocalTime.of(8, 0)))
                .required(new Requirements.Weekly(List.of(6), LocalTime.of(5, 0), LocalTime.of(7, 0)));

        JsonNode whole = rows.coverage(friday, friday.plus(Duration.ofDays(2)));
        assertThat(stretches(whole.path("required"))).containsExactly("2026-02-06T14:00:00Z 2026-02-07T00:00:00Z");
        assertThat(whole.path("requiredSeconds").asDouble()).isEqualTo(36_000);

        JsonNode morning = rows.coverage(at(friday, 86_400), friday.plus(Duration.ofDays(2)));
        assertThat(stretches(morning.path("required"))).containsExactly("2026-02-06T16:00:00Z 2026-02-07T00:00:00Z");
    }

    @Test
    void hoursThatEndWhenTheyStartAreAWholeDay() {
        Instant monday = Instant.parse("2026-02-08T16:00:00Z");
        CoverageRows rows = CoverageRows.of(SERVICE)
                .required(
                        new Requirements.Weekly(List.of(1, 2, 3, 4, 5, 6, 7), LocalTime.MIDNIGHT, LocalTime.MIDNIGHT));

        assertThat(stretches(
                        rows.coverage(monday, monday.plus(Duration.ofDays(7))).path("required")))
                .containsExactly("2026-02-08T16:00:00Z 2026-02-15T16:00:00Z");
    }

    @Test
    void whereNothingIsRequiredThereIsNoGapAndNoRatioButWhatIsRecorded() {
        Instant start = Instant.parse("2026-02-10T02:00:00Z");
        CoverageRows rows = CoverageRows.of(SERVICE).recorded(at(start, 10), at(start, 20));

        JsonNode coverage = rows.coverage(start, at(start, 15));

        assertThat(coverage.path("gaps").size()).isZero();
        assertThat(coverage.path("required").size()).isZero();
        assertThat(coverage.path("requiredSeconds").asDouble()).isZero();
        assertThat(coverage.path("recordedSeconds").asDouble()).isZero();
        assertThat(coverage.path("ratio").isNull()).isTrue();
        assertThat(stretches(coverage.path("recorded"))).containsExactly("2026-02-10T02:00:10Z 2026-02-10T02:00:15Z");
    }

    @Test
    void onlyTimeUntilNowIsLookedAt() {
        Instant now = Instant.now();
        CoverageRows rows = CoverageRows.of(SERVICE).required(at(now, -100), at(now, 100_000));

        JsonNode coverage = rows.coverage(at(now, -100), at(now, 1000));

        assertThat(coverage.path("requiredSeconds").asDouble()).isBetween(89.0, 150.0);
        assertThat(Instant.parse(coverage.path("to").asString())).isBetween(at(now, -10), at(now, 50));
        assertThat(rows.coverage(at(now, 500), at(now, 1000))
                        .path("requiredSeconds")
                        .asDouble())
                .isZero();
    }

    @Test
    void timesThatCannotBeAreRefusedAtTheirField() {
        String path = "/api/v1/streams/" + CoverageRows.of(SERVICE).id() + "/coverage";
        Map<String, String> wrong = Map.of(
                path,
                "from",
                path + "?from=2026-01-01T00:00:00Z",
                "to",
                path + "?from=2026-01-01T00:00:00Z&to=2026-01-01T00:00:00Z",
                "to",
                path + "?from=2025-01-01T00:00:00Z&to=2026-01-07T00:00:00Z",
                "to",
                "/api/v1/coverage?by=officer&from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z",
                "by");
        wrong.forEach((address, field) -> {
            RunningService.Answer answer = SERVICE.get(address);
            assertThat(answer.status()).as(address).isEqualTo(400);
            assertThat(answer.body().path("errors").get(0).path("field").asString())
                    .isEqualTo(field);
        });
    }

    @Test
    void aSquadLeaderSeesTheCoverageOfHisSquadOnly() {
        Instant start = Instant.parse("2026-02-12T02:00:00Z");
        People people = new People(SERVICE);
        String own = people.squad();
        String other = people.squad();
        People.Person leader = people.with(Set.of(Role.SQUAD_LEADER), Set.of(own));
        CoverageRows first =
                CoverageRows.of(SERVICE, own).required(start, at(start, 60)).recorded(start, at(start, 15));
        CoverageRows second = CoverageRows.of(SERVICE, own).required(at(start, 30), at(start, 60));
        CoverageRows idle = CoverageRows.of(SERVICE, own).recorded(start, at(start, 60));
        CoverageRows foreign = CoverageRows.of(SERVICE, other).required(start, at(start, 60));
        String span = "from=" + start + "&to=" + at(start, 60);

        assertThat(people.get(leader, "/api/v1/streams/" + foreign.id() + "/coverage?" + span)
                        .status())
                .isEqualTo(404);
        JsonNode streams =
                people.get(leader, "/api/v1/coverage?by=stream&" + span).body().path("items");
        assertThat(streams.valueStream().map(one -> one.path("streamId").asString()))
                .containsExactly(first.id(), second.id(), idle.id());
        assertThat(streams.get(0).path("ratio").asDouble()).isEqualTo(0.25);
        assertThat(streams.get(2).path("ratio").isNull()).isTrue();

        JsonNode squads =
                people.get(leader, "/api/v1/coverage?by=squad&" + span).body().path("items");
        assertThat(squads.size()).isEqualTo(1);
        assertThat(squads.get(0).path("squadId").asString()).isEqualTo(own);
        assertThat(squads.get(0).path("requiredSeconds").asDouble()).isEqualTo(90);
        assertThat(squads.get(0).path("recordedSeconds").asDouble()).isEqualTo(15);
        assertThat(squads.get(0).path("ratio").asDouble()).isEqualTo(15.0 / 90);

        JsonNode all = SERVICE.get("/api/v1/coverage?by=squad&" + span).body().path("items");
        assertThat(all.valueStream().map(one -> one.path("squadId").asString("")))
                .contains(own, other);
    }

    @Test
    void halfAYearCutEveryMinuteIsComputedWholeAndListedInPart() {
        Instant start = Instant.parse("2025-01-01T16:00:00Z");
        Instant end = start.plus(Duration.ofDays(180));
        CoverageRows contiguous = CoverageRows.of(SERVICE).serviceRan(start, end);
        CoverageRows cut = CoverageRows.of(SERVICE);
        // 259,200 minutes: in the first stream cut every two hours or so, in the second one every minute.
        runs(contiguous, start, 2000, 7776, 7770);
        runs(cut, start, 259_200, 60, 59);
        for (CoverageRows rows : List.of(contiguous, cut)) {
            rows.required(
                    new Requirements.Weekly(List.of(1, 2, 3, 4, 5, 6, 7), LocalTime.MIDNIGHT, LocalTime.MIDNIGHT));
        }

        JsonNode few = timed("2,000 runs", contiguous, start, end);
        assertThat(few.path("gaps").size()).isEqualTo(2000);
        assertThat(few.path("recordedSeconds").asDouble()).isEqualTo(2000 * 7770.0);
        assertThat(few.has("truncated")).isFalse();

        JsonNode many = timed("259,200 runs", cut, start, end);
        assertThat(many.path("requiredSeconds").asDouble()).isEqualTo(180 * 86_400.0);
        assertThat(many.path("recordedSeconds").asDouble()).isEqualTo(259_200 * 59.0);
        assertThat(many.path("gaps").size()).isEqualTo(Coverage.MOST_LISTED);
        assertThat(many.path("truncated").asBoolean()).isTrue();
        assertThat(stretches(many.path("gaps")).getFirst())
                .isEqualTo("2025-01-01T16:00:59Z 2025-01-01T16:01:00Z not-recording");
    }

    @Test
    void timeBetweenTwoRunsOfTheServiceIsKnownAsSuch() {
        RunningService first = RunningService.start(Map.of());
        CoverageRows rows;
        Instant alive;
        try (first) {
            JdbcClient jdbc = first.bean(JdbcClient.class);
            Instant begun = lastSign(jdbc);
            await().atMost(Duration.ofSeconds(20)).until(() -> lastSign(jdbc).isAfter(begun));
            alive = lastSign(jdbc);
            rows = CoverageRows.of(first).required(begun, at(begun, 10_000));
        }
        Instant stopped = Instant.now();
        try (RunningService second = RunningService.startOn(first.home(), Map.of())) {
            Instant started = second.bean(JdbcClient.class)
                    .sql("select started from service_run order by id desc limit 1")
                    .query(Timestamp.class)
                    .single()
                    .toInstant();
            String address = "/api/v1/streams/" + rows.id() + "/coverage?from=" + alive + "&to=" + at(started, 10_000);
            // The last seconds before now are not judged yet.
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> second.get(address).body().path("gaps").size() == 3);
            List<String> gaps = stretches(second.get(address).body().path("gaps"));
            assertThat(gaps.get(0)).endsWith(" not-recording");
            assertThat(gaps.get(1)).endsWith(" " + started + " service-down");
            assertThat(Instant.parse(gaps.get(1).substring(0, gaps.get(1).indexOf(' '))))
                    .isBetween(alive, stopped);
            assertThat(gaps.get(2)).startsWith(started + " ").endsWith(" not-recording");
        }
    }

    private static Instant lastSign(JdbcClient jdbc) {
        return jdbc.sql("select max(alive) from service_run")
                .query(Timestamp.class)
                .single()
                .toInstant();
    }

    private static void runs(CoverageRows rows, Instant start, int number, int every, int seconds) {
        SERVICE.bean(JdbcClient.class)
                .sql("""
                        insert into recording_run (stream_id, run, starts, ends)
                        select :stream, n, (:start)::timestamptz + make_interval(secs => n * :every),
                            (:start)::timestamptz + make_interval(secs => n * :every + :seconds)
                        from generate_series(0, :number - 1) n""")
                .param("stream", rows.number())
                .param("start", Timestamp.from(start))
                .param("every", every)
                .param("seconds", seconds)
                .param("number", number)
                .update();
    }

    private static JsonNode timed(String what, CoverageRows rows, Instant from, Instant to) {
        long before = System.nanoTime();
        JsonNode coverage = rows.coverage(from, to);
        System.out.printf("coverage of 180 days, %s: %,d ms%n", what, (System.nanoTime() - before) / 1_000_000);
        return coverage;
    }

    private static Instant at(Instant start, long seconds) {
        return start.plusSeconds(seconds);
    }
}
