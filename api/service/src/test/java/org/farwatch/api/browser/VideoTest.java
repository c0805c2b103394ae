package org.farwatch.api.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.farwatch.api.RunningService;
import org.farwatch.api.requirements.Proves;
import org.farwatch.api.video.RtspServer;
import org.junit.jupiter.api.Test;

/** A real camera's picture in a real browser, live and played back. */
class VideoTest {
    private static final Path PICTURES =
            Path.of(System.getProperty("farwatch.pictures", "target/pictures")).toAbsolutePath();
    private static final String LOADED = """
        () => [...document.querySelectorAll('video')].some(v => v.readyState >= 2)\
        """;
    private static final String PLAYING = """
        () => [...document.querySelectorAll('video')].some(v => v.videoWidth > 0 && v.currentTime > 0 && !v.paused)\
        """;

    /** Sound is decoded; the camera sends G.711. */
    private static final String HEARD = """
        () => [...document.querySelectorAll('video')].some(v => v.webkitAudioDecodedByteCount > 0)\
        """;

    @Test
    @Proves(value = "R003", screen = "/video", api = "WS /streams/{id}/live")
    void aCameraIsWatchedLiveAndItsRecordingIsPlayedBack() {
        try (RtspServer server = RtspServer.start("gate=alaw");
                Browser browser = Browser.open();
                RunningService service = RunningService.start(Map.of())) {
            String id = service.call(
                            "POST",
                            "/api/v1/streams",
                            Map.of("name", "菜场东门 1 号", "sourceUrl", server.url("gate"), "record", true))
                    .body()
                    .path("id")
                    .asString();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> service.get("/api/v1/streams/" + id)
                            .body()
                            .path("state")
                            .asString()
                            .equals("live"));
            Page page = browser.page(service, 1440, 900, "zh-CN");
            Browser.logIn(page, "admin", RunningService.ADMIN_PASSWORD);
            page.getByTestId("map").waitFor();

            page.navigate("/video/" + id);
            sayPurpose(page);
            page.waitForFunction(PLAYING);
            double before = position(page);
            await().atMost(Duration.ofSeconds(20)).until(() -> position(page) > before + 1);
            page.waitForFunction(HEARD);
            page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("live-zh.png")));

            // What is written reaches the table of runs every few seconds, and is judged some seconds later.
            String today = "?from=" + Instant.now().minusSeconds(600) + "&to="
                    + Instant.now().plusSeconds(600);
            await().atMost(Duration.ofSeconds(40))
                    .until(() -> !service.get("/api/v1/streams/" + id + "/coverage" + today)
                            .body()
                            .path("recorded")
                            .isEmpty());
            page.getByText("回放", new Page.GetByTextOptions().setExact(true)).click();
            page.getByTestId("playback-picture").waitFor();
            page.waitForFunction(LOADED);
            page.getByTestId("play").click();
            page.waitForFunction(PLAYING);
            double played = position(page);
            await().atMost(Duration.ofSeconds(20)).until(() -> position(page) > played + 0.5);
            page.waitForFunction(HEARD);
            page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("playback-zh.png")));
            assertThat(browser.complaints()).isEmpty();
            assertThat(service.get("/api/v1/view-log").body().path("items").findValuesAsString("kind"))
                    .contains("live-picture", "recording");
        }
    }

    private static void sayPurpose(Page page) {
        page.getByRole(com.microsoft.playwright.options.AriaRole.DIALOG).waitFor();
        page.keyboard().press("1");
    }

    private static double position(Page page) {
        return ((Number) page.evaluate(
                        "() => Math.max(0, ...[...document.querySelectorAll('video')].map(v => v.currentTime))"))
                .doubleValue();
    }
}
