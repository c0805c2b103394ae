package org.farwatch.api.activities;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.farwatch.api.RunningService;
import org.farwatch.api.RunningService.Answer;
import org.farwatch.api.access.People;
import org.farwatch.api.access.Role;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** A squad with officers, body cameras that they hold by turns, and what these recorded. */
public final class ActivityHouse {
    private final RunningService service;
    private final People people;
    private final JdbcClient jdbc;
    private final String squad;
    private final People.Person leader;

    public ActivityHouse(RunningService service) {
        this.service = service;
        people = new People(service);
        jdbc = service.bean(JdbcClient.class);
        squad = people.squad();
        leader = people.with(Set.of(Role.SQUAD_LEADER), Set.of(squad));
    }

    public String squad() {
        return squad;
    }

    public People.Person leader() {
        return leader;
    }

    public String officer() {
        return people.officer(squad);
    }

    String number(String officer) {
        return jdbc.sql("select number from officer where id = :id")
                .param("id", Long.valueOf(officer))
                .query(String.class)
                .single();
    }

    String squadName() {
        return jdbc.sql("select name from squad where id = :id")
                .param("id", Long.valueOf(squad))
                .query(String.class)
                .single();
    }

    /** A body camera whose pictures reach the service. */
    public Camera camera() {
        int device = device("body-camera");
        long stream = jdbc.sql("""
                        insert into stream (name, device_no, squad_id) values (:name, :device, :squad) returning id""")
                .param("name", People.unique("body"))
                .param("device", device)
                .param("squad", Long.valueOf(squad))
                .query(Long.class)
                .single();
        return new Camera(device, stream);
    }

    int device(String kind) {
        String id = People.unique("device");
        return jdbc.sql("""
                        insert into device (id, name, kind, protocol, protocol_id, squad_id)
                        values (:id, :id, :kind, 'mqtt', :id, :squad) returning no""")
                .param("id", id)
                .param("kind", kind)
                .param("squad", Long.valueOf(squad))
                .query(Integer.class)
                .single();
    }

    /** @param to null while it is not given back */
    void held(int device, String officer, Instant from, Instant to) {
        jdbc.sql("""
                        insert into custody (device_no, officer_id, held)
                        values (:device, :officer, tstzrange(:from, (:to)::timestamptz))""")
                .param("device", device)
                .param("officer", Long.valueOf(officer))
                .param("from", Timestamp.from(from))
                .param("to", to == null ? null : Timestamp.from(to))
                .update();
    }

    /** A camera and its stream. */
    public final class Camera {
        private final int device;
        private final long stream;

        private Camera(int device, long stream) {
            this.device = device;
            this.stream = stream;
        }

        public String stream() {
            return Long.toString(stream);
        }

        public Camera held(String officer, Instant from, Instant to) {
            ActivityHouse.this.held(device, officer, from, to);
            return this;
        }

        public Camera recorded(Instant from, Instant to) {
            jdbc.sql("insert into recording_run (stream_id, run, starts, ends) values (:stream, :run, :from, :to)")
                    .param("stream", stream)
                    .param("run", from.toEpochMilli())
                    .param("from", Timestamp.from(from))
                    .param("to", Timestamp.from(to))
                    .update();
            return this;
        }
    }

    public static Map<String, Object> stage(String name, Instant from, Instant to) {
        return new HashMap<>(Map.of("name", name, "from", from, "to", to));
    }

    /** Of the kind 查封扣押, whose stages must be recorded. */
    public static Map<String, Object> seizure(
            String title, List<String> officers, Instant from, Instant to, Object... stages) {
        Map<String, Object> wanted = new HashMap<>(Map.of("kind", "seizure", "title", title, "from", from, "to", to));
        wanted.put("officerIds", officers);
        wanted.put("stages", new ArrayList<>(List.of(stages)));
        return wanted;
    }

    public Answer call(String method, String path, Object body) {
        return service.callAs(leader.username(), People.PASSWORD, method, "/api/v1" + path, body);
    }

    /** Enters an activity of the squad as its leader. */
    public JsonNode entered(Map<String, Object> wanted) {
        Answer answer = call("POST", "/activities", wanted);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
        return answer.body();
    }

    JsonNode stage(String id) {
        return call("GET", "/activity-stages/" + id, null).body();
    }

    public Answer act(JsonNode stage, String action, String stream) {
        Map<String, Object> step =
                new HashMap<>(Map.of("version", stage.path("version").asInt()));
        step.put("streamId", stream);
        return call("POST", "/activity-stages/" + stage.path("id").asString() + "/" + action, step);
    }
}
