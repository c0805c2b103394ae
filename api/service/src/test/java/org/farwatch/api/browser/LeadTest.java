package org.farwatch.api.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.farwatch.api.RunningService;
import org.farwatch.api.requirements.Proves;
import org.farwatch.api.zones.Pavement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** From drawing a zone to deciding on what was seen in it, in a real browser. */
class LeadTest {
    private static final Path PICTURES =
            Path.of(System.getProperty("farwatch.pictures", "target/pictures")).toAbsolutePath();
    private static final String LOADED = """
            () => [...document.querySelectorAll('video')].some(v => v.readyState >= 2)""";

    @TempDir
    private Path folder;

    @Test
    @Proves(
            value = {"R009", "R018"},
            screen = "/situation",
            api = "GET /alerts?kind=lead")
    void aZoneIsDrawnAndTheLeadThatItGivesIsOpenedAndConfirmed() {
        // The carton comes late enough for the zone to be drawn before.
        Path file = Pavement.write(folder.resolve("carton.mp4"), 120, 45, 120);
        try (Browser browser = Browser.open();
                RunningService service = RunningService.start(Map.of("farwatch.video.file-roots", folder.toString()))) {
            Page page = browser.page(service, 1440, 900, "zh-CN");
            Browser.logIn(page, "admin", RunningService.ADMIN_PASSWORD);
            page.getByTestId("map").waitFor();
            String stream = service.call(
                            "POST",
                            "/api/v1/streams",
                            Map.of(
                                    "name",
                                    "东门人行道监控",
                                    "sourceUrl",
                                    "file:" + file,
                                    "location",
                                    Map.of("longitude", 121.44, "latitude", 31.19)))
                    .body()
                    .path("id")
                    .asString();
            page.navigate("/video/" + stream);
            page.getByRole(AriaRole.DIALOG).waitFor();
            page.keyboard().press("1");
            page.waitForFunction(LOADED);

            drawZone(page);
            JsonNode zone = service.get("/api/v1/streams/" + stream + "/zones")
                    .body()
                    .path("items")
                    .get(0);
            assertThat(zone.path("name").asString()).isEqualTo("东门人行道");
            assertThat(zone.path("state").asString()).isEqualTo("trial");
            assertThat(zone.path("polygon").get(0).get(0).asDouble()).isBetween(0.18, 0.22);
            assertThat(zone.path("polygon").get(2).get(1).asDouble()).isBetween(0.93, 0.97);
            goLive(page);
            assertThat(page.getByTestId("zones")).containsText("正式");
            assertThat(page.getByRole(AriaRole.DIALOG)).not().isVisible();
            page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("zone-zh.png")));

            page.navigate("/");
            Locator card = page.getByTestId("alert-card");
            assertThat(card.first()).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(90_000));
            assertThat(card).hasCount(1);
            assertThat(card.first()).containsText("东门人行道");
            card.first().click();
            Locator panel = page.getByTestId("alert-panel");
            panel.getByTestId("lead-evidence").locator("img").first().waitFor();
            panel.getByText("片段", new Locator.GetByTextOptions().setExact(true))
                    .click(new Locator.ClickOptions().setTimeout(30_000));
            page.waitForFunction("() => { const v = document.querySelector('[data-testid=lead-evidence] video');"
                    + " return v && v.currentTime > 0.5 && v.duration > 14 && v.duration < 20 }");
            panel.getByText("前后对比", new Locator.GetByTextOptions().setExact(true))
                    .click();
            panel.getByRole(AriaRole.SLIDER).locator("img").waitFor();
            page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("lead-compared-zh.png")));
            panel.getByText("确认", new Locator.GetByTextOptions().setExact(true))
                    .last()
                    .click();
            panel.getByTestId("lane-none").click();
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> service.get("/api/v1/alerts?kind=lead")
                            .body()
                            .path("items")
                            .get(0)
                            .path("state")
                            .asString()
                            .equals("confirmed"));
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private static void drawZone(Page page) {
        page.getByTestId("zone-new").click();
        Locator canvas = page.getByTestId("zone-canvas");
        canvas.locator("img").waitFor();
        BoundingBox box = canvas.boundingBox();
        double scale = Math.min(box.width / 640, box.height / 480);
        double left = box.x + (box.width - 640 * scale) / 2;
        double top = box.y + (box.height - 480 * scale) / 2;
        for (double[] corner : List.of(
                new double[] {0.2, 0.4},
                new double[] {0.9, 0.4},
                new double[] {0.9, 0.95},
                new double[] {0.2, 0.95},
                new double[] {0.2, 0.4})) {
            page.mouse().click(left + corner[0] * 640 * scale, top + corner[1] * 480 * scale);
        }
        page.getByTestId("zone-name").fill("东门人行道");
        page.getByRole(AriaRole.SPINBUTTON).fill("0.1");
        page.getByTestId("zone-save").click();
        assertThat(page.getByTestId("zones")).containsText("试运行");
    }

    private static void goLive(Page page) {
        page.getByTestId("zones")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("编辑"))
                .click();
        page.getByTestId("zones")
                .getByRole(AriaRole.GROUP, new Locator.GetByRoleOptions().setName("状态"))
                .locator(".el-select")
                .click();
        page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName("正式"))
                .click();
        page.getByTestId("zone-save").click();
        page.getByRole(AriaRole.DIALOG)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("转为正式"))
                .click();
    }
}
