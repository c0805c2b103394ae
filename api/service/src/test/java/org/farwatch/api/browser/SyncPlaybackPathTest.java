package org.farwatch.api.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.zip.ZipFile;
import org.farwatch.api.RunningService;
import org.farwatch.api.video.RtspServer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Two real recordings, one of which has a hole, on one axis and one clock in a real browser. */
class SyncPlaybackPathTest {
    private static final Path PICTURES =
            Path.of(System.getProperty("farwatch.pictures", "target/pictures")).toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    /** Milliseconds that a picture may be off the clock while it plays on a busy machine. */
    private static final int IN_STEP = 250;

    private String gate;
    private String yard;

    @Test
    void twoRecordingsPlayInStepAndAGapSaysWhyItIsThere() throws Exception {
        try (RtspServer server = RtspServer.start("gate=h264", "yard=h264");
                Browser browser = Browser.open();
                RunningService service = RunningService.start(Map.of("farwatch.video.segment", "2s"))) {
            gate = stream(service, "菜场东门", server.url("gate"));
            yard = stream(service, "菜场西门", server.url("yard"));
            await().atMost(PATIENCE).until(() -> live(service, gate) && live(service, yard));
            Instant begun = Instant.now();
            assertThat(service.call(
                                    "POST",
                                    "/api/v1/requirements",
                                    Map.of("streamId", yard, "from", begun, "to", begun.plusSeconds(3_600)))
                            .status())
                    .isEqualTo(201);
            await().atMost(PATIENCE).until(() -> recorded(service, yard, begun) > 14);
            server.remove("yard");
            await().atMost(PATIENCE).until(() -> !live(service, yard));
            Instant lost = Instant.now();
            await().atMost(PATIENCE).until(() -> recorded(service, gate, lost) > 10);
            server.add("yard=h264");
            await().atMost(PATIENCE).until(() -> live(service, yard));
            await().atMost(PATIENCE).until(() -> recorded(service, yard, lost) > 8);
            JsonNode gap = coverage(service, yard, begun).path("gaps").get(0);
            Instant from = Instant.parse(gap.path("from").asString());
            Instant to = Instant.parse(gap.path("to").asString());
            String cause = gap.path("cause").asString();

            Page page = browser.page(service, 1920, 1080, "zh-CN");
            Browser.logIn(page, "admin", RunningService.ADMIN_PASSWORD);
            page.getByTestId("map").waitFor();
            page.navigate("/video/playback?streams=" + gate + "," + yard + "&at=" + from.minusSeconds(9));
            sayPurpose(page);
            following(page, gate, "showing");
            following(page, yard, "showing");

            framesGoByKeys(page);

            page.keyboard().press(" ");
            await().atMost(PATIENCE).until(() -> rates(page).contains("1"));
            for (int i = 0; i < 5; i++) {
                await().atMost(PATIENCE)
                        .until(() -> Math.abs(drift(page, gate)) < IN_STEP && Math.abs(drift(page, yard)) < IN_STEP);
            }
            page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("sync-zh.png")));

            // In the hole one says why, and the other plays on.
            following(page, yard, "absent");
            following(page, gate, "showing");
            assertThat(picture(page, yard).getByTestId("sync-note")).containsText("缺录");
            assertThat(picture(page, yard).getByTestId("sync-note")).not().containsText("原因不明");
            page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("sync-gap-zh.png")));
            following(page, yard, "showing");
            page.keyboard().press(" ");

            theAxisTells(page, from, to);
            page.navigate("/video/playback?streams=" + gate + "," + yard + "&at=" + begun.plusSeconds(2));
            sayPurpose(page);
            following(page, gate, "showing");
            following(page, yard, "showing");
            page.getByTestId("speed-4").click();
            page.getByTestId("play").click();
            page.waitForFunction(
                    "() => [...document.querySelectorAll('video')].every(v => v.playbackRate >= 3 && v.playbackRate <= 5)");
            page.getByTestId("play").click();

            export(page, service);
            assertThat(cause).isNotEmpty();
            Page small = browser.page(service, 1366, 768, "en-US");
            small.addInitScript(VideoWallPathTest.LIGHT_ENGLISH);
            Browser.logIn(small, "admin", RunningService.ADMIN_PASSWORD);
            small.getByTestId("map").waitFor();
            small.navigate("/video/playback?streams=" + gate + "," + yard + "&at=" + from.plusSeconds(3));
            sayPurpose(small);
            following(small, gate, "showing");
            following(small, yard, "absent");
            small.getByTestId("zoom-minute").click();
            await().atMost(PATIENCE).until(() -> width(small.getByTestId("sync-axis")) == 60_000);
            small.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("sync-light-en.png")));
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private static void sayPurpose(Page page) {
        page.getByTestId("purpose-verify-alert").click();
        page.getByTestId("purpose")
                .waitFor(new Locator.WaitForOptions()
                        .setState(com.microsoft.playwright.options.WaitForSelectorState.HIDDEN));
    }

    private void framesGoByKeys(Page page) {
        double before = position(page);
        page.keyboard().press("ArrowRight");
        await().atMost(PATIENCE).until(() -> position(page) > before);
        following(page, gate, "showing");
        double after = position(page);
        assertThat(after - before).isBetween(0.01, 0.21);
        page.keyboard().press("ArrowLeft");
        await().atMost(PATIENCE).until(() -> position(page) < after);
        following(page, gate, "showing");
        following(page, yard, "showing");
        assertThat(position(page)).isCloseTo(before, org.assertj.core.data.Offset.offset(0.1));
    }

    private void theAxisTells(Page page, Instant from, Instant to) {
        Locator axis = page.getByTestId("sync-axis");
        page.getByTestId("zoom-year").click();
        await().atMost(PATIENCE).until(() -> width(axis) == Duration.ofDays(365).toMillis());
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("sync-year-zh.png")));
        page.getByTestId("zoom-second").click();
        await().atMost(PATIENCE).until(() -> width(axis) == 1_000);
        page.getByTestId("zoom-minute").click();
        await().atMost(PATIENCE).until(() -> width(axis) == 60_000);
        assertThat(axis.locator("[data-row='" + yard + "'] .gap").first()).isAttached();
        var box = axis.boundingBox();
        double start = Double.parseDouble(axis.getAttribute("data-from"));
        double middle = (from.toEpochMilli() + to.toEpochMilli()) / 2.0;
        page.mouse().move(box.x + (middle - start) / 60_000 * box.width, box.y + 20 + 36 + 12);
        assertThat(page.getByTestId("axis-tip")).containsText("缺录");
        double wide = width(axis);
        page.mouse().wheel(0, -300);
        await().atMost(PATIENCE).until(() -> width(axis) < wide);
    }

    private void export(Page page, RunningService service) throws Exception {
        page.getByTestId("export").click();
        assertThat(page.getByTestId("export-" + gate)).hasCount(0);
        page.locator("[data-testid=export-reason] input, input[data-testid=export-reason]")
                .first()
                .fill("案件取证 7 号");
        Locator save = page.getByTestId("export-" + gate);
        assertThat(save).isVisible();
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("export-zh.png")));
        Download download = page.waitForDownload(save::click);
        Path file = Files.createTempFile("export", ".zip");
        download.saveAs(file);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            assertThat(zip.stream().map(entry -> entry.getName())).anyMatch(name -> name.endsWith(".mp4"));
        } finally {
            Files.delete(file);
        }
        assertThat(service.get("/api/v1/view-log").body().path("items").findValuesAsString("purpose"))
                .contains("案件取证 7 号");
    }

    private static String stream(RunningService service, String name, String url) {
        return service.call("POST", "/api/v1/streams", Map.of("name", name, "sourceUrl", url, "record", true))
                .body()
                .path("id")
                .asString();
    }

    private static boolean live(RunningService service, String id) {
        return service.get("/api/v1/streams/" + id)
                .body()
                .path("state")
                .asString()
                .equals("live");
    }

    private static JsonNode coverage(RunningService service, String id, Instant from) {
        return service.get("/api/v1/streams/" + id + "/coverage?from=" + from + "&to=" + from.plusSeconds(3_600))
                .body();
    }

    /** Seconds since. */
    private static double recorded(RunningService service, String id, Instant from) {
        double sum = 0;
        for (JsonNode stretch : coverage(service, id, from).path("recorded")) {
            Instant start = Instant.parse(stretch.path("from").asString());
            Instant end = Instant.parse(stretch.path("to").asString());
            sum += Duration.between(start, end).toMillis() / 1_000.0;
        }
        return sum;
    }

    private static Locator picture(Page page, String id) {
        return page.locator("[data-testid=sync-picture][data-stream-id='" + id + "']");
    }

    private static void following(Page page, String id, String state) {
        picture(page, id)
                .and(page.locator("[data-following=" + state + "]"))
                .waitFor(new Locator.WaitForOptions().setTimeout((double) PATIENCE.toMillis()));
    }

    private static double drift(Page page, String id) {
        String drift = picture(page, id).getAttribute("data-drift");
        return drift == null ? Double.MAX_VALUE : Double.parseDouble(drift);
    }

    private double position(Page page) {
        return ((Number) picture(page, gate).locator("video").evaluate("v => v.currentTime")).doubleValue();
    }

    private static String rates(Page page) {
        return page.evaluate(
                        "() => [...document.querySelectorAll('video')].filter(v => !v.paused).map(v => Math.round(v.playbackRate)).join()")
                .toString();
    }

    private static double width(Locator axis) {
        return Double.parseDouble(axis.getAttribute("data-to")) - Double.parseDouble(axis.getAttribute("data-from"));
    }
}
