package org.farwatch.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.farwatch.api.RunningService;
import org.farwatch.api.RunningService.Answer;
import org.farwatch.api.access.People.Person;
import org.farwatch.api.leads.Alerts;
import org.farwatch.api.leads.NewAlert;
import org.farwatch.api.telemetry.LiveBoard;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Who sees whose: two squads with everything a squad has, and people of one, of both and of none. */
class DataScopeTest {
    private static final RunningService SERVICE = RunningService.shared();
    private static final People PEOPLE = new People(SERVICE);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static Belongings own;
    private static Belongings other;
    private static Person leader;
    private static Person operator;

    /** One of each that belongs to a squad; public ids. */
    private record Belongings(
            String squad, String officer, String device, String post, String duty, String alert, String vehicle) {}

    @BeforeAll
    static void makeTwoSquads() {
        own = belongings();
        other = belongings();
        leader = PEOPLE.with(Set.of(Role.SQUAD_LEADER), Set.of(own.squad()));
        operator = PEOPLE.with(Role.OPERATOR);
    }

    @Test
    void aSquadLeaderListsWhatIsHisSquadsAndNothingElse() {
        for (String path : List.of(
                "/api/v1/squads",
                "/api/v1/officers",
                "/api/v1/devices?limit=10000",
                "/api/v1/posts",
                "/api/v1/duties",
                "/api/v1/alerts?limit=10000",
                "/api/v1/positions/latest",
                "/api/v1/posts/export")) {
            String his = body(leader, path);
            String all = body(operator, path);

            assertThat(List.of(mark(own, path), mark(other, path)))
                    .as(path + " shows both to the operator")
                    .allSatisfy(mark -> assertThat(all).contains(mark));
            assertThat(his).as(path).contains(mark(own, path)).doesNotContain(mark(other, path));
        }
    }

    @Test
    void filtersDoNotWidenWhatASquadLeaderSees() {
        assertThat(items(leader, "/api/v1/officers?squadId=" + other.squad())).isEmpty();
        assertThat(items(leader, "/api/v1/devices?squadId=" + other.squad())).isEmpty();
        assertThat(items(leader, "/api/v1/duties?squadId=" + other.squad())).isEmpty();
        assertThat(items(leader, "/api/v1/duties?officerId=" + other.officer())).isEmpty();
    }

    @Test
    void whatIsAnotherSquadsIsNotThereForASquadLeader() {
        List<String> theirs = paths(other);
        List<String> ours = paths(own);
        for (int i = 0; i < theirs.size(); i++) {
            String path = theirs.get(i);
            assertThat(PEOPLE.get(leader, path).status()).as(path).isEqualTo(404);
            assertThat(PEOPLE.get(operator, path).status()).as(path).isEqualTo(200);
            String same = ours.get(i);
            assertThat(PEOPLE.get(leader, same).status()).as(same).isEqualTo(200);
        }
        assertThat(items(leader, "/api/v1/devices/" + other.device() + "/custody"))
                .isEmpty();
    }

    private static List<String> paths(Belongings of) {
        return List.of(
                "/api/v1/devices/" + of.device(),
                "/api/v1/devices/" + of.device() + "/positions",
                "/api/v1/posts/" + of.post(),
                "/api/v1/duties/" + of.duty(),
                "/api/v1/duties/" + of.duty() + "/presence",
                "/api/v1/alerts/" + of.alert());
    }

    @Test
    void aSquadLeaderChangesNothingOfAnotherSquad() {
        Instant now = Instant.now();
        assertThat(call("PATCH", "/api/v1/posts/" + other.post(), Map.of("version", 1, "name", "mine")))
                .isEqualTo(404);
        assertThat(call("DELETE", "/api/v1/posts/" + other.post() + "?version=1", null))
                .isEqualTo(404);
        assertThat(call("DELETE", "/api/v1/duties/" + other.duty() + "?version=1", null))
                .isEqualTo(404);
        assertThat(call("PATCH", "/api/v1/duties/" + other.duty(), Map.of("version", 1, "end", now.plusSeconds(99))))
                .isEqualTo(404);
        assertThat(call(
                        "POST",
                        "/api/v1/duties",
                        Map.of(
                                "officerId",
                                other.officer(),
                                "postId",
                                own.post(),
                                "start",
                                now,
                                "end",
                                now.plusSeconds(60))))
                .isEqualTo(400);
        assertThat(call(
                        "POST",
                        "/api/v1/posts",
                        Map.of("name", "x", "squadId", other.squad(), "geometry", polygon(121.9))))
                .isEqualTo(400);
        assertThat(call(
                        "POST",
                        "/api/v1/devices/" + other.device() + "/custody",
                        Map.of("officerId", own.officer(), "from", now)))
                .isEqualTo(400);
    }

    @Test
    void aPostOfTheWholeDistrictIsASquadLeadersToSeeAndNotToChange() {
        String post = created("/api/v1/posts", Map.of("name", People.unique("post"), "geometry", polygon(121.7)));
        String path = "/api/v1/posts/" + post;

        assertThat(PEOPLE.get(leader, path).status()).isEqualTo(200);
        assertThat(call("PATCH", path, Map.of("version", 1, "name", "mine"))).isEqualTo(403);
        assertThat(call("DELETE", path + "?version=1", null)).isEqualTo(403);
        assertThat(PEOPLE.call(operator, "DELETE", path + "?version=1", null).status())
                .isEqualTo(204);
    }

    @Test
    void theLiveBoardAndAlertsOfOtherSquadsDoNotReachASquadLeader() {
        try (LivePeer peer = LivePeer.of(SERVICE, leader)) {
            peer.send(Map.of("subscribe", List.of("positions", "alerts", "posts", "devices")));
            JsonNode snapshot = peer.awaitMessage(
                    message -> message.path("topic").asString().equals("positions"));
            assertThat(snapshot.toString()).contains(own.vehicle()).doesNotContain(other.vehicle());

            putOnBoard(other.vehicle(), 121.42);
            putOnBoard(own.vehicle(), 121.43);
            String othersAlert = raise(other.squad());
            String ownAlert = raise(own.squad());

            peer.awaitMessage(message -> message.toString().contains("121.43"));
            peer.awaitMessage(message -> alertIds(message).contains(ownAlert));
            assertThat(peer.messages().toString()).doesNotContain(other.vehicle(), "121.42");
            assertThat(peer.messages())
                    .noneSatisfy(message -> assertThat(alertIds(message)).contains(othersAlert));
        }
    }

    @Test
    void anAdministratorSeesNoPositionsAlertsOrDuties() {
        Person administrator = PEOPLE.with(Role.ADMINISTRATOR);
        for (String path : List.of(
                "/api/v1/positions/latest",
                "/api/v1/devices/" + own.device() + "/positions",
                "/api/v1/alerts",
                "/api/v1/alerts/" + own.alert(),
                "/api/v1/duties",
                "/api/v1/duties/" + own.duty() + "/presence",
                "/api/v1/posts",
                "/api/v1/overview",
                "/api/v1/audit",
                "/api/v1/view-log")) {
            assertThat(PEOPLE.get(administrator, path).status()).as(path).isEqualTo(403);
        }
        assertThat(PEOPLE.get(administrator, "/api/v1/devices/" + own.device()).status())
                .isEqualTo(200);
    }

    @Test
    void beingAdministratorBesidesWidensNothingThatOnlySquadLeadersMaySee() {
        Person both = PEOPLE.with(Role.ADMINISTRATOR, Role.SQUAD_LEADER);

        assertThat(items(both, "/api/v1/positions/latest")).isEmpty();
        assertThat(items(both, "/api/v1/alerts")).isEmpty();
        assertThat(items(both, "/api/v1/duties")).isEmpty();
        assertThat(PEOPLE.get(both, "/api/v1/devices/" + own.device() + "/positions")
                        .status())
                .isEqualTo(404);
        assertThat(body(both, "/api/v1/devices?limit=10000")).contains(own.device());
        try (LivePeer peer = LivePeer.of(SERVICE, both)) {
            peer.send(Map.of("subscribe", List.of("positions")));
            assertThat(peer.awaitMessage(
                                    message -> message.path("topic").asString().equals("positions"))
                            .path("items"))
                    .isEmpty();
        }
    }

    @Test
    void anOperatorOfSomeSquadsSeesThoseOnly() {
        Person some = PEOPLE.with(Set.of(Role.OPERATOR), Set.of(own.squad()));

        assertThat(body(some, "/api/v1/positions/latest"))
                .contains(own.vehicle())
                .doesNotContain(other.vehicle());
        assertThat(PEOPLE.get(some, "/api/v1/alerts/" + other.alert()).status()).isEqualTo(404);
        assertThat(PEOPLE.call(some, "POST", "/api/v1/alerts/" + other.alert() + "/confirm", Map.of("version", 1))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aSquadLeaderWithoutASquadSeesNobody() {
        Person nobody = PEOPLE.with(Role.SQUAD_LEADER);

        for (String path :
                List.of("/api/v1/squads", "/api/v1/officers", "/api/v1/devices", "/api/v1/duties", "/api/v1/alerts")) {
            assertThat(items(nobody, path)).as(path).isEmpty();
        }
        assertThat(PEOPLE.get(nobody, "/api/v1/overview").body().path("devices").intValue())
                .isZero();
    }

    private static Belongings belongings() {
        String squad = PEOPLE.squad();
        String officer = PEOPLE.officer(squad);
        Instant now = Instant.now();
        String device = created(
                "/api/v1/devices",
                Map.of(
                        "name", "记录仪",
                        "kind", "body-camera",
                        "protocol", "mqtt",
                        "protocolId", People.unique("camera"),
                        "squadId", squad));
        String vehicle = created(
                "/api/v1/devices",
                Map.of(
                        "name", "车",
                        "kind", "vehicle-terminal",
                        "protocol", "mqtt",
                        "protocolId", People.unique("vehicle"),
                        "squadId", squad));
        created("/api/v1/devices/" + device + "/custody", Map.of("officerId", officer, "from", now.minusSeconds(60)));
        String post = created(
                "/api/v1/posts", Map.of("name", People.unique("post"), "squadId", squad, "geometry", polygon(121.4)));
        String duty = created(
                "/api/v1/duties",
                Map.of(
                        "officerId",
                        officer,
                        "postId",
                        post,
                        "start",
                        now.minusSeconds(60),
                        "end",
                        now.plusSeconds(600)));
        putOnBoard(vehicle, 121.41);
        return new Belongings(squad, officer, device, post, duty, raise(squad), vehicle);
    }

    /** What shows that something of these is in the answer. */
    private static String mark(Belongings belongings, String path) {
        if (path.startsWith("/api/v1/squads")) {
            return "\"id\":\"" + belongings.squad() + "\"";
        }
        if (path.startsWith("/api/v1/officers")) {
            return "\"id\":\"" + belongings.officer() + "\"";
        }
        if (path.startsWith("/api/v1/devices")) {
            return "\"" + belongings.device() + "\"";
        }
        if (path.startsWith("/api/v1/duties")) {
            return "\"id\":\"" + belongings.duty() + "\"";
        }
        if (path.startsWith("/api/v1/alerts")) {
            return "\"id\":\"" + belongings.alert() + "\"";
        }
        if (path.startsWith("/api/v1/positions")) {
            return "\"" + belongings.vehicle() + "\"";
        }
        return "\"id\":\"" + belongings.post() + "\"";
    }

    private static String created(String path, Map<String, Object> body) {
        Answer answer = SERVICE.call("POST", path, body);
        assertThat(answer.status()).as(path + " " + answer.body()).isEqualTo(201);
        return answer.body().path("id").asString();
    }

    private static Map<String, Object> polygon(double longitude) {
        List<List<Double>> ring = List.of(
                List.of(longitude, 31.2),
                List.of(longitude + 0.01, 31.2),
                List.of(longitude + 0.01, 31.21),
                List.of(longitude, 31.2));
        return new HashMap<>(Map.of("type", "Polygon", "coordinates", List.of(ring)));
    }

    private static void putOnBoard(String device, double longitude) {
        int no = PEOPLE.jdbc()
                .sql("select no from device where id = :id")
                .param("id", device)
                .query(Integer.class)
                .single();
        long now = System.currentTimeMillis();
        SERVICE.bean(LiveBoard.class).put(new LiveBoard.Mark(no, now, now, longitude, 31.2, Float.NaN, 10, 90, 0));
    }

    /** @return its id */
    private static String raise(String squad) {
        String dedupe = People.unique("scope");
        SERVICE.bean(Alerts.class)
                .raise(
                        new NewAlert(
                                "sos",
                                "sos.pressed",
                                "critical",
                                Instant.now(),
                                dedupe,
                                dedupe,
                                Map.of(),
                                Long.parseLong(squad),
                                0,
                                0,
                                0,
                                0,
                                0,
                                null,
                                null,
                                null),
                        Instant.now());
        return PEOPLE.jdbc()
                .sql("select id::text from alert where dedupe = :dedupe")
                .param("dedupe", dedupe)
                .query(String.class)
                .single();
    }

    private static List<String> alertIds(JsonNode message) {
        return message.path("topic").asString().equals("alerts")
                ? StreamSupport.stream(message.path("items").spliterator(), false)
                        .map(alert -> alert.path("id").asString())
                        .toList()
                : List.of();
    }

    private static int call(String method, String path, Object body) {
        return PEOPLE.call(leader, method, path, body).status();
    }

    private static String body(Person person, String path) {
        Answer answer = PEOPLE.get(person, path);
        assertThat(answer.status()).as(path + " " + answer.body()).isEqualTo(200);
        return JSON.writeValueAsString(answer.body());
    }

    private static List<JsonNode> items(Person person, String path) {
        Answer answer = PEOPLE.get(person, path);
        assertThat(answer.status()).as(path + " " + answer.body()).isEqualTo(200);
        return StreamSupport.stream(answer.body().path("items").spliterator(), false)
                .toList();
    }
}
