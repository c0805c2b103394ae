package org.farwatch.benchmarks.video;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.farwatch.benchmarks.process.House;

/**
 * Camera clock to screen, and the first picture of a viewer, in the real console in Chromium without a window: from the
 * time drawn into a picture before it is encoded to the time at which the browser's compositor means to show it
 * ({@code expectedDisplayTime} of {@code requestVideoFrameCallback}); the time is read back from the video element by a
 * canvas. In between: encoder, RTP over TCP on loopback, the service, WebSocket, Media Source, decoder, compositor – all
 * on one machine, one clock. What a monitor's panel adds is not in it. The first picture counts from the console's
 * opening of the socket, not from the click.
 */
public final class ScreenBenchmark {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final double LIMIT_MILLIS = 30_000;

    private ScreenBenchmark() {}

    /**
     * Milliseconds.
     *
     * @param pictures shown by the browser in a second, of 25
     * @param unread pictures whose time could not be read
     * @param clockToScreen of every picture shown
     * @param firstPicture from opening the socket to the first picture's display, one for each visit of the page
     */
    public record Result(double pictures, int unread, Spread clockToScreen, Spread firstPicture) {}

    /** @return none where there is no Chromium */
    static Optional<Result> run(House house, ClockServer cameras, int visits, Duration watched)
            throws IOException, InterruptedException {
        if (!Files.isExecutable(CHROMIUM)) {
            System.out.println("left out: no " + CHROMIUM + " (Debian package chromium)");
            return Optional.empty();
        }
        String stream = house.stream("clock", cameras.url(1), false);
        Playwright.CreateOptions options =
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"));
        BrowserType.LaunchOptions launch = new BrowserType.LaunchOptions()
                .setExecutablePath(CHROMIUM)
                .setArgs(List.of(
                        "--no-sandbox",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--no-first-run"));
        try (Playwright playwright = Playwright.create(options);
                Browser browser = playwright.chromium().launch(launch);
                BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                        .setBaseURL(house.url())
                        .setViewportSize(1440, 900)
                        .setLocale("zh-CN"));
                InputStream script = ScreenBenchmark.class.getResourceAsStream("screen_clock.js")) {
            context.addInitScript(new String(script.readAllBytes(), StandardCharsets.UTF_8));
            Page page = context.newPage();
            page.setDefaultTimeout(LIMIT_MILLIS);
            logIn(page);
            return Optional.of(measure(page, stream, visits, watched));
        }
    }

    private static Result measure(Page page, String stream, int visits, Duration watched) throws InterruptedException {
        List<Double> first = new ArrayList<>();
        // The first visit loads the console and does not count.
        for (int visit = -1; visit < visits; visit++) {
            page.navigate("/video/" + stream);
            sayPurpose(page);
            page.waitForFunction("() => window.screenClock.first !== null");
            if (visit >= 0) {
                first.add(number(page.evaluate("() => window.screenClock.first - window.screenClock.opened")));
            }
        }
        page.evaluate("() => { window.screenClock.shown = []; window.screenClock.unread = 0 }");
        long began = System.nanoTime();
        TimeUnit.NANOSECONDS.sleep(watched.toNanos());
        double seconds = (System.nanoTime() - began) / 1e9;
        List<Double> delays = ((List<?>) page.evaluate("() => window.screenClock.shown"))
                .stream().map(ScreenBenchmark::number).toList();
        int unread = (int) number(page.evaluate("() => window.screenClock.unread"));
        Result result = new Result(delays.size() / seconds, unread, Spread.of(delays), Spread.of(first));
        System.out.printf(
                "camera clock to screen: median %.0f ms, p95 %.0f, most %.0f of %d pictures, %.1f a second, %d unread;"
                        + " first picture median %.0f ms, p95 %.0f of %d%n",
                result.clockToScreen().median(),
                result.clockToScreen().p95(),
                result.clockToScreen().most(),
                result.clockToScreen().count(),
                result.pictures(),
                unread,
                result.firstPicture().median(),
                result.firstPicture().p95(),
                visits);
        return result;
    }

    private static void logIn(Page page) {
        page.navigate("/");
        field(page, "login-username", House.USER);
        field(page, "login-password", House.PASSWORD);
        page.getByTestId("login-submit").click();
        page.getByTestId("map").waitFor();
    }

    private static void field(Page page, String name, String value) {
        page.getByTestId(name)
                .locator("input")
                .or(page.locator("input[data-testid=" + name + "]"))
                .first()
                .fill(value);
    }

    /** The console asks why somebody looks, unless he has said so a short while ago. */
    private static void sayPurpose(Page page) {
        page.waitForCondition(() -> page.getByRole(AriaRole.DIALOG).isVisible()
                || page.evaluate("() => window.screenClock.opened !== null").equals(true));
        if (page.getByRole(AriaRole.DIALOG).isVisible()) {
            page.keyboard().press("1");
        }
    }

    private static double number(Object value) {
        return ((Number) value).doubleValue();
    }
}
