package org.farwatch.api.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.farwatch.api.RunningService;
import org.farwatch.ingest.simulator.camera.StreetScene;
import org.farwatch.ingest.simulator.gb28181.DeviceMemory;
import org.farwatch.ingest.simulator.gb28181.DeviceMemory.Stretch;
import org.farwatch.ingest.simulator.gb28181.DeviceTraits;
import org.farwatch.ingest.simulator.gb28181.SimulatedDevice;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a recorder has of a camera: listed, played, paused and fetched in a real browser, so that the gap closes. */
class DeviceRecordingsPathTest {
    private static final Path PICTURES =
            Path.of(System.getProperty("farwatch.pictures", "target/pictures")).toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String PASSWORD = "common-password";
    private static final String DEVICE = "34020000001180000077";

    @Test
    void aRecordingIsPlayedPausedAndFetched() throws Exception {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Instant midnight = now.atZone(ZoneId.of("Asia/Shanghai"))
                .truncatedTo(ChronoUnit.DAYS)
                .toInstant();
        // All of it on the day that the page shows first.
        Instant from = now.minusSeconds(120).isBefore(midnight) ? midnight : now.minusSeconds(120);
        Instant to = from.plusSeconds(40);
        try (Browser browser = Browser.open();
                RunningService service = RunningService.start(Map.of(
                        "farwatch.gb28181.password", PASSWORD,
                        "farwatch.gb28181.media-transport", "tcp-passive",
                        "farwatch.device-recordings.download-speed", "16"));
                SimulatedDevice device = new SimulatedDevice(
                        DeviceTraits.proper(DEVICE, PASSWORD, List.of("34020000001320000077")),
                        "34020000002000000001",
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), service.port("SIP UDP")),
                        () -> StreetScene.quiet(1))) {
            device.remember(DeviceMemory.of(new Stretch(from, to)));
            assertThat(device.register(3600)).isEqualTo(200);
            String stream = await().atMost(PATIENCE).until(() -> stream(service), id -> !id.isEmpty());
            assertThat(service.call("POST", "/api/v1/requirements", Map.of("streamId", stream, "from", from, "to", to))
                            .status())
                    .isEqualTo(201);
            assertThat(coverage(service, stream, from, to).path("gaps")).hasSize(1);

            Page page = browser.page(service, 1600, 900, "zh-CN");
            Browser.logIn(page, "admin", RunningService.ADMIN_PASSWORD);
            page.getByTestId("map").waitFor();
            page.navigate("/video/" + stream + "?tab=device");
            page.getByTestId("purpose-verify-alert").click();
            Locator row = page.getByTestId("device-recording");
            assertThat(row).hasCount(1);
            assertThat(row).hasAttribute("data-recorded", "none");
            assertThat(row).containsText("本地没有");

            row.locator("button").first().click();
            Locator picture = page.getByTestId("device-picture");
            await().atMost(PATIENCE).until(() -> "playing".equals(picture.getAttribute("data-phase")));
            await().atMost(PATIENCE).until(() -> time(page) > 1);
            page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("device-recordings-zh.png")));
            page.getByTestId("device-play").click();
            await().atMost(PATIENCE).until(() -> "paused".equals(picture.getAttribute("data-phase")));
            double stood = time(page);
            await().during(Duration.ofSeconds(1)).atMost(PATIENCE).until(() -> time(page) == stood);
            assertThat(device.orders().getFirst()).startsWith("PAUSE");
            page.getByTestId("device-play").click();
            await().atMost(PATIENCE).until(() -> time(page) > stood + 0.5);

            page.getByTestId("device-fetch").click();
            await().atMost(PATIENCE).until(() -> "all".equals(row.getAttribute("data-recorded")));
            assertThat(page.getByTestId("device-fetch")).hasCount(0);
            JsonNode closed = coverage(service, stream, from, to);
            assertThat(closed.path("recordedSeconds").asDouble()).isGreaterThan(39);
            assertThat(closed.path("gaps"))
                    .as("a picture's length may be missing at the end")
                    .allSatisfy(gap -> assertThat(Duration.between(
                                    Instant.parse(gap.path("from").asString()),
                                    Instant.parse(gap.path("to").asString())))
                            .isLessThan(Duration.ofMillis(200)));
            keepLonger(page);
            assertThat(browser.complaints()).isEmpty();
        }
    }

    /** For how long the stream's recordings are kept, changed on its page: the form says what it does not take. */
    private static void keepLonger(Page page) {
        Locator kept = page.getByTestId("retention");
        assertThat(kept).containsText("按类别");
        kept.locator("button").click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        assertThat(dialog).containsText("已存");
        dialog.getByTestId("retention-own").click();
        Locator days = page.locator("input[data-testid=retention-days], [data-testid=retention-days] input");
        Locator reason =
                page.locator("textarea[data-testid=retention-reason], [data-testid=retention-reason] textarea");
        days.fill("29");
        page.getByTestId("form-save").click();
        assertThat(dialog).containsText("须为 30 至 3650 的整数");
        assertThat(dialog).containsText("单独设置须写明理由");
        assertThat(days).isFocused();
        days.fill("365");
        reason.fill("重点路口，案件需要");
        assertThat(dialog.getByRole(AriaRole.NOTE)).hasCount(0);
        page.getByTestId("form-save").click();
        assertThat(kept).containsText("保存 365 天");
        assertThat(dialog).hasCount(0);

        kept.locator("button").click();
        days.fill("90");
        assertThat(dialog.getByRole(AriaRole.NOTE)).containsText("超过 90 天且未留存的录像将在下一轮删除");
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("retention-zh.png")));
        page.getByTestId("form-save").click();
        assertThat(kept).containsText("保存 90 天");
        assertThat(kept).containsText("理由：重点路口，案件需要");
    }

    private static double time(Page page) {
        return ((Number) page.evaluate("() => document.querySelector('video').currentTime")).doubleValue();
    }

    private static String stream(RunningService service) {
        JsonNode channels = service.get("/api/v1/gb28181/devices/gb28181-" + DEVICE + "/channels")
                .body()
                .path("items");
        return channels.isEmpty() ? "" : channels.get(0).path("streamId").asString("");
    }

    private static JsonNode coverage(RunningService service, String stream, Instant from, Instant to) {
        return service.get("/api/v1/streams/" + stream + "/coverage?from=" + from + "&to=" + to)
                .body();
    }
}
