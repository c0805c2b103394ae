package org.farwatch.api.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.farwatch.api.RunningService;
import org.farwatch.api.RunningService.Answer;
import org.farwatch.api.access.People;
import org.farwatch.api.access.Role;
import org.farwatch.api.org.DeviceRegister;
import org.farwatch.api.requirements.Proves;
import org.farwatch.api.telemetry.PositionStore;
import org.farwatch.api.video.RtspServer;
import org.farwatch.geo.PositionBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** From a draw of who is on duty to the bench, a supervision lead and a closed finding, with a real recording. */
class BenchTest {
    private static final Path PICTURES =
            Path.of(System.getProperty("farwatch.pictures", "target/pictures")).toAbsolutePath();
    private static final String LOADED = """
        () => [...document.querySelectorAll('video')].some(v => v.videoWidth > 0 && v.readyState >= 2)\
        """;
    private static final String WEAR = "bench-item-1";
    private static final double LONGITUDE = 121.44;
    private static final double LATITUDE = 31.2;

    @TempDir
    private Path folder;

    private final Instant now = Instant.now();
    private String squad;

    @Test
    @Proves(
            value = {"R001", "R005", "R041"},
            screen = "/inspection/tasks/{id}",
            api = "/inspection-tasks/{id}/bench",
            missing = "clips of a recording as evidence")
    void whoIsDrawnIsCheckedAtTheBenchAndWhatIsFoundBecomesAClosedFinding() throws Exception {
        try (RtspServer server = RtspServer.start("gate=alaw");
                Browser browser = Browser.open();
                RunningService service = RunningService.start(Map.of())) {
            People people = new People(service);
            people.with(Role.INSPECTOR);
            String stream = squadOnDuty(service, server);
            JsonNode draw = drawn(service, browser, people);
            String inspector = draw.path("result")
                    .path("teams")
                    .get(0)
                    .path("inspectors")
                    .valueStream()
                    .map(member -> member.path("username").asString())
                    .filter(name -> !name.equals("admin"))
                    .findFirst()
                    .orElseThrow();
            awaitRecorded(service, stream);
            Page page = browser.page(service, 1600, 900, "zh-CN");
            Browser.logIn(page, inspector, People.PASSWORD);
            page.getByTestId("nav-inspection").waitFor();

            makeTasks(page, draw.path("id").asString());
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("李某"))
                    .click();
            page.getByTestId("purpose-own").click();
            page.getByTestId("check-start").click();
            assertThat(page.getByTestId("check-state")).hasText("检查中");
            score(page);
            page.waitForFunction(LOADED);
            assertThat(page.getByTestId("bench-presence")).containsText("在岗");
            moveCursor(page);
            page.keyboard().press("e");
            assertThat(page.getByTestId("bench-kept")).hasCount(1);
            page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("bench-zh.png")));

            page.getByTestId("check-lead").click();
            Locator dialog = page.getByRole(AriaRole.DIALOG);
            assertThat(dialog.getByTestId("finish-what")).hasValue(Pattern.compile("着装：.*"));
            dialog.getByTestId("form-save").click();
            page.waitForURL("**/inspection/leads/*");
            assertThat(page.locator("dl")).containsText("李某");
            assertThat(page.getByText(Pattern.compile("督察任务 \\d+ 李某的记录仪"))).isVisible();
            String lead = page.url();

            page.navigate("/inspection/sampling/" + draw.path("id").asString());
            assertThat(page.getByTestId("check-sheet")).containsText("李某");
            assertThat(page.getByTestId("check-sheet")).containsText("发现问题");
            page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("check-sheet-zh.png")));
            assertThat(browser.complaints()).isEmpty();
            assertThat(service.get("/api/v1/view-log?limit=1000")
                            .body()
                            .path("items")
                            .valueStream()
                            .filter(view -> view.path("purpose").asString().startsWith("inspection-task/"))
                            .map(view -> view.path("kind").asString()))
                    .contains("inspection-task", "presence", "track", "recording");

            page.navigate(lead);
            new FindingPath(browser, service, people, squad, folder).walk(page, "着装：");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private static void makeTasks(Page page, String draw) {
        page.navigate("/inspection/draws/" + draw);
        page.getByTestId("draw-tasks").click();
        page.getByTestId("draw-tasks-list").click();
        page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName("执法人员行为规范检查表"))
                .click();
        page.getByRole(AriaRole.DIALOG).getByTestId("form-save").click();
        page.waitForURL("**/inspection/tasks?**");
    }

    /** By keys alone: what is worn loses points, where one stands does not apply, all else is as it should be. */
    private static void score(Page page) {
        for (String points : List.of("7.5", "10", "15", "15", "15")) {
            for (int i = 0; i < points.length(); i++) {
                page.keyboard().press(points.substring(i, i + 1));
            }
            page.keyboard().press("ArrowDown");
        }
        page.keyboard().press("n");
        assertThat(page.getByTestId("bench-item-6")).containsText("不适用");
        page.keyboard().press("ArrowDown");
        page.keyboard().press("1");
        page.keyboard().press("0");
        page.keyboard().press("Enter");
        assertThat(page.getByTestId(WEAR)).containsText("7.5/15");
        assertThat(page.getByTestId("bench-score")).hasText("90.63");
        assertThat(page.getByTestId("check-lead")).isEnabled();
    }

    /** A step of the one cursor moves what is shown. */
    private static void moveCursor(Page page) {
        String before = page.getByTestId("bench-clock").innerText();
        page.getByTestId("bench-cursor").focus();
        page.keyboard().press("ArrowRight");
        assertThat(page.getByTestId("bench-clock")).not().hasText(before);
        page.waitForFunction(LOADED);
        page.getByTestId("bench-cursor").blur();
    }

    private static void awaitRecorded(RunningService service, String stream) {
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            String range = "?from=" + Instant.now().minusSeconds(600) + "&to="
                    + Instant.now().plusSeconds(600);
            JsonNode recorded = service.get("/api/v1/streams/" + stream + "/coverage" + range)
                    .body()
                    .path("recorded");
            return recorded.valueStream()
                    .anyMatch(run -> Duration.between(
                                            Instant.parse(run.path("from").asString()),
                                            Instant.parse(run.path("to").asString()))
                                    .toSeconds()
                            >= 10);
        });
    }

    /** An officer who is on post with a body camera that is recorded; returns its stream. */
    private String squadOnDuty(RunningService service, RtspServer server) throws Exception {
        squad = created(service, "/api/v1/squads", Map.of("name", "天平中队"));
        String officer = created(service, "/api/v1/officers", Map.of("name", "李某", "number", "0317", "squadId", squad));
        double half = 0.001;
        String post = created(
                service,
                "/api/v1/posts",
                Map.of(
                        "name",
                        "医院周边",
                        "squadId",
                        squad,
                        "geometry",
                        Map.of(
                                "type",
                                "Polygon",
                                "coordinates",
                                List.of(List.of(
                                        List.of(LONGITUDE - half, LATITUDE - half),
                                        List.of(LONGITUDE + half, LATITUDE - half),
                                        List.of(LONGITUDE + half, LATITUDE + half),
                                        List.of(LONGITUDE - half, LATITUDE + half),
                                        List.of(LONGITUDE - half, LATITUDE - half))))));
        String camera = created(
                service,
                "/api/v1/devices",
                Map.of(
                        "name",
                        "李某的记录仪",
                        "kind",
                        "body-camera",
                        "protocol",
                        "mqtt",
                        "protocolId",
                        "b-0342",
                        "squadId",
                        squad));
        created(
                service,
                "/api/v1/devices/" + camera + "/custody",
                Map.of("officerId", officer, "from", now.minusSeconds(900).toString()));
        created(
                service,
                "/api/v1/duties",
                Map.of(
                        "officerId",
                        officer,
                        "postId",
                        post,
                        "start",
                        now.minusSeconds(600).toString(),
                        "end",
                        now.plusSeconds(600).toString()));
        report(service, camera);
        return created(
                service,
                "/api/v1/streams",
                Map.of(
                        "name",
                        "李某的记录仪",
                        "sourceUrl",
                        server.url("gate"),
                        "record",
                        true,
                        "squadId",
                        squad,
                        "deviceId",
                        camera));
    }

    private void report(RunningService service, String device) throws Exception {
        int no = service.bean(DeviceRegister.class).byId(device).known().no();
        PositionBatch batch = new PositionBatch(200);
        for (int i = 0; i < 130; i++) {
            long at = now.minusSeconds(590).plusSeconds(10L * i).toEpochMilli();
            if (at > System.currentTimeMillis() + 240_000) {
                break;
            }
            int row = batch.append(no, at, System.currentTimeMillis(), at);
            batch.place(row, LONGITUDE + 0.0004 * Math.sin(i / 9.0), LATITUDE - 0.0004 + 0.000005 * i);
        }
        CompletableFuture<PositionBatch> done = new CompletableFuture<>();
        service.bean(PositionStore.class).accept(batch, done::complete);
        done.get(20, TimeUnit.SECONDS);
    }

    /** Of whoever is on duty now, which is one; frozen and drawn by an inspector. */
    private JsonNode drawn(RunningService service, Browser browser, People people) {
        Map<String, Object> plan = new HashMap<>(Map.of(
                "name",
                "十一月行为规范抽查",
                "kind",
                "officers-on-duty",
                "from",
                now.minusSeconds(86_400).toString(),
                "to",
                now.plusSeconds(86_400).toString(),
                "poolFrom",
                now.toString(),
                "items",
                1,
                "inspectors",
                2));
        String id = created(service, "/api/v1/draws", plan);
        Page page = browser.page(service, 1440, 900, "zh-CN");
        Browser.logIn(page, people.with(Role.INSPECTOR).username(), People.PASSWORD);
        page.getByTestId("nav-inspection").waitFor();
        page.navigate("/inspection/draws/" + id);
        page.getByTestId("draw-freeze").click();
        page.getByTestId("draw-draw").click();
        page.getByRole(AriaRole.DIALOG)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("抽取"))
                .last()
                .click();
        assertThat(page.getByTestId("draw-state")).containsText("已抽取");
        return service.get("/api/v1/draws/" + id).body();
    }

    private static String created(RunningService service, String path, Object body) {
        Answer answer = service.call("POST", path, body);
        assertThat(answer.status()).as("%s: %s", path, answer.body()).isEqualTo(201);
        return answer.body().path("id").asString();
    }
}
