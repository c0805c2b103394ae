package org.farwatch.api.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.farwatch.api.RunningService;
import org.farwatch.api.access.People;
import org.farwatch.api.access.People.Person;
import org.farwatch.api.access.Role;
import org.farwatch.api.telemetry.DroveYesterday;
import org.junit.jupiter.api.Test;

/** A day of a vehicle on its page: asked for with a purpose, as kilometres, as trips with a gap, and as a track. */
class DeviceTripsTest {
    private static final Path PICTURES =
            Path.of(System.getProperty("farwatch.pictures", "target/pictures")).toAbsolutePath();

    @Test
    void kilometresTripsAndGapsOfADayAreShownAndThePathOfOne() throws Exception {
        RunningService service = RunningService.shared();
        String device = DroveYesterday.vehicle(service);
        try (Browser browser = Browser.open()) {
            Person inspector = new People(service).with(Role.INSPECTOR);
            Page page = browser.page(service, 1600, 900, "zh-CN");
            Browser.logIn(page, inspector.username(), People.PASSWORD);

            page.waitForURL(Pattern.compile(".*/inspection$"));
            page.navigate("/devices/" + device);
            page.getByRole(
                            AriaRole.BUTTON,
                            new Page.GetByRoleOptions().setName("行程").setExact(true))
                    .click();
            page.getByTestId("trips-read").click();
            page.getByTestId("purpose-check-presence").click();

            assertThat(page.getByTestId("trip-figures")).containsText("按轨迹推算");
            assertThat(page.getByTestId("trip-figures")).containsText("30:01");
            assertThat(page.locator("tr.trip")).hasCount(2);
            assertThat(page.locator("tr.gap")).containsText("期间去向不明");
            assertThat(page.locator("tr.trip").first()).containsText("以信号中断结束");
            page.locator("tr.trip").first().click();
            assertThat(page.locator("tr.trip").first()).hasClass(Pattern.compile(".*current.*"));
            assertThat(page).hasURL(Pattern.compile(".*view=trips.*day=.*"));
            page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("trips-zh.png")));

            page.getByRole(
                            AriaRole.BUTTON,
                            new Page.GetByRoleOptions().setName("轨迹").setExact(true))
                    .click();
            page.getByText("近 24 小时").click();
            assertThat(page.getByTestId("track-slider")).isVisible();
            assertThat(page.locator("tr.current")).isVisible();
            page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("track-zh.png")));
            assertThat(browser.complaints()).isEmpty();
        }
    }
}
