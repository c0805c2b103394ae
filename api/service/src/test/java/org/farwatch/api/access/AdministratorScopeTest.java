package org.farwatch.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.farwatch.api.RunningService;
import org.farwatch.api.RunningService.Answer;
import org.farwatch.api.access.People.Person;
import org.junit.jupiter.api.Test;

/** What an administrator of some squads may change: what is theirs, and nothing beside it. */
class AdministratorScopeTest {
    private static final String UNKNOWN_SQUAD = "999999999";

    private final RunningService service = RunningService.shared();
    private final People people = new People(service);
    private final String own = people.squad();
    private final String other = people.squad();
    private final Person limited = people.with(Set.of(Role.ADMINISTRATOR), Set.of(own));

    @Test
    void whatIsOfHisSquadsHeMakesAndChanges() {
        Answer officer = post("/api/v1/officers", officer(own));
        Answer device = post("/api/v1/devices", device(own));

        assertThat(officer.status()).isEqualTo(201);
        assertThat(device.status()).isEqualTo(201);
        for (String path : List.of("/api/v1/officers/" + id(officer), "/api/v1/devices/" + id(device))) {
            assertThat(patch(path, Map.of("name", "改名", "squadId", own)).status())
                    .isEqualTo(200);
        }
        assertThat(patch("/api/v1/squads/" + own, Map.of("name", People.unique("squad")))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void whatIsOfAnotherSquadOrOfNoneIsNotThereForHim() {
        String officer = people.officer(other);
        String device = id(service.call("POST", "/api/v1/devices", device(other)));
        String ofNone = id(service.call("POST", "/api/v1/devices", device(null)));

        for (String path : List.of(
                "/api/v1/squads/" + other,
                "/api/v1/officers/" + officer,
                "/api/v1/devices/" + device,
                "/api/v1/devices/" + ofNone)) {
            assertThat(patch(path, Map.of("name", "mine")).status()).as(path).isEqualTo(404);
        }
        assertThat(post("/api/v1/devices/" + device + "/secret", null).status()).isEqualTo(404);
    }

    @Test
    void aSquadThatIsNotHisIsRefusedInTheWordsOfOneThatDoesNotExist() {
        String officer = people.officer(own);
        String device = id(post("/api/v1/devices", device(own)));

        for (String squad : List.of(other, UNKNOWN_SQUAD)) {
            String words = "names no squad of yours: " + squad;
            assertThat(rule(post("/api/v1/officers", officer(squad)))).isEqualTo(words);
            assertThat(rule(post("/api/v1/devices", device(squad)))).isEqualTo(words);
            assertThat(rule(patch("/api/v1/officers/" + officer, Map.of("squadId", squad))))
                    .isEqualTo(words);
            assertThat(rule(patch("/api/v1/devices/" + device, Map.of("squadId", squad))))
                    .isEqualTo(words);
        }
        assertThat(rule(service.call("POST", "/api/v1/officers", officer(UNKNOWN_SQUAD))))
                .isEqualTo("names no squad of yours: " + UNKNOWN_SQUAD);
        assertThat(service.get("/api/v1/officers?squadId=" + own).body().path("items"))
                .extracting(each -> each.path("id").asString())
                .containsExactly(officer);
    }

    @Test
    void whatIsTheWholeDistrictsIsNotHisToMakeOrChange() {
        assertThat(rule(post("/api/v1/devices", device(null)))).isEqualTo("must be a squad of yours");
        assertThat(post("/api/v1/squads", Map.of("name", People.unique("squad")))
                        .status())
                .isEqualTo(403);
        assertThat(patch("/api/v1/rules/presence.late-seconds", Map.of("value", 60))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void anOperatorOfSomeSquadsImportsNoPostsForAll() throws Exception {
        Person operator = people.with(Set.of(Role.OPERATOR), Set.of(own));
        try (HttpClient http = HttpClient.newHttpClient()) {
            int status = http.send(
                            HttpRequest.newBuilder(URI.create(service.url() + "/api/v1/posts/import"))
                                    .header("Authorization", "Bearer " + people.token(operator))
                                    .header("Content-Type", "multipart/form-data; boundary=x")
                                    .POST(HttpRequest.BodyPublishers.ofString("""
                                            --x\r
                                            Content-Disposition: form-data; name="file"; filename="posts.geojson"\r
                                            \r
                                            {"type": "FeatureCollection", "features": []}\r
                                            --x--\r
                                            """))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            assertThat(status).isEqualTo(403);
        }
    }

    private static Map<String, Object> officer(String squad) {
        return Map.of("name", "队员", "number", People.unique("number"), "squadId", squad);
    }

    private static Map<String, Object> device(String squad) {
        Map<String, Object> wanted = new HashMap<>(
                Map.of("name", "手台", "kind", "handset", "protocol", "mqtt", "protocolId", People.unique("handset")));
        if (squad != null) {
            wanted.put("squadId", squad);
        }
        return wanted;
    }

    private Answer post(String path, Object body) {
        return people.call(limited, "POST", path, body);
    }

    /** Of the first version. */
    private Answer patch(String path, Map<String, Object> change) {
        Map<String, Object> body = new HashMap<>(change);
        body.put("version", 1);
        return people.call(limited, "PATCH", path, body);
    }

    private static String id(Answer created) {
        assertThat(created.status()).as(created.body().toString()).isEqualTo(201);
        return created.body().path("id").asString();
    }

    /** The rule that the field {@code squadId} broke. */
    private static String rule(Answer answer) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(400);
        assertThat(answer.body().path("errors").get(0).path("field").asString()).isEqualTo("squadId");
        return answer.body().path("errors").get(0).path("message").asString();
    }
}
