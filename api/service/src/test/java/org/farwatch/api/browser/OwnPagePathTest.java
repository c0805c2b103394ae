package org.farwatch.api.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.farwatch.api.RunningService;
import org.farwatch.api.access.ConsoleSession;
import org.farwatch.api.access.People;
import org.farwatch.api.access.Role;
import org.farwatch.api.rollcall.Beat;
import org.junit.jupiter.api.Test;

/** An officer's page on a telephone: who looked at his track, and a correction asked for and answered. */
class OwnPagePathTest {
    private static final Path PICTURES =
            Path.of(System.getProperty("farwatch.pictures", "target/pictures")).toAbsolutePath();
    private static final int WIDTH = 390;
    /** Finger-wide, pixels. */
    private static final double TOUCH = 40;

    private final Beat beat = new Beat(RunningService.shared());
    private final People people = beat.people();

    @Test
    void anOfficerSeesWhoLookedAtHisTrackAndAsksForACorrectionThatHisLeaderAnswers() {
        Beat.OnBeat officer = beat.officer();
        Beat.OnBeat other = beat.officer();
        People.Person self = people.with(Role.OFFICER);
        people.link(self, officer.officerId());
        beat.report(officer, Instant.now().minusSeconds(20), 0);
        People.Person inspector = people.with(Role.INSPECTOR);
        People.Person stranger = people.with(Role.INSPECTOR);
        look(inspector, officer);
        look(stranger, other);
        notice(inspector, officer);
        try (Browser browser = Browser.open()) {
            Page page = browser.page(beat.service(), WIDTH, 844, "zh-CN");
            Browser.logIn(page, self.username(), People.PASSWORD);
            page.waitForURL("**/me");
            assertThat(page.getByTestId("me-duty")).containsText("当班");
            assertThat(page.getByTestId("me-findings")).containsText("在岗期间离岗");
            assertThat(page.getByTestId("me-held").locator("tbody tr").first()).containsText("1");
            Locator views = page.getByTestId("me-views");
            assertThat(page.getByTestId("me-view")).hasCount(1);
            assertThat(views).containsText("轨迹");
            assertThat(views).containsText("试 " + inspector.username() + " · 督察员 · 全区");
            assertThat(views).containsText("用途 投诉");
            assertThat(views).not().containsText(stranger.username());

            explain(page);
            ask(page);
            fits(page);
            page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("me-zh.png")));

            answer(browser, officer);
            page.reload();
            assertThat(page.getByTestId("me-correction")).containsText("已更正");
            assertThat(page.getByTestId("me-correction")).containsText("排班已改");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private void look(People.Person who, Beat.OnBeat whom) {
        try (ConsoleSession desk = new ConsoleSession(beat.service()).loggedIn(who)) {
            String path = "/api/v1/devices/" + whom.deviceId() + "/positions?from="
                    + Instant.now().minusSeconds(600);
            assertThat(desk.send("GET", path, null, Map.of("X-Purpose", "complaint"))
                            .status())
                    .isEqualTo(200);
        }
    }

    private void notice(People.Person inspector, Beat.OnBeat officer) {
        String lead = people.call(
                        inspector,
                        "POST",
                        "/api/v1/supervision-leads",
                        Map.of("squadId", beat.squad(), "officerId", officer.officerId(), "what", "在岗期间离岗"))
                .body()
                .path("id")
                .asString();
        assertThat(people.call(
                                inspector,
                                "POST",
                                "/api/v1/supervision-leads/" + lead + "/notice",
                                Map.of("version", 1, "class", "ordinary", "fact", "在岗期间离岗 40 分钟", "rule", "规范第十二条"))
                        .status())
                .isEqualTo(201);
    }

    private static void explain(Page page) {
        page.getByTestId("me-explain").click();
        page.getByTestId("act-reason").click();
        page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName("奉命执行其他任务"))
                .click();
        page.getByTestId("act-note").fill("奉调度令到东门处置占道。");
        page.getByTestId("form-save").click();
        assertThat(page.getByTestId("me-findings")).containsText("已说明");
        page.getByRole(AriaRole.DIALOG).waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
    }

    private static void ask(Page page) {
        page.getByTestId("me-correct").click();
        BoundingBox dialog = page.locator(".el-dialog:visible").boundingBox();
        assertThat(dialog.x).isNotNegative();
        assertThat(dialog.x + dialog.width).isLessThanOrEqualTo(WIDTH);
        page.getByTestId("correction-text").fill("20日早班我已与王五调班");
        page.getByTestId("form-save").click();
        assertThat(page.getByTestId("me-correction")).containsText("待中队长答复");
        page.getByRole(AriaRole.DIALOG).waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
    }

    /** Nothing is wider than the telephone, and whatever is pressed is as wide as a finger. */
    private static void fits(Page page) {
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(WIDTH);
        assertThat((Integer) page.evaluate("document.querySelector('main').scrollWidth"))
                .isLessThanOrEqualTo(WIDTH);
        List<Locator> pressed = page.locator(".me .el-button, nav.rail a").all();
        assertThat(pressed).isNotEmpty();
        for (Locator each : pressed) {
            assertThat(each.boundingBox().height).as(each.textContent()).isGreaterThanOrEqualTo(TOUCH);
        }
    }

    private void answer(Browser browser, Beat.OnBeat officer) {
        People.Person leader = people.with(Set.of(Role.SQUAD_LEADER), Set.of(beat.squad()));
        Page page = browser.page(beat.service(), 1366, 768, "zh-CN");
        Browser.logIn(page, leader.username(), People.PASSWORD);
        assertThat(page.getByTestId("squad-corrections")).containsText(officer.name());
        page.getByTestId("correction-answer").click();
        page.getByTestId("correction-corrected").click();
        page.getByTestId("correction-answer-text").fill("排班已改");
        page.getByTestId("form-save").click();
        assertThat(page.getByTestId("squad-corrections")).hasCount(0);
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("corrections-zh.png")));
    }
}
