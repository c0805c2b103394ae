package org.farwatch.api.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.farwatch.api.RunningService;
import org.farwatch.api.RunningService.Answer;
import org.farwatch.api.access.People;
import org.farwatch.api.access.People.Person;
import org.farwatch.api.access.Role;
import org.farwatch.api.org.DeviceRegister;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A squad with an officer on duty who carries a body camera, and those who check: inspectors of the district, of that squad
 * and of another, and a legal reviewer.
 */
final class CheckHouse {
    static final String TASKS = "/api/v1/inspection-tasks";
    static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 0x10, 1, 2, 3, 4, 5, 6, 7, 8, 9};

    private static final AtomicInteger HOUSES = new AtomicInteger();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String BOUNDARY = "boundary-of-the-test";
    private static final String SQUARE =
            "{\"type\":\"Polygon\",\"coordinates\":[[[121.4,31.1],[121.41,31.1],[121.41,31.11],[121.4,31.1]]]}";

    final RunningService service = RunningService.shared();
    final People people = new People(service);
    final String squad = people.squad();
    final String otherSquad = people.squad();
    final String officer = people.officer(squad);
    final Person inspector = people.with(Role.INSPECTOR);
    final Person second = people.with(Role.INSPECTOR);
    final Person own = people.with(Set.of(Role.INSPECTOR), Set.of(squad));
    final Person sent = people.with(Set.of(Role.INSPECTOR), Set.of(otherSquad));
    final Person reviewer = people.with(Role.LEGAL_REVIEWER);
    /** A time of its own, so that nobody else is on duty then. */
    final Instant start =
            Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofDays(30L + HOUSES.incrementAndGet()));

    final Instant end = start.plusSeconds(3_600);
    final String camera = People.unique("camera");
    final long stream;
    final long duty;

    CheckHouse() {
        long post = jdbc().sql(
                        "insert into post (name, squad_id, geometry) values (:name, :squad, :at::jsonb) returning id")
                .param("name", People.unique("post"))
                .param("squad", Long.valueOf(squad))
                .param("at", SQUARE)
                .query(Long.class)
                .single();
        duty = jdbc().sql("""
                        insert into duty (officer_id, post_id, starts, ends) values (:officer, :post, :start, :end)
                        returning id""")
                .param("officer", Long.valueOf(officer))
                .param("post", post)
                .param("start", Timestamp.from(start))
                .param("end", Timestamp.from(end))
                .query(Long.class)
                .single();
        jdbc().sql("""
                insert into device (id, name, kind, protocol, protocol_id, squad_id)
                values (:id, :id, 'body-camera', 'mqtt', :id, :squad)""").param("id", camera).param("squad", Long.valueOf(squad)).update();
        service.bean(DeviceRegister.class).refresh(camera);
        jdbc().sql("""
                insert into custody (device_no, officer_id, held)
                select no, :officer, tstzrange(:start, null) from device where id = :id""")
                .param("officer", Long.valueOf(officer))
                .param("start", Timestamp.from(start))
                .param("id", camera)
                .update();
        stream = jdbc().sql("""
                        insert into stream (name, squad_id, device_no)
                        select :id, :squad, no from device where id = :id returning id""")
                .param("squad", Long.valueOf(squad))
                .param("id", camera)
                .query(Long.class)
                .single();
    }

    JdbcClient jdbc() {
        return service.bean(JdbcClient.class);
    }

    /** @return id of the list of a kind that comes with the service */
    String checklist(String kind) {
        return jdbc().sql("select id::text from checklist where kind = :kind and sample order by id limit 1")
                .param("kind", kind)
                .query(String.class)
                .single();
    }

    /** A list of its own: two items, of 10 and of 5 points. */
    String shortList(String kind) {
        Answer made = people.call(
                inspector,
                "POST",
                "/api/v1/checklists",
                Map.of(
                        "kind",
                        kind,
                        "name",
                        People.unique("list"),
                        "items",
                        List.of(
                                Map.of("group", "着装", "text", "制式服装齐全", "points", 10),
                                Map.of("group", "仪容", "text", "仪容整洁", "points", 5))));
        assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
        return made.body().path("id").asString();
    }

    Map<String, Object> wanted(String checklist, Person... persons) {
        Map<String, Object> wanted = new HashMap<>();
        wanted.put("checklistId", checklist);
        wanted.put("method", "screen");
        wanted.put("squadId", squad);
        wanted.put("officerId", officer);
        wanted.put("start", start.toString());
        wanted.put("end", end.toString());
        wanted.put("dueAt", Instant.now().plusSeconds(3_600).toString());
        wanted.put("persons", List.of(persons).stream().map(Person::id).toList());
        return wanted;
    }

    /** @return id of a task of two items that was given to these */
    String task(String kind, Person... persons) {
        Answer made = people.call(inspector, "POST", TASKS, wanted(shortList(kind), persons));
        assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
        return made.body().path("id").asString();
    }

    /** As the other one, begun by the first of them. */
    String begun(String kind, Person... persons) {
        String task = task(kind, persons);
        assertThat(act(persons[0], task, "start", Map.of()).status()).isEqualTo(200);
        return task;
    }

    JsonNode read(Person who, String task) {
        return people.get(who, TASKS + "/" + task).body();
    }

    /** Acts with the version that stands. */
    Answer act(Person who, String task, String action, Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(more);
        body.putIfAbsent("version", read(inspector, task).path("version").asInt());
        return people.call(who, "POST", TASKS + "/" + task + "/" + action, body);
    }

    Answer score(Person who, String task, int position, Object points) {
        Map<String, Object> body = new HashMap<>();
        JsonNode item = read(inspector, task).path("items").get(position - 1);
        body.put("version", item.path("version").asInt());
        if (points == null) {
            body.put("notApplicable", true);
        } else {
            body.put("points", points);
        }
        return people.call(who, "PUT", TASKS + "/" + task + "/items/" + position, body);
    }

    static String field(Answer answer) {
        return answer.body().path("errors").get(0).path("field").asString();
    }

    static List<String> words(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asString)
                .toList();
    }

    /** Reads with a purpose. */
    Answer look(Person who, String path, String purpose) {
        return answer(request(who, path)
                .header("X-Purpose", URLEncoder.encode(purpose, StandardCharsets.UTF_8))
                .GET()
                .build());
    }

    /** Keeps a file with a task. */
    Answer keep(Person who, String task, byte[] content, Map<String, String> fields) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        fields.forEach((name, value) -> body.writeBytes(
                ("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n")
                        .getBytes(StandardCharsets.UTF_8)));
        body.writeBytes(
                ("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(content);
        body.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return answer(request(who, TASKS + "/" + task + "/evidence")
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                .build());
    }

    /** Whether a WebSocket may be opened. */
    boolean connects(Person who, String path) {
        try {
            HTTP.newWebSocketBuilder()
                    .header("Authorization", basic(who))
                    .buildAsync(
                            URI.create(service.url().replaceFirst("^http", "ws") + path), new WebSocket.Listener() {})
                    .join()
                    .abort();
            return true;
        } catch (CompletionException e) {
            assertThat(((WebSocketHandshakeException) e.getCause())
                            .getResponse()
                            .statusCode())
                    .isEqualTo(404);
            return false;
        }
    }

    private HttpRequest.Builder request(Person who, String path) {
        return HttpRequest.newBuilder(URI.create(service.url() + path)).header("Authorization", basic(who));
    }

    private static String basic(Person who) {
        String login = who.username() + ":" + People.PASSWORD;
        return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    }

    private static Answer answer(HttpRequest request) {
        try {
            HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            boolean json =
                    answer.headers().firstValue("Content-Type").orElse("").contains("json");
            return new Answer(answer.statusCode(), json ? JSON.readTree(answer.body()) : JSON.nullNode(), answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
