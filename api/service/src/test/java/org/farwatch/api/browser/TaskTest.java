package org.farwatch.api.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.farwatch.api.RunningService;
import org.farwatch.api.access.People;
import org.farwatch.api.access.People.Person;
import org.farwatch.api.access.Role;
import org.farwatch.api.leads.Alerts;
import org.farwatch.api.leads.NewAlert;
import org.farwatch.api.requirements.Proves;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** An alert becomes a task that goes back, goes on and is closed: operator and squad leaders, each in a browser of his own. */
class TaskTest {
    private static final Path PICTURES =
            Path.of(System.getProperty("farwatch.pictures", "target/pictures")).toAbsolutePath();
    /** What others do is seen without a click, within a reading of the page. */
    private static final LocatorAssertions.ContainsTextOptions SOON =
            new LocatorAssertions.ContainsTextOptions().setTimeout(20_000);

    @Test
    @Proves(
            value = "R008",
            screen = "/situation",
            api = "POST /tasks/{id}/...",
            missing = "the time within which a lead must be reviewed")
    void anAlertIsConfirmedToATaskReturnedReassignedSignedHandledCheckedAndClosed() {
        try (Browser browser = Browser.open();
                RunningService service = RunningService.start(Map.of())) {
            People people = new People(service);
            String first = people.squad();
            String second = people.squad();
            Person operator = people.with(Role.OPERATOR);
            Person leader = people.with(Set.of(Role.SQUAD_LEADER), Set.of(first));
            Person other = people.with(Set.of(Role.SQUAD_LEADER), Set.of(second));
            String alert = sos(service, first);

            Page centre = browser.page(service, 1600, 900, "zh-CN");
            Browser.logIn(centre, operator.username(), People.PASSWORD);
            centre.getByTestId("alert-card").waitFor();
            centre.keyboard().press("c");
            assertThat(centre.getByTestId("lanes")).containsText("处置任务");
            centre.keyboard().press("c");
            assertThat(centre.getByTestId("alert-card")).hasCount(0);

            Page squad = home(browser, service, leader);
            assertThat(squad.getByTestId("squad-missing")).containsText("无人缺位");
            openTask(squad);
            squad.getByTestId("task-return").click();
            choose(squad, "task-reason", "非本队辖区");
            squad.getByTestId("form-save").click();
            assertThat(squad.getByTestId("task-state")).hasText("退回");

            centre.navigate("/tasks?state=returned");
            openTask(centre);
            centre.getByTestId("task-reassign").click();
            choose(centre, "task-squad", nameOf(service, second));
            centre.getByTestId("form-save").click();
            assertThat(centre.getByTestId("task-state")).hasText("待签收");
            assertThat(centre.getByTestId("task-panel").getByTestId("task-clock"))
                    .containsText("签收 剩余 09:");

            Page others = home(browser, service, other);
            openTask(others);
            others.getByTestId("task-sign").click();
            others.getByTestId("form-save").click();
            assertThat(others.getByTestId("task-state")).hasText("已签收");
            assertThat(others.getByRole(AriaRole.DIALOG)).hasCount(0);
            picture(others, "squad-zh");
            others.getByTestId("task-handle").click();
            others.getByTestId("form-save").click();
            assertThat(others.getByRole(AriaRole.DIALOG)).containsText("必填");
            others.getByTestId("task-note").fill("已到场处置，人员安全");
            others.getByTestId("form-save").click();
            assertThat(others.getByTestId("task-state")).hasText("已处置");
            assertThat(others.getByTestId("task-panel").locator("footer")).hasCount(0);

            assertThat(centre.getByTestId("task-state")).containsText("已处置", SOON);
            picture(centre, "tasks-zh");
            centre.getByTestId("task-check-passed").click();
            centre.getByTestId("task-note").fill("回放核实无异常");
            centre.getByTestId("form-save").click();
            assertThat(centre.getByTestId("task-state")).hasText("结案");
            assertThat(centre.getByTestId("task-panel")).containsText("非本队辖区");

            JsonNode closed = service.get("/api/v1/alerts/" + alert).body();
            assertThat(closed.path("state").asString()).isEqualTo("closed");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    /** Logs in; a squad leader begins at his squad's page. */
    private static Page home(Browser browser, RunningService service, Person leader) {
        Page page = browser.page(service, 1600, 900, "zh-CN");
        Browser.logIn(page, leader.username(), People.PASSWORD);
        page.waitForURL(Pattern.compile(".*/squad$"));
        return page;
    }

    private static void openTask(Page page) {
        page.locator("main").getByText("紧急报警 · 指挥车").first().click();
        page.getByTestId("task-panel").waitFor();
    }

    private static void choose(Page page, String field, String option) {
        page.getByTestId(field).click();
        page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName(option))
                .click();
    }

    private static String sos(RunningService service, String squad) {
        Instant now = Instant.now();
        NewAlert sos = new NewAlert(
                "sos",
                "sos",
                "critical",
                now,
                "sos:test",
                "指挥车发出紧急报警",
                Map.of("device", "指挥车"),
                Long.parseLong(squad),
                0,
                0,
                0,
                0,
                0,
                null,
                121.44,
                31.19);
        return Long.toString(service.bean(Alerts.class).raise(sos, now).orElseThrow());
    }

    private static String nameOf(RunningService service, String squad) {
        return service.bean(JdbcClient.class)
                .sql("select name from squad where id = :id")
                .param("id", Long.valueOf(squad))
                .query(String.class)
                .single();
    }

    private static void picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
    }
}
