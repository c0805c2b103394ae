package org.farwatch.api.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocket;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.farwatch.api.RunningService;
import org.farwatch.api.video.RtspServer;
import org.junit.jupiter.api.Test;

/** The wall in a real browser with real cameras: arranged by mouse and keys, kept, turned, and let go. */
class VideoWallPathTest {
    private static final Path PICTURES =
            Path.of(System.getProperty("farwatch.pictures", "target/pictures")).toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String[] NAMES = {"菜场东门", "菜场西门", "衡山路口", "天平路口", "学校门前", "地铁出口"};
    private static final int LAST = NAMES.length - 1;
    /** Keeps each MediaSource that the page makes, to count those that are open. */
    private static final String COUNTED = """
            window.sources = [];
            const Real = window.MediaSource;
            window.MediaSource = class extends Real {
                constructor() {
                    super();
                    window.sources.push(this);
                }
            };
            """;

    static final String LIGHT_ENGLISH =
            "localStorage.setItem('farwatch.preferences', '{\"theme\":\"light\",\"language\":\"en\"}')";

    private final List<WebSocket> sockets = new ArrayList<>();

    @Test
    void aWallIsArrangedKeptAndTurnedAndHoldsOnlyWhatIsSeen() {
        try (RtspServer server =
                        RtspServer.start("a=h264", "b=h264", "c=h264", "d=h264", "e=h264", "f=h264", "small=h264");
                Browser browser = Browser.open();
                RunningService service = RunningService.start(Map.of("farwatch.video.linger", "1s"))) {
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < NAMES.length; i++) {
                ids.add(service.call("POST", "/api/v1/streams", camera(server, i))
                        .body()
                        .path("id")
                        .asString());
            }
            Page page = browser.page(service, 1920, 1080, "zh-CN");
            page.addInitScript(COUNTED);
            page.onWebSocket(socket -> {
                if (socket.url().contains("/streams/")) {
                    sockets.add(socket);
                }
            });
            Browser.logIn(page, "admin", RunningService.ADMIN_PASSWORD);
            page.getByTestId("map").waitFor();
            page.navigate("/video");

            // By click and by dragging; a stream on demand begins by itself.
            item(page, ids.get(0)).click();
            sayPurpose(page);
            playing(page, 1);
            item(page, ids.get(1)).dragTo(cell(page, 3));
            playing(page, 2);
            shows(page, ids.get(0), null, null, ids.get(1));

            // By keys: the picture goes along with Shift; a search and Enter place the next one.
            cell(page, 0).focus();
            page.keyboard().press("Shift+ArrowRight");
            assertThat(cell(page, 1)).isFocused();
            shows(page, null, ids.get(0), null, ids.get(1));
            Locator search = page.locator("[data-testid=stream-search] input, input[data-testid=stream-search]");
            search.first().fill(NAMES[2]);
            search.first().press("Enter");
            search.first().fill("");
            playing(page, 3);
            shows(page, ids.get(2), ids.get(0), null, ids.get(1));

            // Among four, the smaller picture where there is one.
            quality(page, ids.get(0), "sub");
            quality(page, ids.get(1), "main");

            // Enlarged, only that picture is fetched; then all come back.
            cell(page, 1).dblclick();
            assertThat(page.getByTestId("wall-cell")).hasCount(1);
            quality(page, ids.get(0), "main");
            fetched(page, 1);
            page.keyboard().press("Escape");
            assertThat(page.getByTestId("wall-cell")).hasCount(4);
            playing(page, 3);
            quality(page, ids.get(0), "sub");
            assertThat(page.getByTestId("delay")).hasCount(3);
            page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("wall-zh.png")));

            // The mark of the viewer steps.
            Locator mark = page.getByTestId("watermark").first();
            assertThat(mark).containsText("管理员");
            String before = mark.getAttribute("data-place");
            await().atMost(Duration.ofSeconds(15)).until(() -> !before.equals(mark.getAttribute("data-place")));

            // Removed by key, it is let go.
            cell(page, 0).focus();
            page.keyboard().press("Delete");
            shows(page, null, ids.get(0), null, ids.get(1));
            await().atMost(PATIENCE).until(() -> state(service, ids.get(2)).equals("idle"));

            // Kept by name, and there again after the page was left.
            page.getByTestId("saved-walls").click();
            page.getByTestId("save-layout").click();
            page.locator("[data-testid=wall-name] input, input[data-testid=wall-name]")
                    .first()
                    .fill("早班");
            page.getByTestId("form-save").click();
            page.getByTestId("form-save").waitFor(hidden());
            page.navigate("/video");
            shows(page, null, null, null, null);
            page.getByTestId("saved-walls").click();
            page.getByTestId("wall-早班").click();
            sayPurpose(page);
            playing(page, 2);
            shows(page, null, ids.get(0), null, ids.get(1));

            patrol(page, service, ids);
            Page small = browser.page(service, 1366, 768, "en-US");
            small.addInitScript(LIGHT_ENGLISH);
            Browser.logIn(small, "admin", RunningService.ADMIN_PASSWORD);
            small.getByTestId("map").waitFor();
            small.navigate("/video?layout=9&cells=" + String.join(",", ids.subList(0, 5)));
            sayPurpose(small);
            playing(small, 5);
            cell(small, 0).hover();
            small.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("wall-light-en.png")));
            map(small, ids.get(LAST));
            assertThat(browser.complaints()).isEmpty();
        }
    }

    /** By key from the lines below the map, then by a click on the map itself, which looks at what is selected. */
    private static void map(Page page, String placed) {
        page.getByTestId("segment-map").click();
        Locator line = page.locator("[data-testid=nearby-item][data-stream-id='" + placed + "']");
        line.press("Enter");
        playing(page, 6);
        Locator cell = page.locator("[data-testid=wall-cell][data-stream-id='" + placed + "']");
        assertThat(cell).hasCount(1);
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("wall-map-light-en.png")));
        cell.focus();
        page.keyboard().press("Delete");
        assertThat(cell).hasCount(0);
        page.getByTestId("segment-list").click();
        page.getByTestId("segment-map").click();
        line.waitFor();
        await().atMost(PATIENCE).until(() -> {
            if (cell.count() == 0) {
                page.getByTestId("camera-map").locator("canvas").click();
            }
            return cell.count() == 1;
        });
        playing(page, 6);
    }

    private static Map<String, Object> camera(RtspServer server, int i) {
        Map<String, Object> camera = new HashMap<>(Map.of(
                "name", NAMES[i], "sourceUrl", server.url(String.valueOf((char) ('a' + i))), "fetch", "on-demand"));
        if (i == 0) {
            camera.put("subSourceUrl", server.url("small"));
        }
        if (i == LAST) {
            camera.put("location", Map.of("longitude", 121.44, "latitude", 31.19));
            camera.put("heading", 90);
            camera.put("fieldOfView", 70);
        }
        return camera;
    }

    private static void quality(Page page, String id, String quality) {
        page.locator("[data-testid=wall-cell][data-stream-id='" + id + "'] [data-quality=" + quality + "]")
                .waitFor();
    }

    private void patrol(Page page, RunningService service, List<String> ids) {
        page.getByTestId("saved-walls").click();
        page.getByTestId("new-patrol").click();
        page.locator("[data-testid=wall-name] input, input[data-testid=wall-name]")
                .first()
                .fill("夜巡");
        page.getByText("加入未分配中队（6）").click();
        page.getByRole(AriaRole.SPINBUTTON).fill("5");
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("patrol-dialog-zh.png")));
        page.getByTestId("form-save").click();
        assertThat(page.getByTestId("patrol-page")).hasText("第 1 / 2 页");
        shows(page, ids.subList(0, 4).toArray(String[]::new));
        assertThat(page.getByTestId("patrol-page")).hasText("第 2 / 2 页");
        page.keyboard().press("p");
        shows(page, ids.get(4), ids.get(5), null, null);
        playing(page, 2);
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("patrol-zh.png")));

        // Turned by hand again and again, nothing of what was shown stays behind.
        for (int i = 0; i < 7; i++) {
            page.getByTestId("patrol-next").click();
            playing(page, i % 2 == 0 ? 4 : 2);
        }
        fetched(page, 4);
        page.waitForFunction("() => sources.filter(s => s.readyState === 'open').length === 4");
        assertThat(((Number) page.evaluate("() => sources.length")).intValue()).isGreaterThan(20);
        page.getByTestId("patrol-end").click();
        assertThat(page.getByTestId("patrol")).hasCount(0);
        shows(page, ids.subList(0, 4).toArray(String[]::new));
        page.navigate("/alerts");
        await().atMost(PATIENCE)
                .until(() -> ids.stream().allMatch(id -> state(service, id).equals("idle")));
    }

    private static void sayPurpose(Page page) {
        page.getByTestId("purpose-verify-alert").click();
        page.getByTestId("purpose").waitFor(hidden());
    }

    private static Locator.WaitForOptions hidden() {
        return new Locator.WaitForOptions().setState(com.microsoft.playwright.options.WaitForSelectorState.HIDDEN);
    }

    private static Locator item(Page page, String id) {
        return page.locator("[data-testid=stream-item][data-stream-id='" + id + "']");
    }

    private static Locator cell(Page page, int place) {
        return page.getByTestId("wall-cell").nth(place);
    }

    private static List<String> cells(Page page) {
        page.getByTestId("wall-cell").first().waitFor();
        List<String> found = new ArrayList<>();
        for (Locator cell : page.getByTestId("wall-cell").all()) {
            found.add(cell.getAttribute("data-stream-id"));
        }
        return found;
    }

    private static void shows(Page page, String... ids) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(cells(page)).containsExactly(ids));
    }

    private static void playing(Page page, int pictures) {
        page.waitForFunction("""
                n => document.querySelectorAll('[data-testid=live-picture][data-phase=playing]').length === n
                    && [...document.querySelectorAll('video')].filter(v => v.videoWidth > 0).length === n
                """, pictures);
    }

    /** Waits within Playwright, which learns of a closed socket only while it is called. */
    private void fetched(Page page, long count) {
        page.waitForCondition(
                () -> sockets.stream().filter(socket -> !socket.isClosed()).count() == count,
                new Page.WaitForConditionOptions().setTimeout((double) PATIENCE.toMillis()));
    }

    private static String state(RunningService service, String id) {
        return service.get("/api/v1/streams/" + id).body().path("state").asString();
    }
}
