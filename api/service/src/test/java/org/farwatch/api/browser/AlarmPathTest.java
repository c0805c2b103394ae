package org.farwatch.api.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.farwatch.api.RunningService;
import org.farwatch.api.access.People;
import org.farwatch.api.access.Role;
import org.farwatch.api.alarms.StoredReports;
import org.farwatch.ingest.jt808.LocationAlarm;
import org.junit.jupiter.api.Test;

/** What a terminal reports, the alert that comes of it, and the rule that decides: in a real browser. */
class AlarmPathTest {
    private static final Path PICTURES =
            Path.of(System.getProperty("farwatch.pictures", "target/pictures")).toAbsolutePath();

    @Test
    void anAlarmIsSeenOnItsDeviceDecidedAndOver() {
        try (Browser browser = Browser.open();
                RunningService service = RunningService.start(Map.of())) {
            Page admin = browser.page(service, 1440, 900, "zh-CN");
            Browser.logIn(admin, "admin", RunningService.ADMIN_PASSWORD);
            admin.getByTestId("nav-admin").waitFor();
            makeSpeedingAnAlertAtOnce(admin);

            StoredReports car = StoredReports.ofNewVehicle(service, "沪A12345");
            People people = new People(service);
            Page page = browser.page(service, 1280, 720, "zh-CN");
            Browser.logIn(page, people.with(Role.OPERATOR).username(), People.PASSWORD);
            page.getByRole(AriaRole.NAVIGATION).first().waitFor();
            page.navigate("/devices/" + car.id() + "?view=alarms");
            assertThat(page.getByText("没有报警")).isVisible();

            long start = System.currentTimeMillis() / 1000 * 1000 - 600_000;
            car.store(start, LocationAlarm.OVERSPEED.mask());
            car.store(start + 20_000, LocationAlarm.SOS.mask());
            Locator sos = page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("紧急报警"));
            Locator speeding = page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("超速"));
            // Stored, looked at, raised, and read again by the page.
            assertThat(sos).containsText("持续中", new LocatorAssertions.ContainsTextOptions().setTimeout(40_000));
            assertThat(sos).containsText("补报");
            assertThat(sos).containsText("未应答");
            assertThat(speeding).containsText("00:20");
            assertThat(speeding).containsText("无需");
            assertThat(speeding.getByRole(AriaRole.LINK)).isVisible();

            sos.getByRole(AriaRole.LINK).click();
            assertThat(page.getByTestId("alert-panel")).containsText("沪A12345");
            String alert = page.url().replaceAll(".*alert=(\\d+).*", "$1");
            assertThat(service.call("POST", "/api/v1/alerts/" + alert + "/confirm", Map.of("version", 1))
                            .status())
                    .isEqualTo(200);
            assertThat(page.getByTestId("alert-panel")).containsText("已确认");
            page.goBack();
            assertThat(sos).containsText("已确认");
            assertThat(sos).containsText("下发中");
            car.store(start + 80_000, 0);
            assertThat(sos).containsText("01:00");
            page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("device-alarms-zh.png")));

            page.getByTestId("device-alarms")
                    .locator(".el-select__wrapper")
                    .first()
                    .click();
            page.getByRole(
                            AriaRole.OPTION,
                            new Page.GetByRoleOptions().setName("超速").setExact(true))
                    .click();
            assertThat(page).hasURL(Pattern.compile("alarm=overspeed"));
            assertThat(page.getByTestId("device-alarm")).hasText(new String[] {"超速"});
            page.navigate("/devices/" + car.id() + "?view=alarms&to=2020-01-01&from=2020-01-01");
            assertThat(page.getByText("没有符合当前筛选条件的记录")).isVisible();
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private static void makeSpeedingAnAlertAtOnce(Page admin) {
        admin.navigate("/admin/alarm-rules");
        Locator row = admin.getByRole(AriaRole.ROW)
                .filter(new Locator.FilterOptions().setHasText("overspeed"))
                .first();
        row.getByRole(AriaRole.BUTTON).click();
        Locator hold = admin.getByRole(AriaRole.DIALOG)
                .getByRole(AriaRole.GROUP)
                .filter(new Locator.FilterOptions().setHasText("持续多久才告警"));
        hold.locator("input").fill("3601");
        admin.getByTestId("form-save").click();
        assertThat(hold).containsText("0 至 3600");
        hold.locator("input").fill("0");
        admin.getByTestId("form-save").click();
        assertThat(admin.getByRole(AriaRole.DIALOG)).hasCount(0);
        assertThat(row).containsText("admin");
    }
}
