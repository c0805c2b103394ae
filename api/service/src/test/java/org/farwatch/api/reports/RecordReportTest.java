package org.farwatch.api.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.farwatch.api.activities.ActivityHouse.seizure;
import static org.farwatch.api.activities.ActivityHouse.stage;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.farwatch.api.RunningService;
import org.farwatch.api.RunningService.Answer;
import org.farwatch.api.access.People;
import org.farwatch.api.access.Role;
import org.farwatch.api.activities.ActivityHouse;
import org.farwatch.api.coverage.CoverageRows;
import org.farwatch.api.documents.OfficeTools;
import org.farwatch.api.requirements.Proves;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Every figure of a report, counted again second by second from the rows. */
class RecordReportTest {
    private static final Instant NINE = Instant.parse("2026-05-12T01:00:00Z");
    private static final Instant END = NINE.plusSeconds(7_200);

    /**
     * Each second of each stream: whether it was required, by a stretch or a stage, and recorded, why not, and what the
     * squad was asked. A stage asks for one camera a second: one that recorded if there is, else the first officer's.
     */
    private static final String SECONDS = """
            with second as (select t from generate_series(:from::timestamptz, :to::timestamptz - interval '1 s',
                    interval '1 s') t),
            stream_second as (
                select s.id as stream, s.squad_id, s.device_no, t,
                    exists (select from recording_run r where r.stream_id = s.id and r.starts <= t and t < r.ends) as kept
                from stream s cross join second where s.squad_id = any(:squads)),
            of_stage as (
                select distinct on (g.id, x.t) g.id as stage, x.stream, x.t, x.kept
                from activity_stage g join activity a on a.id = g.activity_id and not a.retired
                    join activity_officer o on o.activity_id = a.id
                    join custody c on c.officer_id = o.officer_id
                    join stream_second x on x.device_no = c.device_no and c.held @> x.t
                        and g.starts <= x.t and x.t < g.ends
                where g.must_record
                order by g.id, x.t, x.kept desc, o.position, x.stream),
            judged as (
                select x.*, coalesce((select i.cause from stream_interruption i
                        where i.stream_id = x.stream and i.starts <= x.t and x.t < i.ends), 'not-recording') as cause,
                    (select q.state from gap_inquiry q where q.stream_id = x.stream and q.starts <= x.t and x.t < q.ends
                        and q.state <> 'withdrawn') as asked
                from stream_second x
                where exists (select from requirement r where r.stream_id = x.stream and r.starts <= x.t and x.t < r.ends)
                    or exists (select from of_stage p where p.stream = x.stream and p.t = x.t
                        and (p.kept or not exists (select from stage_recording w where w.stage_id = p.stage
                            and w.starts <= p.t and p.t < w.ends))))
            """;

    /** Each second of each stage that is over in the period. */
    private static final String STAGE_SECONDS = """
            with over as (select g.*, a.squad_id from activity_stage g join activity a on a.id = g.activity_id
                where a.squad_id = any(:squads) and not a.retired and g.must_record and g.ends > :from and g.ends <= :to),
            second as (
                select g.id, g.activity_id, g.match, exists (select from stage_recording w
                        where w.stage_id = g.id and w.starts <= t and t < w.ends) as proven,
                    exists (select from activity_officer o join custody c on c.officer_id = o.officer_id and c.held @> t
                        join stream s on s.device_no = c.device_no
                        join recording_run r on r.stream_id = s.id and r.starts <= t and t < r.ends
                        where o.activity_id = g.activity_id) as seen,
                    exists (select from activity_officer o join custody c on c.officer_id = o.officer_id and c.held @> t
                        where o.activity_id = g.activity_id) as held
                from over g, generate_series(g.starts, g.ends - interval '1 s', interval '1 s') t),
            stage as (select id, activity_id, count(*) as n, count(*) filter (where proven) as proven,
                count(*) filter (where proven or seen) as seen, count(*) filter (where not held and not proven) as bare,
                match = 'unrecorded' as denied from second group by id, activity_id, match)
            """;

    private static RunningService service;
    private static JdbcClient jdbc;
    private static List<Long> squads;
    private static People.Person reviewer;
    private static JsonNode report;

    @TempDir
    Path folder;

    @BeforeAll
    static void twoSquadsWorkAndAReportIsMade() {
        service = RunningService.start(Map.of());
        jdbc = service.bean(JdbcClient.class);
        reviewer = new People(service).with(Set.of(Role.LEGAL_REVIEWER), Set.of());
        ActivityHouse house = new ActivityHouse(service);
        ActivityHouse other = new ActivityHouse(service);
        squads = List.of(Long.valueOf(house.squad()), Long.valueOf(other.squad()));
        // What lies outside of the period or belongs to another squad is in no figure.
        CoverageRows.of(service, new People(service).squad()).required(NINE, END);
        CoverageRows fixed = CoverageRows.of(service, house.squad())
                .serviceRan(NINE.minusSeconds(9_000), END.plusSeconds(9_000))
                .required(NINE.minusSeconds(600), NINE.plusSeconds(3_600))
                .recorded(NINE.minusSeconds(600), NINE.plusSeconds(1_000))
                .recorded(NINE.plusSeconds(1_500), NINE.plusSeconds(2_000))
                .interrupted(
                        CoverageRows.Origin.SOURCE,
                        NINE.plusSeconds(1_000),
                        NINE.plusSeconds(1_200),
                        "unreachable",
                        "no route");
        String first = house.officer();
        String second = house.officer();
        house.camera()
                .held(first, NINE.minusSeconds(600), NINE.plusSeconds(700))
                .recorded(NINE.plusSeconds(60), NINE.plusSeconds(800));
        ActivityHouse.Camera late = house.camera()
                .held(second, NINE.plusSeconds(400), NINE.plusSeconds(2_400))
                .recorded(NINE.plusSeconds(650), NINE.plusSeconds(1_300));
        JsonNode matched = house.entered(seizure(
                "暂扣占道经营物品",
                List.of(first, second),
                NINE,
                END,
                stage("告知", NINE, NINE.plusSeconds(300)),
                stage("清点", NINE.plusSeconds(700), NINE.plusSeconds(1_280)),
                stage("查封扣押", NINE.plusSeconds(1_280), NINE.plusSeconds(3_000))));
        accept(house, matched.path("stages").get(1), late.stream());
        JsonNode denied = house.entered(
                seizure("查封", List.of(second), NINE, END, stage("清点", NINE.plusSeconds(700), NINE.plusSeconds(900))));
        assertThat(house.act(denied.path("stages").get(0), "no-recording", null).status())
                .isEqualTo(200);
        String third = other.officer();
        other.camera().held(third, NINE, null).recorded(NINE.plusSeconds(100), NINE.plusSeconds(4_000));
        other.entered(seizure(
                "暂扣",
                List.of(third),
                NINE,
                END.plusSeconds(600),
                stage("清点", NINE.plusSeconds(200), NINE.plusSeconds(900)),
                stage("查封扣押", END.minusSeconds(60), END.plusSeconds(60))));
        JsonNode accepted = asked(fixed, NINE.plusSeconds(1_000), NINE.plusSeconds(1_300));
        step(house.leader(), accepted, "explain");
        step(reviewer, inquiry(accepted), "accept");
        asked(fixed, NINE.plusSeconds(2_000), NINE.plusSeconds(2_100));
        step(house.leader(), asked(fixed, NINE.plusSeconds(2_500), NINE.plusSeconds(2_600)), "explain");
        drawn(fixed.id(), squads.getFirst());
        viewed();
        report = made(Map.of(
                "from",
                NINE,
                "to",
                END,
                "squadIds",
                squads.stream().map(String::valueOf).toList()));
    }

    @AfterAll
    static void stop() {
        if (service != null) {
            service.close();
        }
    }

    @Test
    void requiredAndRecordedMinutesAreThoseThatACountOfTheSecondsGives() {
        String sql = SECONDS + "select squad_id, count(*) as required, count(*) filter (where kept) as kept from judged"
                + " group by squad_id order by squad_id";
        List<Map<String, Object>> rows = statement(sql).query().listOfRows();
        List<JsonNode> shown = report.path("squads").valueStream().toList();
        assertThat(rows).hasSize(2);
        assertThat(shown).hasSize(2);
        long required = 0;
        long kept = 0;
        for (int i = 0; i < rows.size(); i++) {
            assertThat(shown.get(i).path("squadId").asLong())
                    .isEqualTo(rows.get(i).get("squad_id"));
            assertThat(shown.get(i).path("requiredSeconds").asDouble())
                    .isEqualTo(((Long) rows.get(i).get("required")).doubleValue());
            assertThat(shown.get(i).path("recordedSeconds").asDouble())
                    .isEqualTo(((Long) rows.get(i).get("kept")).doubleValue());
            required += (Long) rows.get(i).get("required");
            kept += (Long) rows.get(i).get("kept");
        }
        assertThat(required).isPositive();
        assertThat(report.path("total").path("requiredSeconds").asDouble()).isEqualTo((double) required);
        assertThat(report.path("total").path("ratio").asDouble()).isEqualTo((double) kept / required);
    }

    @Test
    void gapsByCauseAndWhatBecameOfThemAreThoseThatACountOfTheSecondsGives() {
        String sql = SECONDS + """
                , missing as (select *, lag(t) over w as t_before, lag(cause) over w as cause_before
                    from judged where not kept window w as (partition by stream order by t))
                select cause, count(*) as seconds,
                    count(*) filter (where t_before is distinct from t - interval '1 s' or cause_before <> cause) as gaps,
                    count(*) filter (where asked = 'accepted') as accepted,
                    count(*) filter (where asked = 'explained') as explained,
                    count(*) filter (where asked = 'asked') as asked,
                    count(*) filter (where asked = 'passed-on') as "passedOn",
                    count(*) filter (where asked is null) as open
                from missing group by cause order by cause""";
        List<Map<String, Object>> rows = statement(sql).query().listOfRows();
        List<JsonNode> shown = report.path("gaps").valueStream().toList();
        assertThat(shown)
                .extracting(gap -> gap.path("cause").asString())
                .containsExactly("not-recording", "unreachable");
        assertThat(rows).hasSameSizeAs(shown);
        for (int i = 0; i < rows.size(); i++) {
            JsonNode gap = shown.get(i);
            rows.get(i).forEach((column, value) -> {
                if (value instanceof Long count) {
                    assertThat(gap.path(column).asDouble())
                            .as(gap.path("cause").asString() + " " + column)
                            .isEqualTo(count.doubleValue());
                }
            });
        }
        assertThat(shown.get(1).path("accepted").asDouble()).isEqualTo(200);
    }

    @Test
    void stagesAreThoseThatACountOfTheSecondsGives() {
        Map<String, Object> row = statement(STAGE_SECONDS + """
                select count(distinct activity_id) as activities, count(*) as required,
                    count(*) filter (where proven >= n * 0.95) as recorded,
                    count(*) filter (where proven < n * 0.95 and seen >= n * 0.95 and not denied) as unmatched,
                    count(*) filter (where proven < n * 0.95 and (seen < n * 0.95 or denied)) as missing,
                    sum(n)::bigint as seconds, sum(seen)::bigint as seen, sum(bare)::bigint as bare
                from stage""").query().singleRow();
        JsonNode total = report.path("total");
        JsonNode stages = total.path("stages");
        assertThat(total.path("activities").asLong())
                .isEqualTo(row.get("activities"))
                .isEqualTo(3);
        assertThat(stages.path("required").asLong())
                .isEqualTo(row.get("required"))
                .isEqualTo(5);
        assertThat(stages.path("recorded").asLong())
                .isEqualTo(row.get("recorded"))
                .isEqualTo(1);
        assertThat(stages.path("unmatched").asLong())
                .isEqualTo(row.get("unmatched"))
                .isEqualTo(1);
        assertThat(stages.path("missing").asLong())
                .isEqualTo(row.get("missing"))
                .isEqualTo(3);
        assertThat(stages.path("requiredSeconds").asDouble()).isEqualTo(((Long) row.get("seconds")).doubleValue());
        assertThat(stages.path("recordedSeconds").asDouble()).isEqualTo(((Long) row.get("seen")).doubleValue());
        assertThat(stages.path("noDeviceSeconds").asDouble())
                .isEqualTo(((Long) row.get("bare")).doubleValue())
                .isPositive();
    }

    @Test
    @Proves(
            value = "R129",
            screen = "/records/reports",
            api = "POST /record-reports",
            missing = "a spread over quarters that is kept by itself")
    void samplesViewsAndRootsAreThoseOfTheRows() {
        assertThat(report.path("samples")
                        .valueStream()
                        .mapToLong(each -> each.path("items").asLong())
                        .sum())
                .isEqualTo(statement("""
                                select count(*) from draw_item i where i.squad_id = any(:squads)
                                    and i.item_id like '%/' || to_char((:from)::timestamptz at time zone 'Asia/Shanghai',
                                        'YYYY-MM-DD')""").query(Long.class).single())
                .isEqualTo(1);
        JsonNode sample = report.path("samples").get(0);
        assertThat(sample.path("checked").asLong())
                .isEqualTo(statement("""
                                select count(*) from inspection_task where squad_id = any(:squads) and state = 'done'
                                    and :from < :to""").query(Long.class).single())
                .isEqualTo(1);
        assertThat(sample.path("drawn").get(0).path("outcome").asString()).isEqualTo("fine");
        assertThat(sample.path("drawn").get(0).path("score").asDouble()).isEqualTo(92.5);
        JsonNode views = report.path("views");
        long seen = statement("""
                select count(*) from view_log l join device d on d.id = l.subject_id
                where d.squad_id = any(:squads) and l.at >= :from and l.at < :to""").query(Long.class).single();
        assertThat(views.path("total").asLong()).isEqualTo(seen).isEqualTo(3);
        assertThat(views.path("byPurpose").valueStream())
                .extracting(each -> each.path("purpose").asString() + " "
                        + each.path("views").asLong())
                .containsExactly("inspection 2", "verify-alert 1");
        assertThat(views.path("byViewer").valueStream())
                .extracting(each -> each.path("username").asString() + " "
                        + each.path("views").asLong())
                .containsExactly(reviewer.username() + " 2", "zz-gone 1");
        JsonNode checked = report.path("verification");
        assertThat(checked.path("days").asInt()).isEqualTo(1);
        assertThat(checked.path("closed").asInt()).isZero();
        assertThat(checked.path("segments").asLong())
                .isEqualTo(statement("select count(*) from segment where starts < :to and ends > :from")
                        .query(Long.class)
                        .single());
    }

    @Test
    void thePdfSaysTheSameFiguresAndIsReadByOthers() throws IOException, InterruptedException {
        byte[] pdf = pdf(report.path("id").asString());
        String text = OfficeTools.textOfPdf(pdf, folder);
        assertThat(text).contains("记录核查报告", "核查时段：2026-05-1209:00至2026-05-1211:00");
        JsonNode total = report.path("total");
        assertThat(text)
                .contains(String.format("%.1f", total.path("requiredSeconds").asDouble() / 60))
                .contains(String.format("%.1f%%", Math.floor(total.path("ratio").asDouble() * 1000) / 10))
                .contains("未开启录像", "地址不可达", "督察任务", "zz-gone", "试抽录像")
                .contains("时段内1日，已生成0日")
                .contains("共0段，逐段重新计算哈希，一致0段，被改动0段");
        assertThat(report.path("squads").get(0).path("squadName").asString().replace("-", ""))
                .satisfies(name -> assertThat(text.replace("-", "")).contains(name));
    }

    @Test
    void aReportIsSeenByThoseWhoSeeItsSquadsAndNeverChanged() {
        People people = new People(service);
        String id = report.path("id").asString();
        People.Person limited = people.with(
                Set.of(Role.LEGAL_REVIEWER), Set.of(squads.getFirst().toString()));
        assertThat(as(limited, "GET", "/record-reports/" + id, null).status()).isEqualTo(404);
        assertThat(as(limited, "GET", "/record-reports/" + id + "/pdf", null).status())
                .isEqualTo(404);
        People.Person both = people.with(
                Set.of(Role.INSPECTOR),
                Set.of(squads.getFirst().toString(), squads.getLast().toString()));
        assertThat(as(both, "GET", "/record-reports/" + id, null).status()).isEqualTo(200);
        assertThat(as(both, "POST", "/record-reports", Map.of("from", NINE, "to", END))
                        .status())
                .isEqualTo(403);
        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> jdbc.sql("update record_report set made_by = 'x'").update()))
                .hasMessageContaining("record_report only takes new rows");
    }

    @Test
    void periodsAndSquadsThatDoNotFitAreRefusedAtTheirField() {
        assertThat(refused(Map.of("from", NINE, "to", NINE))).startsWith("to must be after from");
        assertThat(refused(Map.of("from", NINE, "to", Instant.now()))).startsWith("to must have passed");
        assertThat(refused(Map.of("from", NINE, "to", END, "squadIds", List.of("987654321"))))
                .startsWith("squadIds[0] names no squad of yours");
        assertThat(refused(Map.of("from", NINE, "to", END, "squadIds", List.of())))
                .startsWith("squadIds ");
    }

    private static void accept(ActivityHouse house, JsonNode stage, String stream) {
        assertThat(house.act(stage, "accept", stream).status()).isEqualTo(200);
    }

    private static JsonNode asked(CoverageRows rows, Instant from, Instant to) {
        Answer answer = as(reviewer, "POST", "/gap-inquiries", Map.of("streamId", rows.id(), "from", from, "to", to));
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
        return answer.body();
    }

    private static JsonNode inquiry(JsonNode before) {
        return as(reviewer, "GET", "/gap-inquiries/" + before.path("id").asString(), null)
                .body();
    }

    private static void step(People.Person who, JsonNode inquiry, String action) {
        Map<String, Object> step =
                new HashMap<>(Map.of("version", inquiry.path("version").asInt()));
        step.put("reason", action.equals("explain") ? "weather" : null);
        assertThat(as(who, "POST", "/gap-inquiries/" + inquiry.path("id").asString() + "/" + action, step)
                        .status())
                .isEqualTo(200);
    }

    private static void drawn(String stream, long squad) {
        long draw = jdbc.sql("""
                        insert into draw (name, kind, period_from, period_to, pool_from, pool_to, items,
                            inspectors_per_squad, state, planned_at, planned_by, commitment, seed_sealed, document)
                        values ('试抽录像', 'recordings', :from, :to, :from, :to, 2, 2, 'drawn', :from, 'x', 'c', '\\x00', '{}')
                        returning id""")
                .param("from", Timestamp.from(NINE))
                .param("to", Timestamp.from(END))
                .query(Long.class)
                .single();
        for (String day : List.of("2026-05-12", "2026-05-13")) {
            jdbc.sql("""
                            insert into draw_item (draw_id, place, item_id, name, squad_id)
                            values (:draw, :place, :item, :item, :squad)""")
                    .param("draw", draw)
                    .param("place", day.endsWith("12") ? 1 : 2)
                    .param("item", stream + "/" + day)
                    .param("squad", squad)
                    .update();
        }
        jdbc.sql("""
                        insert into inspection_task (kind, method, level, checklist_id, checklist_version, squad_id, starts,
                            ends, draw_id, draw_place, made_at, made_by, due_at, state, outcome, score, finished_at)
                        select 'recording', 'screen', 'bureau', id, version, :squad, :from, :to, :draw, 1, :to, 'x', :to,
                            'done', 'fine', 92.5, :to
                        from checklist where kind = 'recording' order by id limit 1""")
                .param("squad", squad)
                .param("draw", draw)
                .param("from", Timestamp.from(NINE))
                .param("to", Timestamp.from(END))
                .update();
    }

    private static void viewed() {
        String device = jdbc.sql("select id from device where squad_id = :squad limit 1")
                .param("squad", squads.getFirst())
                .query(String.class)
                .single();
        view(reviewer.username(), "inspection", device, NINE);
        view(reviewer.username(), "inspection", device, END.minusSeconds(1));
        view("zz-gone", "verify-alert", device, NINE.plusSeconds(1));
        view("zz-gone", "verify-alert", device, END);
    }

    private static void view(String who, String purpose, String device, Instant at) {
        jdbc.sql(
                        "insert into view_log (at, username, purpose, kind, subject_id) values (:at, :who, :why, 'track', :device)")
                .param("at", Timestamp.from(at))
                .param("who", who)
                .param("why", purpose)
                .param("device", device)
                .update();
    }

    private static JsonNode made(Map<String, Object> wanted) {
        Answer answer = as(reviewer, "POST", "/record-reports", wanted);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
        String job = "/jobs/" + answer.body().path("id").asString();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Set.of("done", "failed")
                        .contains(as(reviewer, "GET", job, null)
                                .body()
                                .path("state")
                                .asString()));
        JsonNode done = as(reviewer, "GET", job, null).body();
        assertThat(done.path("state").asString()).as(done.toString()).isEqualTo("done");
        String id = done.path("result").path("reportId").asString();
        JsonNode made = as(reviewer, "GET", "/record-reports/" + id, null).body();
        return ((tools.jackson.databind.node.ObjectNode) made.path("figures")).put("id", id);
    }

    private static String refused(Map<String, Object> wanted) {
        Answer answer = as(reviewer, "POST", "/record-reports", wanted);
        assertThat(answer.status()).isEqualTo(400);
        return answer.body().path("detail").asString();
    }

    private static Answer as(People.Person who, String method, String path, Object body) {
        return service.callAs(who.username(), People.PASSWORD, method, "/api/v1" + path, body);
    }

    private static JdbcClient.StatementSpec statement(String sql) {
        return jdbc.sql(sql)
                .param("from", Timestamp.from(NINE))
                .param("to", Timestamp.from(END))
                .param("squads", squads.toArray(Long[]::new));
    }

    private static byte[] pdf(String id) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(service.url() + "/api/v1/record-reports/" + id + "/pdf"))
                .header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString((reviewer.username() + ":" + People.PASSWORD)
                                                .getBytes(StandardCharsets.UTF_8)))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).isEqualTo(200);
            return answer.body();
        }
    }
}
