package org.farwatch.api.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.farwatch.api.RunningService;
import org.farwatch.api.coverage.CoverageRows;
import org.farwatch.api.database.DatabaseLine;
import org.farwatch.api.video.Interruptions.Origin;
import org.farwatch.ingest.record.GapCause;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Interruptions of streams as they come to stand in the database, also when that was away. */
class InterruptionsTest {
    private static final RunningService SERVICE = RunningService.shared();
    private static final Instant START = Instant.parse("2026-02-20T08:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final DatabaseLine line = DatabaseLine.to(SERVICE);
    private final Interruptions interruptions = new Interruptions(JdbcClient.create(line.source()));
    private final long stream = CoverageRows.of(SERVICE).number();

    @AfterEach
    void stop() throws InterruptedException {
        interruptions.close();
        line.close();
    }

    @Test
    void whatIsNoticedWhileTheDatabaseIsAwayIsWrittenInItsOrderWhenItIsBack() {
        begun(0, "timeout");
        await().atMost(PATIENCE).until(() -> rows().size() == 1);

        line.cut();
        interruptions.over(stream, Origin.SOURCE, at(10));
        begun(20, "unreachable");
        begun(25, "not-found");
        interruptions.over(stream, Origin.SOURCE, at(30));
        begun(40, "stalled");
        assertThat(rows()).containsExactly("0 null timeout");
        line.mend();

        await().atMost(PATIENCE).until(() -> rows().size() == 3);
        assertThat(rows()).containsExactly("0 10 timeout", "20 30 unreachable", "40 null stalled");
    }

    @Test
    void aStreamThatIsFetchedAgainAndFailsIsNotStoppedAnyMore() {
        begun(0, "stopped");
        begun(10, "stopped");
        begun(20, "unreachable");
        begun(30, "timeout");
        begun(40, "stopped");
        interruptions.over(stream, Origin.SOURCE, at(50));

        await().atMost(PATIENCE).until(() -> rows().contains("20 50 unreachable"));
        assertThat(rows()).containsExactly("0 20 stopped", "20 50 unreachable");
    }

    private void begun(int second, String cause) {
        interruptions.begun(stream, Origin.SOURCE, at(second), cause, null);
    }

    private static Instant at(int second) {
        return START.plusSeconds(second);
    }

    /** Each as start, end and cause. */
    private List<String> rows() {
        return SERVICE.bean(JdbcClient.class)
                .sql(
                        "select starts, ends, cause from stream_interruption where stream_id = :stream order by starts, id")
                .param("stream", stream)
                .query((row, _) ->
                        second(row.getTimestamp(1)) + " " + second(row.getTimestamp(2)) + " " + row.getString(3))
                .list();
    }

    private static String second(Timestamp at) {
        return at == null
                ? "null"
                : Long.toString(Duration.between(START, at.toInstant()).toSeconds());
    }

    @Test
    void picturesMissingInAStreamThatStaysConnectedAreTheCauseOfTheirGap() {
        Instant start = Instant.parse("2026-02-19T02:00:00Z");
        CoverageRows rows = CoverageRows.of(SERVICE)
                .serviceRan(start, start.plusSeconds(100))
                .required(start, start.plusSeconds(100))
                .recorded(start, start.plusSeconds(50))
                .recorded(start.plusSeconds(55), start.plusSeconds(100));
        RecordingIndex index = SERVICE.bean(RecordingIndex.class);

        index.runEnded(
                rows.id(), start.toEpochMilli(), start.plusSeconds(50).toEpochMilli(), GapCause.PICTURES_MISSING);
        index.runBegan(rows.id(), start.plusSeconds(55).toEpochMilli());

        await().atMost(Duration.ofSeconds(10))
                .until(
                        () -> CoverageRows.stretches(
                                rows.coverage(start, start.plusSeconds(100)).path("gaps")),
                        List.of("2026-02-19T02:00:50Z 2026-02-19T02:00:55Z pictures-missing")::equals);
    }

    /** As an orderly end of the service leaves it. */
    @Test
    void thatAStreamWasNotFetchedEndsWithTheStartOfTheService() {
        Instant start = Instant.parse("2026-02-20T02:00:00Z");
        CoverageRows rows =
                CoverageRows.of(SERVICE).interrupted(CoverageRows.Origin.SOURCE, start, null, "stopped", null);
        CoverageRows hung =
                CoverageRows.of(SERVICE).interrupted(CoverageRows.Origin.SOURCE, start, null, "stalled", null);
        JdbcClient jdbc = SERVICE.bean(JdbcClient.class);
        jdbc.sql("update stream set source_url = 'rtsp://127.0.0.1/none' where id in (:ids)")
                .param("ids", List.of(rows.number(), hung.number()))
                .update();

        SERVICE.bean(Interruptions.class).fetchedAgain(start.plusSeconds(5));

        await().atMost(Duration.ofSeconds(10))
                .until(() -> ends(jdbc, rows), List.of(Timestamp.from(start.plusSeconds(5)))::equals);
        assertThat(ends(jdbc, hung)).isEmpty();
    }

    private static List<Timestamp> ends(JdbcClient jdbc, CoverageRows rows) {
        return jdbc.sql("select ends from stream_interruption where stream_id = :id and ends is not null")
                .param("id", rows.number())
                .query(Timestamp.class)
                .list();
    }
}
