package org.farwatch.api.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.farwatch.api.Application;
import org.farwatch.api.RunningService;
import org.farwatch.api.requirements.Proves;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The demonstration as a visitor sees it: moving markers, one officer who leaves, an operator who decides. */
@Tag("alone")
class DemoTest {
    /** The promise of {@code ./run --demo}. */
    private static final Duration TWO_MINUTES = Duration.ofMinutes(2);

    /** The promise of a lead within three minutes: so long behind the other one at most. */
    private static final Duration ONE_MINUTE = Duration.ofMinutes(1);

    private static final double PATIENCE_MILLIS = 20_000;
    private static final Path PICTURES =
            Path.of(System.getProperty("farwatch.pictures", "target/pictures")).toAbsolutePath();

    private static final List<Screen> SCREENS = List.of(
            new Screen("alerts", "/alerts", "菜场东门"),
            new Screen("duty", "/duty", "张敏"),
            new Screen("posts", "/duty/posts", "轨交三号口"),
            new Screen("devices", "/devices", "手持终端 101"),
            new Screen("device", "/devices/mqtt-BD2026101", "张敏"),
            new Screen("organisation", "/admin/organisation", "一中队"),
            new Screen("users", "/admin/users", "admin"),
            new Screen("rules", "/admin/rules", "presence.leave-seconds"),
            new Screen("audit", "/admin/audit", "127.0.0.1"));

    @Test
    @Proves(
            value = {"R002", "R004"},
            screen = "/situation",
            api = "GET /positions/latest, /duties")
    void withinTwoMinutesMarkersMoveAndOneOfficerOffPostIsReportedAndDecidedOn() {
        try (Browser browser = Browser.open();
                RunningService service = RunningService.start(
                        Map.of(Application.DEMO, "true", "farwatch.devices.self-registration", "false"))) {
            Page page = browser.page(service, 1600, 900, "zh-CN");
            Browser.logIn(page, "admin", RunningService.ADMIN_PASSWORD);
            page.getByTestId("map").waitFor();

            awaitDrawn(page);
            Map<String, String> before = places(page);
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(places(page).entrySet())
                            .filteredOn(place -> !place.getValue().equals(before.get(place.getKey())))
                            .as("devices whose marker moved")
                            .hasSizeGreaterThan(15));

            Locator card = page.getByTestId("alert-card");
            Locator offPost = card.filter(new Locator.FilterOptions().setHasText("离岗"));
            assertThat(offPost)
                    .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout((double) TWO_MINUTES.toMillis()));
            Locator lead = card.filter(new Locator.FilterOptions().setHasText("疑似问题"));
            assertThat(lead)
                    .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout((double) ONE_MINUTE.toMillis()));
            JsonNode alerts = service.get("/api/v1/alerts?kind=off-post").body().path("items");
            assertThat(alerts).hasSize(1);
            assertThat(alerts.get(0).path("officerName").asString()).isEqualTo("张敏");
            picture(page, "situation-zh");

            lead.click();
            page.keyboard().press("Enter");
            page.getByTestId("lead-evidence").locator("img").first().waitFor();
            settle(page.getByTestId("alert-panel").locator("canvas").first());
            picture(page, "lead-zh");
            page.keyboard().press("Escape");
            offPost.click();
            page.keyboard().press("Enter");
            settle(page.getByTestId("alert-panel").locator("canvas").first());
            picture(page, "alert-zh");
            page.getByTestId("alert-confirm").first().click();
            page.getByTestId("lane-none").first().click();
            await().atMost(Duration.ofMillis((long) PATIENCE_MILLIS))
                    .until(() -> service.get("/api/v1/alerts?kind=off-post")
                            .body()
                            .path("items")
                            .get(0)
                            .path("state")
                            .asString()
                            .equals("confirmed"));
            JsonNode left = service.get("/api/v1/alerts?state=new").body().path("items");
            assertThat(left.findValuesAsString("kind"))
                    .as("one lead, and nothing else was raised")
                    .containsExactly("lead");

            Page english = browser.page(service, 1600, 900, "en-US");
            english.navigate("/");
            english.getByTestId("language").getByText("English").click();
            Browser.logIn(english, "admin", RunningService.ADMIN_PASSWORD);
            awaitDrawn(english);
            picture(english, "situation-en");
            for (Screen screen : SCREENS) {
                screen.pictureOf(page, "zh");
                screen.pictureOf(english, "en");
            }
            assertThat(browser.complaints()).isEmpty();
        }
    }

    /** Awaits that the map shows every device of the demonstration, none of them hidden in a cluster. */
    private static void awaitDrawn(Page page) {
        page.getByTestId("map").waitFor();
        page.waitForFunction("() => window.farwatch?.positions().filter((device) => device.drawn).length >= 16");
        assertThat(places(page)).hasSize(18);
    }

    private static Map<String, String> places(Page page) {
        return ((List<?>) page.evaluate("() => window.farwatch?.positions() ?? []"))
                .stream()
                        .map(entry -> (Map<?, ?>) entry)
                        .collect(Collectors.toMap(
                                entry -> (String) entry.get("deviceId"),
                                entry -> entry.get("longitude") + " " + entry.get("latitude")));
    }

    /** Awaits that two pictures in a row are the same: fonts, lists and maps are drawn. */
    private static void settle(Locator part) {
        byte[][] last = {part.screenshot()};
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    byte[] before = last[0];
                    last[0] = part.screenshot();
                    return Arrays.equals(before, last[0]);
                });
    }

    /**
     * A screen beside the map.
     *
     * @param row text that it must show before its picture is taken
     */
    private record Screen(String name, String path, String row) {
        void pictureOf(Page page, String language) {
            page.navigate(path);
            page.locator("main").getByText(row).first().waitFor();
            Locator map = page.locator("main canvas");
            if (map.count() > 0) {
                settle(map.first());
            }
            picture(page, name + "-" + language);
        }
    }

    private static void picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
    }
}
