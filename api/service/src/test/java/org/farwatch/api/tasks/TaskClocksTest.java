package org.farwatch.api.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.farwatch.api.RunningService.Answer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The clocks of a task: when they end, and what happens when they ran out. */
class TaskClocksTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TaskHouse house = new TaskHouse();

    @Test
    void bothClocksRunFromTheMomentOfAsking() {
        JsonNode task = house.read(house.leader, "task", house.task("task"));
        Instant opened = instant(task, "openedAt");
        assertThat(Duration.between(opened, instant(task, "signDue"))).hasMinutes(10);
        assertThat(Duration.between(opened, instant(task, "handleDue"))).hasHours(1);
        assertThat(instant(task, "dueAt")).isEqualTo(instant(task, "signDue"));
        house.act(house.leader, "task", task.path("id").asString(), "sign", Map.of());
        assertThat(instant(house.read(house.leader, "task", task.path("id").asString()), "dueAt"))
                .isEqualTo(instant(task, "handleDue"));
    }

    @Test
    void aClockThatRanOutIsToldOnceToItsSquadAndThatItActedAfterAll() {
        String id = house.task("task");
        runOut(id, "sign_due");
        JsonNode alert = await().atMost(PATIENCE)
                .until(() -> overdue(id), found -> found.size() == 1)
                .getFirst();
        assertThat(alert.path("code").asString()).isEqualTo("sign-overdue");
        assertThat(alert.path("unitId").asString()).isEqualTo(house.squad);
        assertThat(house.people
                        .get(house.leader, "/api/v1/tasks?overdue=true")
                        .body()
                        .path("items"))
                .hasSize(1);

        house.service.bean(TaskClocks.class).look();
        assertThat(overdue(id)).as("told once").hasSize(1);

        house.act(house.leader, "task", id, "sign", Map.of());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(overdue(id)
                                .getFirst()
                                .path("overtaken")
                                .path("text")
                                .asString())
                        .contains("签收"));
        runOut(id, "handle_due");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(overdue(id))
                        .extracting(each -> each.path("code").asString())
                        .containsExactlyInAnyOrder("sign-overdue", "handle-overdue"));
        assertThat(house.read(house.leader, "task", id).path("overdue").asString())
                .isEqualTo("handle");
    }

    @Test
    void aReassignmentStartsItsClocksAnewAndTheyAreToldAnew() {
        String id = house.task("ticket");
        runOut(id, "sign_due");
        await().atMost(PATIENCE).until(() -> overdue(id).size() == 1);
        house.act(house.leader, "ticket", id, "return", Map.of("reason", "not-our-work"));
        house.act(house.operator, "ticket", id, "reassign", Map.of("squadId", house.squad));
        assertThat(house.read(house.leader, "ticket", id).path("overdue").isMissingNode())
                .isTrue();
        await().atMost(PATIENCE)
                .until(() -> overdue(id).getFirst().path("overtaken").path("at").isString());
        runOut(id, "sign_due");
        await().atMost(PATIENCE).until(() -> overdue(id).size() == 2);
    }

    @Test
    void theClocksAreThresholdsThatGoTogether() {
        Answer refused =
                house.service.call("PATCH", "/api/v1/rules/task.sign-seconds", Map.of("value", 3600, "version", 1));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().path("detail").asString()).contains("less than task.handle-seconds");
    }

    /** As if time had passed: the instants in the table are what the service goes by. */
    private void runOut(String id, String column) {
        house.jdbc()
                .sql("update task set " + column + " = clock_timestamp() where id = :id")
                .param("id", Long.valueOf(id))
                .update();
    }

    private List<JsonNode> overdue(String id) {
        return house.people
                .get(house.leader, "/api/v1/alerts?kind=overdue&limit=1000")
                .body()
                .path("items")
                .valueStream()
                .filter(alert -> alert.path("detail")
                        .path("args")
                        .path("task")
                        .asString()
                        .equals(id))
                .toList();
    }

    private static Instant instant(JsonNode task, String field) {
        return Instant.parse(task.path(field).asString());
    }
}
