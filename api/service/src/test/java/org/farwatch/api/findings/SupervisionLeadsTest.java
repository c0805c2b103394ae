package org.farwatch.api.findings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.farwatch.api.RunningService;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.People;
import org.farwatch.api.access.Role;
import org.farwatch.api.evidence.EvidenceStore;
import org.farwatch.api.leads.Alert;
import org.farwatch.api.leads.Alerts;
import org.farwatch.api.leads.Lane;
import org.farwatch.api.leads.NewAlert;
import org.farwatch.api.web.Refusal;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Supervision leads: made of an alert or by hand, noticed or dropped by an inspector, known to others by their being only. */
class SupervisionLeadsTest {
    private static final RunningService SERVICE = RunningService.shared();
    private static final FindingDesk DESK = new FindingDesk(SERVICE);
    private static final String LEADS = "/api/v1/supervision-leads";

    @Test
    void aConfirmedAlertBecomesALeadWithItsPictureAndIsOne() throws IOException {
        String picture = picture("of an alert");
        long alert = alert(picture);
        People.Person operator = DESK.people.with(Role.OPERATOR);
        assertThat(DESK.people
                        .get(operator, "/api/v1/alerts/" + alert + "/supervision-lead")
                        .status())
                .isEqualTo(404);

        open(alert, operator);
        JsonNode known = DESK.people
                .get(operator, "/api/v1/alerts/" + alert + "/supervision-lead")
                .body();
        assertThat(known.propertyNames()).containsExactlyInAnyOrder("id", "state");
        assertThat(DESK.people
                        .get(operator, LEADS + "/" + known.path("id").asString())
                        .status())
                .isEqualTo(403);

        JsonNode lead = DESK.people
                .get(DESK.issuer, LEADS + "/" + known.path("id").asString())
                .body();
        assertThat(lead.path("alertId").asString()).isEqualTo(Long.toString(alert));
        assertThat(lead.path("officerId").asString()).isEqualTo(DESK.officerId);
        assertThat(lead.path("squadId").asString()).isEqualTo(DESK.squad);
        assertThat(lead.path("files").get(0).path("id").asString()).isEqualTo(picture);
        assertThat(DESK.download(DESK.issuer, LEADS + "/" + lead.path("id").asString() + "/files/" + picture)
                        .statusCode())
                .isEqualTo(200);

        assertThatThrownBy(() -> open(alert, operator))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("already");
    }

    @Test
    void anInspectorMakesOneByHandWithEvidenceThatHeMaySee() throws IOException {
        String picture = picture("by hand");
        RunningService.Answer refused =
                make(Map.of("squadId", DESK.squad, "what", "着装不规范", "evidence", List.of(picture)));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().path("detail").asString()).contains("evidence", picture);

        alert(picture);
        JsonNode lead =
                FindingDesk.made(make(Map.of("squadId", DESK.squad, "what", "着装不规范", "evidence", List.of(picture))));
        assertThat(lead.path("files").get(0).path("id").asString()).isEqualTo(picture);
        assertThat(lead.path("actions").size()).isEqualTo(2);
    }

    @Test
    void anOfficerOfAnotherSquadOrASquadThatIsNotTheInspectorsIsRefused() {
        FindingDesk other = new FindingDesk(SERVICE);
        RunningService.Answer stranger =
                make(Map.of("squadId", DESK.squad, "officerId", other.officerId, "what", "离岗"));
        assertThat(stranger.status()).isEqualTo(400);
        assertThat(stranger.body().path("detail").asString()).contains("officerId", other.officerId);

        People.Person limited = DESK.people.with(Set.of(Role.INSPECTOR), Set.of(other.squad));
        assertThat(DESK.people
                        .call(limited, "POST", LEADS, Map.of("squadId", DESK.squad, "what", "离岗"))
                        .status())
                .isEqualTo(400);
        assertThat(make(Map.of("squadId", DESK.squad, "what", " ")).status()).isEqualTo(400);
    }

    @Test
    void oneIsDroppedWithAReasonAndThenLeadsNowhere() {
        JsonNode lead = DESK.lead();
        String path = LEADS + "/" + lead.path("id").asString();
        assertThat(DESK.people
                        .call(DESK.issuer, "POST", path + "/drop", Map.of("version", 1))
                        .status())
                .isEqualTo(400);
        JsonNode dropped = DESK.people
                .call(DESK.issuer, "POST", path + "/drop", Map.of("version", 1, "reason", "经核实为轮休"))
                .body();
        assertThat(dropped.path("state").asString()).isEqualTo("dropped");
        assertThat(dropped.path("history").get(1).path("note").asString()).isEqualTo("经核实为轮休");
        RunningService.Answer late =
                DESK.people.call(DESK.issuer, "POST", path + "/notice", FindingDesk.notice(dropped, "ordinary"));
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.body().path("detail").asString()).contains("dropped", "notice");
    }

    @Test
    void nobodyIssuesANoticeAboutHimself() {
        JsonNode lead = DESK.lead();
        People.Person both = DESK.people.with(Role.INSPECTOR, Role.SQUAD_LEADER);
        FindingDesk own = new FindingDesk(SERVICE);
        DESK.jdbc()
                .sql("update app_user set officer_id = null where username = :name")
                .param("name", own.officer.username())
                .update();
        DESK.people.link(both, own.officerId);
        JsonNode about = FindingDesk.made(own.people.call(
                own.issuer, "POST", LEADS, Map.of("squadId", own.squad, "officerId", own.officerId, "what", "离岗")));
        RunningService.Answer refused = DESK.people.call(
                both,
                "POST",
                LEADS + "/" + about.path("id").asString() + "/notice",
                FindingDesk.notice(about, "ordinary"));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body().path("detail").asString()).contains("you are the officer whom it is about");
        assertThat(DESK.people
                        .call(
                                both,
                                "POST",
                                LEADS + "/" + lead.path("id").asString() + "/notice",
                                FindingDesk.notice(lead, "ordinary"))
                        .status())
                .isEqualTo(201);
    }

    /** As the confirmation does it. */
    private static void open(long alert, People.Person operator) {
        Alert confirmed = new Alert(
                Long.toString(alert),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                DESK.officerId,
                null,
                DESK.squad,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                new Alert.Evidence(snapshot(alert), null, null),
                "东门离岗 40 分钟",
                null,
                null,
                null,
                false,
                1,
                null);
        Caller caller = new Caller(
                Long.parseLong(operator.id()),
                operator.username(),
                "值班员",
                Set.of(Role.OPERATOR),
                0,
                Set.of(),
                false,
                1,
                null);
        SERVICE.bean(SupervisionLane.class).open(confirmed, new Lane.Wanted(null, "请督察核实"), caller);
    }

    private static String snapshot(long alert) {
        return DESK.jdbc()
                .sql("select snapshot from alert where id = :id")
                .param("id", alert)
                .query(String.class)
                .single();
    }

    private static long alert(String picture) {
        Instant now = Instant.now();
        long id = SERVICE.bean(Alerts.class)
                .raise(
                        new NewAlert(
                                "off-post",
                                "off-post",
                                "warning",
                                now,
                                People.unique("alert"),
                                "东门离岗 40 分钟",
                                Map.of(),
                                Long.parseLong(DESK.squad),
                                Long.parseLong(DESK.officerId),
                                0,
                                0,
                                0,
                                0,
                                null,
                                null,
                                null),
                        now)
                .orElseThrow();
        DESK.jdbc()
                .sql("update alert set snapshot = :picture where id = :id")
                .param("picture", picture)
                .param("id", id)
                .update();
        return id;
    }

    private static String picture(String content) throws IOException {
        byte[] bytes = People.unique(content).getBytes(StandardCharsets.UTF_8);
        return SERVICE.bean(EvidenceStore.class)
                .put(new ByteArrayInputStream(bytes), "image/jpeg", "zone", 10_000)
                .sha256();
    }

    private static RunningService.Answer make(Map<String, Object> wanted) {
        return DESK.people.call(DESK.issuer, "POST", LEADS, wanted);
    }
}
