package org.farwatch.api.rollcall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.farwatch.api.RunningService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A roll call goes on over a restart, by itself: nobody has to look at it. */
class RollCallRestartTest {
    @TempDir
    private Path home;

    @Test
    void whatIsOpenGoesOnAfterARestartAndPositionsOfTheMeantimeCount() {
        String id;
        try (RunningService first = RunningService.startOn(home, Map.of())) {
            Beat beat = new Beat(first);
            Beat.OnBeat officer = beat.officer();
            beat.officer();
            id = first.call("POST", "/api/v1/roll-calls", Map.of("purpose", "抽查", "squadIds", List.of(beat.squad())))
                    .body()
                    .path("id")
                    .asString();
            beat.report(officer, Instant.now(), 0);
            // As if the service had gone before it looked at the position, and came back when the terms were over.
            first.bean(JdbcClient.class).sql("""
                            update roll_call set called_at = called_at - interval '20 minutes',
                                answer_until = now() + interval '1 second', late_until = now() + interval '2 seconds'""").update();
        }
        try (RunningService second = RunningService.startOn(home, Map.of())) {
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(second.bean(JdbcClient.class)
                                    .sql("select state || ' ' || string_agg(outcome, ' ' order by outcome)"
                                            + " from roll_call r join roll_call_answer a on a.roll_call = r.id"
                                            + " where r.id = :id group by state")
                                    .param("id", Long.valueOf(id))
                                    .query(String.class)
                                    .single())
                            .isEqualTo("deciding pending present"));
        }
    }
}
