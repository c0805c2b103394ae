package org.farwatch.api.findings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.farwatch.api.RunningService;
import org.farwatch.api.access.People;
import org.farwatch.api.access.Role;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A squad with its leader and an officer, and three inspectors, who deal with findings over HTTP. */
final class FindingDesk {
    private static final String BOUNDARY = "boundary-of-the-test";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    final RunningService service;
    final People people;
    final String squad;
    final String officerId;
    final People.Person issuer;
    final People.Person decider;
    final People.Person reviewer;
    final People.Person leader;
    final People.Person officer;

    FindingDesk(RunningService service) {
        this.service = service;
        people = new People(service);
        squad = people.squad();
        officerId = people.officer(squad);
        issuer = people.with(Role.INSPECTOR);
        decider = people.with(Role.INSPECTOR);
        reviewer = people.with(Role.INSPECTOR);
        leader = people.with(Set.of(Role.SQUAD_LEADER), Set.of(squad));
        officer = people.with(Role.OFFICER);
        people.link(officer, officerId);
    }

    JdbcClient jdbc() {
        return service.bean(JdbcClient.class);
    }

    String squadName() {
        return jdbc().sql("select name from squad where id = :id")
                .param("id", Long.valueOf(squad))
                .query(String.class)
                .single();
    }

    /** A lead about the officer, made by hand. */
    JsonNode lead() {
        return made(people.call(
                issuer,
                "POST",
                "/api/v1/supervision-leads",
                Map.of("squadId", squad, "officerId", officerId, "what", "在岗期间离岗 40 分钟")));
    }

    /** A finding that was noticed. */
    String noticed(String grade) {
        JsonNode lead = lead();
        return made(people.call(
                        issuer,
                        "POST",
                        "/api/v1/supervision-leads/" + lead.path("id").asString() + "/notice",
                        notice(lead, grade)))
                .path("id")
                .asString();
    }

    static Map<String, Object> notice(JsonNode lead, String grade) {
        return Map.of(
                "version",
                lead.path("version").asInt(),
                "class",
                grade,
                "fact",
                "2026年11月20日 09:10 至 09:50 在岗期间离岗 40 分钟。",
                "rule",
                "《城市管理执法行为规范》第十二条");
    }

    /** A finding that went as far as an action leads on the straight way. */
    String after(String grade, FindingAction last) {
        String finding = noticed(grade);
        for (FindingAction action : List.of(
                FindingAction.EXPLAIN, FindingAction.CONFIRM, FindingAction.RECTIFY, FindingAction.RECHECK_PASSED)) {
            done(finding, action);
            if (action == last) {
                return finding;
            }
        }
        throw new IllegalArgumentException(last + " is not on the straight way");
    }

    /** Done by somebody who may, with all that it asks for. */
    JsonNode done(String finding, FindingAction action) {
        People.Person who = switch (action) {
            case EXPLAIN, REQUEST_REVIEW, RECTIFY -> leader;
            case ACCEPT, CONFIRM, RECHECK_FAILED, RECHECK_PASSED, CLOSE -> decider;
            case UPHOLD, OVERTURN -> reviewer;
        };
        RunningService.Answer answer = act(who, finding, action, said());
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer.body();
    }

    /** Enough for any action. */
    static Map<String, Object> said() {
        Map<String, Object> said = new HashMap<>();
        said.put("reason", "ordered-elsewhere");
        said.put("note", "奉调度令到东门处置占道，有通话记录。");
        said.put("proof", "排班表已更正并张贴。");
        return said;
    }

    /** With the version that the finding has now. */
    RunningService.Answer act(People.Person who, String finding, FindingAction action, Map<String, Object> said) {
        Map<String, Object> body = new HashMap<>(said);
        body.putIfAbsent("version", version(finding));
        if (action == FindingAction.CLOSE) {
            body.keySet().removeAll(Set.of("reason", "proof"));
        }
        return people.call(who, "POST", "/api/v1/findings/" + finding + "/" + action.label(), body);
    }

    int version(String finding) {
        return jdbc().sql("select version from finding where id = :id")
                .param("id", Long.valueOf(finding))
                .query(Integer.class)
                .single();
    }

    JsonNode seen(People.Person who, String finding) {
        return people.get(who, "/api/v1/findings/" + finding).body();
    }

    static Map<String, Object> without(Map<String, Object> said, String key) {
        Map<String, Object> less = new HashMap<>(said);
        less.remove(key);
        return less;
    }

    static JsonNode made(RunningService.Answer answer) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
        return answer.body();
    }

    /** A file as a browser sends it. */
    RunningService.Answer upload(People.Person who, String path, String name, byte[] content) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
                        + "\"\r\nContent-Type: image/png\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(content);
        body.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        HttpResponse<byte[]> answer = send(request(who, path)
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                .build());
        JsonNode read = JsonMapper.builder().build().readTree(answer.body());
        return new RunningService.Answer(answer.statusCode(), read, null);
    }

    /** Bytes of a file, and how they were answered. */
    HttpResponse<byte[]> download(People.Person who, String path) {
        return send(request(who, path).GET().build());
    }

    HttpResponse<byte[]> put(String username, String password, String path, byte[] content) {
        return send(HttpRequest.newBuilder(URI.create(service.url() + path))
                .header("Authorization", basic(username, password))
                .header("Content-Type", "application/octet-stream")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(content))
                .build());
    }

    private HttpRequest.Builder request(People.Person who, String path) {
        return HttpRequest.newBuilder(URI.create(service.url() + path))
                .header("Authorization", basic(who.username(), People.PASSWORD));
    }

    private static String basic(String username, String password) {
        return "Basic "
                + Base64.getEncoder().encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
