package org.farwatch.api.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.farwatch.api.RunningService;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.access.People;
import org.farwatch.api.access.Role;
import org.farwatch.api.video.PeriodCheck;
import org.farwatch.api.video.RecordedDays;
import org.farwatch.api.video.RecordingLeases;
import org.farwatch.api.video.SigningKey;
import org.farwatch.ingest.record.Deleting;
import org.farwatch.ingest.record.Deletion;
import org.farwatch.ingest.record.Recordings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Two real streams are recorded and their day is closed; then a clock runs ahead, and they are deleted. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RecordingRetentionTest {
    private static final long PLENTY = Long.MAX_VALUE / 4;
    /** Of the first stream under the day's root. */
    private static long rooted;

    private static RecordedDays recorded;
    private static RecordedFiles files;
    private static RunningService service;
    private static People people;
    private static People.Person reviewer;
    private static String first;
    private static String second;
    private static Instant begin;
    private static List<String> runs;

    @BeforeAll
    static void twoStreamsAreRecordedAndTheirDayIsClosed() throws Exception {
        begin = Instant.now().minusSeconds(60);
        recorded = RecordedDays.begin();
        files = new RecordedFiles(recorded.videos());
        service = recorded.service();
        people = new People(service);
        reviewer = people.with(Role.LEGAL_REVIEWER);
        first = recorded.stream();
        second = recorded.stream();
        recorded.segments(first, 5);
        recorded.segments(second, 4);
        recorded.close();
        rooted = files.standing(first).size();
        // What is behind the root is the newest, on which the chains go on.
        recorded.segments(first, 1);
        recorded.segments(second, 1);
    }

    @AfterAll
    static void stop() {
        if (recorded != null) {
            recorded.close(service);
        }
    }

    @Test
    @Order(1)
    void nothingGoesBeforeItsTime() throws Exception {
        pass(29);

        assertThat(files.standing(first)).hasSizeGreaterThan((int) rooted);
        assertThat(files.ledger(first)).isEmpty();
    }

    @Test
    @Order(2)
    void whatIsHeldStaysAndWhatIsOldGoesWithItsReason() throws Exception {
        JsonNode third = segments(first).get(2);
        JsonNode fourth = segments(first).get(3);
        RunningService.Answer hold = people.call(
                reviewer,
                "POST",
                "/api/v1/holds",
                Map.of(
                        "streamId",
                        first,
                        "from",
                        Instant.parse(third.path("start").asString()).plusMillis(300),
                        "to",
                        Instant.parse(third.path("start").asString()).plusMillis(400),
                        "reason",
                        "案卷 2026-17"));
        assertThat(hold.status()).isEqualTo(201);
        long activity = matched(fourth);

        runs = runs();
        List<String> before = files.all(first, second);
        try (RecordingLeases.Lease _ = service.bean(RecordingLeases.class)
                        .take(Long.parseLong(first), begin, begin.plusSeconds(3_600));
                RecordingLeases.Lease _ = service.bean(RecordingLeases.class)
                        .take(Long.parseLong(second), begin, begin.plusSeconds(3_600))) {
            pass(31);
            assertThat(files.all(first, second))
                    .as("all of it is being taken out")
                    .isEqualTo(before);
        }
        assertThat(people.call(reviewer, "GET", "/api/v1/streams/" + second + "/export?purpose=x&" + time(), null)
                        .status())
                .isEqualTo(200);
        assertThat(jdbc().sql("select count(*) from recording_lease")
                        .query(Long.class)
                        .single())
                .as("the export has given it back")
                .isZero();
        pass(31);

        assertThat(files.standing(first)).contains(3L, 4L).doesNotContain(1L, 2L, 5L);
        assertThat(files.ledger(first)).hasSize(2);
        assertThat(segments(first).get(0).path("state").asString()).isEqualTo("deleted");
        assertThat(files.standing(second)).as("nothing of it is held").hasSize(files.newest(second));
        assertThat(get("/api/v1/streams/" + first + "/segments/1.mp4").status()).isEqualTo(410);
        RunningService.Answer export = get("/api/v1/streams/" + first + "/export?" + time());
        assertThat(export.status()).isEqualTo(410);
        assertThat(export.body().path("detail").asString()).contains("older than the 30 days", "到期删除");
        RunningService.Answer playlist = get("/api/v1/streams/" + first + "/playlist.m3u8?" + time());
        assertThat(playlist.status()).isEqualTo(200);
        assertThat(playlist.response().body())
                .contains("CLASS=\"org.farwatch.deleted\"", "X-REASON=\"age\"", "segments/3.mp4")
                .doesNotContain("segments/1.mp4");
        JsonNode kept = get("/api/v1/streams/" + first + "/kept?" + time()).body();
        assertThat(kept.path("held")
                        .valueStream()
                        .map(each -> each.path("source").asString()))
                .containsExactly("manual", "stage-match");
        assertThat(kept.path("deleted")).hasSize(2);
        assertThat(runs()).as("what was recorded stays said").isEqualTo(runs);

        RecordedFiles.Said said = files.verify();
        assertThat(said.words()).contains("deleted    stream " + first + ": 3 segments", "older than 30 days");
        assertThat(said.code()).as(said.words()).isZero();
        PeriodCheck.Result check =
                service.bean(PeriodCheck.class).check(begin, Instant.now(), DataScope.EVERYTHING, true, _ -> {});
        assertThat(check.faults()).isEmpty();
        assertThat(check.intact()).isEqualTo(check.segments()).isPositive();

        String id = hold.body().path("id").asString();
        assertThat(people.call(reviewer, "POST", "/api/v1/holds/" + id + "/release", Map.of("version", 7, "why", "x"))
                        .status())
                .isEqualTo(409);
        assertThat(people.call(
                                reviewer,
                                "POST",
                                "/api/v1/holds/" + id + "/release",
                                Map.of("version", 1, "why", "结案归档"))
                        .status())
                .isEqualTo(200);
        jdbc().sql("update activity set retired = true where id = :id")
                .param("id", activity)
                .update();
    }

    @Test
    @Order(3)
    void whenAllOfARootIsDeletedItsSidecarsGoAndTheProofHolds() throws Exception {
        Path root = recorded.videos().resolve("roots");
        pass(31);

        assertThat(files.standing(first)).doesNotContain(1L, 2L, 3L, 4L, 5L).isNotEmpty();
        assertThat(segments(first)).as("rows of them are gone").hasSize(files.newest(first));
        try (Stream<Path> all = Files.walk(recorded.videos().resolve(first))) {
            assertThat(all.filter(file -> file.toString().endsWith(".json"))).hasSize(files.newest(first));
        }
        assertThat(runs()).isEqualTo(runs);
        assertThat(get("/api/v1/streams/" + first + "/segments/1.mp4").status())
                .as("also without its row")
                .isEqualTo(410);
        RecordedFiles.Said said = files.verify("--roots", root.toString());
        assertThat(said.code()).as(said.words()).isZero();
        PeriodCheck.Result check =
                service.bean(PeriodCheck.class).check(begin, Instant.now(), DataScope.EVERYTHING, true, _ -> {});
        assertThat(check.faults()).isEmpty();
        assertThat(check.intact()).isEqualTo(check.segments()).isPositive();
        assertThat(get("/api/v1/storage/deletions").body().path("items")).hasSize(1);
        assertThat(jdbc().sql("select count(*) from audit_log where subject = 'recording' and subject_id = :id")
                        .param("id", first)
                        .query(Long.class)
                        .single())
                .as("one for each line of the ledger")
                .isEqualTo(files.ledger(first).size());
    }

    @Test
    @Order(4)
    void whatIsRecordedLaterDoesNotShortenTheRunWhoseBeginningIsDeleted() throws Exception {
        long run = jdbc().sql("select run from segment where stream_id = :id order by sequence desc limit 1")
                .param("id", Long.parseLong(first))
                .query(Long.class)
                .single();
        recorded.segments(first, 1);

        assertThat(runs()).containsAll(runs);
        assertThat(jdbc().sql("select starts from recording_run where stream_id = :id and run = :run")
                        .param("id", Long.parseLong(first))
                        .param("run", run)
                        .query((row, _) -> row.getTimestamp(1).getTime())
                        .single())
                .isEqualTo(run);
    }

    @Test
    @Order(5)
    void anAlteredLedgerAndAFileThatIsInNoneAreFound() throws Exception {
        Path file = new Recordings(recorded.videos()).deletions().file(first);
        String text = Files.readString(file);
        Files.writeString(file, text.replaceFirst("\"days\":30", "\"days\":90"));
        RecordedFiles.Said altered = files.verify("--stream", first);
        assertThat(altered.code()).isEqualTo(1);
        assertThat(altered.words()).contains("line 1: its facts do not give its hash");
        assertThat(service.bean(PeriodCheck.class)
                        .check(begin, Instant.now(), DataScope.EVERYTHING, true, _ -> {})
                        .faults())
                .contains(new PeriodCheck.Fault(first, "altered", null));
        Files.writeString(file, text);

        Path video = files.videos(first).getFirst();
        byte[] content = Files.readAllBytes(video);
        Files.delete(video);
        assertThat(files.verify("--stream", first).words()).contains("MISSING    stream " + first);
        Files.write(video, content);
        assertThat(files.verify("--stream", first).code()).isZero();
    }

    @Test
    @Order(6)
    void whenTheDiskIsNearlyFullTheOldestGoFirstAcrossStreamsAndNeverWhatTheLawAsksFor() throws Exception {
        recorded.segments(second, 2);
        recorded.segments(first, 2);
        recorded.closeNext();
        recorded.segments(first, 1);
        recorded.segments(second, 1);
        JsonNode camera = get("/api/v1/storage").body().path("classes").get(0);
        assertThat(service.call("PATCH", "/api/v1/storage/classes/camera", Map.of("version", 1, "days", 29))
                        .body()
                        .toString())
                .contains("第十七条");
        assertThat(service.call(
                                "PATCH",
                                "/api/v1/storage/classes/camera",
                                Map.of("version", camera.path("version").asInt(), "days", 60))
                        .status())
                .isEqualTo(200);
        List<String> oldest = files.all(first, second);
        int before = oldest.size();

        retention().pass(Instant.now().plus(Duration.ofDays(29)), () -> 1);
        assertThat(files.all(first, second)).isEqualTo(oldest);

        int[] asked = {0};
        retention().pass(Instant.now().plus(Duration.ofDays(40)), () -> asked[0]++ < 2 ? 1 : PLENTY);

        List<String> gone = new ArrayList<>(oldest);
        gone.removeAll(files.all(first, second));
        assertThat(gone).as("one step of two").containsExactlyElementsOf(oldest.subList(0, 2));
        assertThat(files.all(first, second)).hasSize(before - 2);
        assertThat(jdbc().sql("select count(*) from recording_deletion where reason = 'disk' and days = 30")
                        .query(Long.class)
                        .single())
                .isPositive();
    }

    @Test
    @Order(7)
    void aDeletionThatACrashBrokeOffIsFinishedAtTheNextStart() throws Exception {
        SigningKey key = service.bean(SigningKey.class);
        Recordings recordings = new Recordings(recorded.videos());
        Recordings.Entry oldest = recordings.entries(first, 0).stream()
                .filter(Recordings.Entry::hasVideo)
                .findFirst()
                .orElseThrow();
        Map<String, Object> settings = recorded.settings();
        service.close();
        new Deleting(recordings, key).pictures(first, List.of(oldest.name()), Deletion.Reason.AGE, 30, Instant.now());
        Files.createDirectories(oldest.video().resolve("held"));

        service = RunningService.startOn(recorded.home(), settings);
        retention().pass(Instant.now(), () -> PLENTY);
        assertThat(Files.exists(oldest.video())).as("cannot be deleted").isTrue();
        assertThat(undeleted()).isOne();
        List<String> before = files.all(first, second);
        retention().pass(Instant.now().plus(Duration.ofDays(70)), () -> PLENTY);
        assertThat(files.all(first, second)).as("the others go all the same").hasSizeLessThan(before.size());
        assertThat(undeleted()).isOne();
        Files.delete(oldest.video().resolve("held"));
        retention().pass(Instant.now(), () -> PLENTY);
        assertThat(undeleted()).isZero();

        assertThat(Files.exists(oldest.video())).isFalse();
        assertThat(get("/api/v1/streams/" + first + "/segments/" + oldest.name().sequence() + ".mp4")
                        .status())
                .isEqualTo(410);
        Path ledger = recordings.deletions().file(first);
        String text = Files.readString(ledger);
        service.close();
        Files.delete(ledger);
        service = RunningService.startOn(recorded.home(), settings);
        retention().pass(Instant.now(), () -> PLENTY);
        assertThat(Files.readString(ledger)).as("the database had it").isEqualTo(text);
        assertThat(files.verify().code()).isZero();
    }

    private static RecordingRetention retention() {
        return service.bean(RecordingRetention.class);
    }

    private static double undeleted() {
        return service.bean(MeterRegistry.class)
                .get("farwatch.storage.undeleted")
                .gauge()
                .value();
    }

    private static void pass(int days) throws Exception {
        retention().pass(Instant.now().plus(Duration.ofDays(days)), () -> PLENTY);
    }

    /** A stage whose proof is a segment. @return the activity */
    private static long matched(JsonNode segment) {
        JdbcClient jdbc = jdbc();
        long activity = jdbc.sql("""
                        insert into activity (squad_id, kind, title, source, starts, ends, made_by, made_at)
                        values (:squad, 'hearing', 't', 'manual', now() - interval '1 hour', now(), 'x', now())
                        returning id""")
                .param("squad", Long.valueOf(people.squad()))
                .query(Long.class)
                .single();
        jdbc.sql("""
                        with stage as (insert into activity_stage (activity_id, position, name, starts, ends, must_record)
                            values (:activity, 1, '听证', now() - interval '1 hour', now(), true) returning id)
                        insert into stage_recording (stage_id, stream_id, starts, ends, accepted_by, accepted_at)
                        select id, :stream, (:from)::timestamptz, (:to)::timestamptz, 'x', now() from stage""")
                .param("activity", activity)
                .param("stream", Long.parseLong(first))
                .param(
                        "from",
                        Instant.parse(segment.path("start").asString())
                                .plusMillis(300)
                                .toString())
                .param(
                        "to",
                        Instant.parse(segment.path("start").asString())
                                .plusMillis(400)
                                .toString())
                .update();
        return activity;
    }

    private static List<JsonNode> segments(String stream) {
        return get("/api/v1/streams/" + stream + "/segments?limit=1000")
                .body()
                .path("items")
                .valueStream()
                .toList();
    }

    private static String time() {
        return "from=" + begin + "&to=" + begin.plusSeconds(3_600);
    }

    /** The runs that coverage is computed from. */
    private static List<String> runs() {
        return jdbc().sql("""
                        select run || ' ' || starts || ' ' || ends from recording_run where stream_id = :id order by run""")
                .param("id", Long.parseLong(first))
                .query(String.class)
                .list();
    }

    private static RunningService.Answer get(String path) {
        return service.get(path);
    }

    private static JdbcClient jdbc() {
        return service.bean(JdbcClient.class);
    }
}
