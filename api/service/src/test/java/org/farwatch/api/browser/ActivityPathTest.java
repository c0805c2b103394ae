package org.farwatch.api.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.farwatch.api.RunningService;
import org.farwatch.api.access.People;
import org.farwatch.api.activities.ActivityHouse;
import org.farwatch.api.web.BureauTime;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A squad leader enters an activity and says by one key which recording proves its stage, in a real browser. */
class ActivityPathTest {
    private static final Path PICTURES =
            Path.of(System.getProperty("farwatch.pictures", "target/pictures")).toAbsolutePath();

    @Test
    void aLeaderEntersAnActivityAndAcceptsTheProposedRecordingByOneKey() {
        LocalDate day = LocalDate.now(BureauTime.ZONE).minusDays(1);
        Instant nine = day.atTime(9, 0).atZone(BureauTime.ZONE).toInstant();
        try (Browser browser = Browser.open();
                RunningService service = RunningService.start(Map.of())) {
            ActivityHouse house = new ActivityHouse(service);
            String officer = house.officer();
            house.camera()
                    .held(officer, nine.minusSeconds(3_600), null)
                    .recorded(nine.minusSeconds(60), nine.plusSeconds(1_200));
            Page page = browser.page(service, 1440, 900, "zh-CN");
            Browser.logIn(page, house.leader().username(), People.PASSWORD);
            page.getByTestId("nav-records").waitFor();
            page.navigate("/records/activities");
            assertThat(page.getByText("没有执法活动")).isVisible();

            page.getByTestId("activity-new").click();
            page.getByTestId("form-save").click();
            assertThat(page.getByRole(AriaRole.ALERT).first()).hasText("必填");
            page.getByTestId("activity-title").fill("示范路占道经营暂扣");
            page.getByTestId("activity-kind").click();
            page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName("查封扣押（暂扣物品）"))
                    .click();
            typed(page, "开始", day + " 09:00");
            typed(page, "结束", day + " 09:30");
            page.getByTestId("activity-officers").click();
            page.getByRole(AriaRole.OPTION).last().click();
            assertThat(page.getByTestId("activity-stage")).hasCount(3);
            page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("activity-form-zh.png")));
            page.getByTestId("activity-title").click();
            page.getByTestId("form-save").click();
            page.getByText("活动已保存").waitFor();
            assertThat(page.locator("tr[data-row]")).containsText("示范路占道经营暂扣");
            page.locator("tr[data-row]").first().click();
            assertThat(page.getByTestId("activity")).containsText("待关联");
            page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("activity-zh.png")));

            page.navigate("/records/matching");
            assertThat(page.getByTestId("match-line")).hasCount(3);
            page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("matching-zh.png")));
            page.keyboard().press("Enter");
            page.getByText("“告知”已关联，覆盖 100%").waitFor();
            assertThat(page.getByTestId("match-line")).hasCount(2);
            page.keyboard().press("j");
            page.keyboard().press("x");
            page.getByText("“查封扣押”已标记为无录像").waitFor();
            assertThat(page.getByTestId("match-line")).hasCount(1);
            page.keyboard().press("u");
            assertThat(page.getByTestId("match-line")).hasCount(2);

            assertThat(service.bean(JdbcClient.class)
                            .sql("select match from activity_stage order by position")
                            .query(String.class)
                            .list())
                    .containsExactly("matched", "open", "open");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private static void typed(Page page, String field, String value) {
        page.getByRole(
                        AriaRole.GROUP,
                        new Page.GetByRoleOptions().setName(field).setExact(true))
                .locator("input")
                .fill(value);
        page.keyboard().press("Enter");
    }
}
