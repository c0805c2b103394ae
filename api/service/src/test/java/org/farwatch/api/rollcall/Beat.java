package org.farwatch.api.rollcall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.farwatch.api.RunningService;
import org.farwatch.api.RunningService.Answer;
import org.farwatch.api.access.People;
import org.farwatch.api.org.DeviceRegister;
import org.farwatch.api.telemetry.PositionStore;
import org.farwatch.geo.PositionBatch;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A squad with a post on a street and officers on duty there, each with a body camera that reports positions. */
public final class Beat {
    private static final double LONGITUDE = 121.5;
    private static final double LATITUDE = 31.2;
    private static final double HALF = 0.0006;
    private static final double METRES_PER_DEGREE = 111_195;

    private final RunningService service;
    private final People people;
    private final String squad;
    private final String post;
    private long salt;

    /** An officer on duty, and what he carries. */
    public record OnBeat(String officerId, String name, String deviceId, String dutyId) {}

    public Beat(RunningService service) {
        this.service = service;
        people = new People(service);
        squad = people.squad();
        post = created(
                "/api/v1/posts",
                Map.of(
                        "name",
                        People.unique("岗"),
                        "squadId",
                        squad,
                        "geometry",
                        Map.of(
                                "type",
                                "Polygon",
                                "coordinates",
                                List.of(List.of(
                                        List.of(LONGITUDE - HALF, LATITUDE - HALF),
                                        List.of(LONGITUDE + HALF, LATITUDE - HALF),
                                        List.of(LONGITUDE + HALF, LATITUDE + HALF),
                                        List.of(LONGITUDE - HALF, LATITUDE + HALF),
                                        List.of(LONGITUDE - HALF, LATITUDE - HALF))))));
    }

    public RunningService service() {
        return service;
    }

    public People people() {
        return people;
    }

    public String squad() {
        return squad;
    }

    public String squadName() {
        return jdbc().sql("select name from squad where id = :id")
                .param("id", Long.valueOf(squad))
                .query(String.class)
                .single();
    }

    public OnBeat officer() {
        return officer(Instant.now().minusSeconds(3_600), Instant.now().plusSeconds(7_200));
    }

    /** On duty from here to there. */
    public OnBeat officer(Instant start, Instant end) {
        String officer = people.officer(squad);
        String device = created(
                "/api/v1/devices",
                Map.of(
                        "name",
                        People.unique("记录仪"),
                        "kind",
                        "body-camera",
                        "protocol",
                        "mqtt",
                        "protocolId",
                        People.unique("beat"),
                        "squadId",
                        squad));
        created(
                "/api/v1/devices/" + device + "/custody",
                Map.of("officerId", officer, "from", start.minusSeconds(60).toString()));
        String duty = created(
                "/api/v1/duties",
                Map.of("officerId", officer, "postId", post, "start", start.toString(), "end", end.toString()));
        return new OnBeat(officer, name(officer), device, duty);
    }

    /** Gives the officer's device a live picture from there. */
    public void camera(OnBeat officer, String url) {
        String id = created(
                "/api/v1/streams",
                Map.of("name", "执法记录仪", "sourceUrl", url, "deviceId", officer.deviceId(), "squadId", squad));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> service.get("/api/v1/streams/" + id)
                        .body()
                        .path("state")
                        .asString()
                        .equals("live"));
    }

    /** Stores one position, so many metres north of the post's middle; the post reaches 67 m. */
    public void report(OnBeat officer, Instant at, double metresNorth) {
        int no = service.bean(DeviceRegister.class)
                .byId(officer.deviceId())
                .known()
                .no();
        PositionBatch batch = new PositionBatch(1);
        int row = batch.append(no, at.toEpochMilli(), System.currentTimeMillis(), ++salt);
        batch.place(row, LONGITUDE, LATITUDE + metresNorth / METRES_PER_DEGREE);
        CompletableFuture<PositionBatch> done = new CompletableFuture<>();
        service.bean(PositionStore.class).accept(batch, done::complete);
        done.orTimeout(20, TimeUnit.SECONDS).join();
    }

    public JdbcClient jdbc() {
        return service.bean(JdbcClient.class);
    }

    private String name(String officer) {
        return jdbc().sql("select name from officer where id = :id")
                .param("id", Long.valueOf(officer))
                .query(String.class)
                .single();
    }

    private String created(String path, Object body) {
        Answer answer = service.call("POST", path, body);
        assertThat(answer.status()).as("%s: %s", path, answer.body()).isEqualTo(201);
        return answer.body().path("id").asString();
    }
}
