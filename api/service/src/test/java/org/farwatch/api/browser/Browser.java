package org.farwatch.api.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.farwatch.api.RunningService;
import org.junit.jupiter.api.Assumptions;

/** Debian's Chromium without a window, driven by Playwright; drawing in software, so that maps appear on any machine. */
public final class Browser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox",
            "--use-angle=swiftshader",
            "--enable-unsafe-swiftshader",
            "--ignore-gpu-blocklist",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run");

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser browser;
    private final List<String> complaints = new ArrayList<>();

    private Browser(List<String> more) {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(
                                Stream.concat(ARGUMENTS.stream(), more.stream()).toList()));
    }

    static {
        // What is asserted comes or does not; on a busy machine it comes late.
        PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
    }

    /** Says "skipped" where Chromium is not installed; {@code ./test} installs it. */
    public static Browser open() {
        return open(List.of());
    }

    /** As the other, with a microphone that beeps once a second. */
    public static Browser withMicrophone() {
        return open(List.of("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"));
    }

    private static Browser open(List<String> more) {
        if (!Files.isExecutable(CHROMIUM)) {
            String reason = "skipped: no " + CHROMIUM + " (Debian package chromium)";
            System.out.println(reason);
            Assumptions.abort(reason);
        }
        return new Browser(more);
    }

    /** A new profile with one page that complains about every error in the console. */
    public Page page(RunningService service, int width, int height, String locale) {
        BrowserContext context = browser.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                .setBaseURL(service.url())
                .setViewportSize(width, height)
                .setLocale(locale)
                .setTimezoneId("Asia/Shanghai"));
        Page page = context.newPage();
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.text().contains("the server responded with a status of 4")) {
                complaints.add(message.text());
            }
        });
        return page;
    }

    public static void logIn(Page page, String username, String password) {
        if (!page.url().startsWith("http")) {
            page.navigate("/");
        }
        page.getByTestId("login-username")
                .locator("input")
                .or(page.locator("input[data-testid=login-username]"))
                .first()
                .fill(username);
        page.getByTestId("login-password")
                .locator("input")
                .or(page.locator("input[data-testid=login-password]"))
                .first()
                .fill(password);
        page.getByTestId("login-submit").click();
    }

    /** What pages complained about since the browser was opened. */
    public List<String> complaints() {
        return complaints;
    }

    /** Pictures of all open pages go to {@code target/}, so that a failed test can be looked at. */
    @Override
    public void close() {
        int number = 0;
        for (BrowserContext context : browser.contexts()) {
            for (Page page : context.pages()) {
                Path picture =
                        Path.of("target", "browser-" + Thread.currentThread().threadId() + "-" + number++ + ".png");
                page.screenshot(new Page.ScreenshotOptions().setPath(picture));
            }
        }
        complaints.forEach(System.out::println);
        browser.close();
        playwright.close();
    }
}
