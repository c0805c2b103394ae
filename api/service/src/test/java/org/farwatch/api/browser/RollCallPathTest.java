package org.farwatch.api.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.farwatch.api.RunningService;
import org.farwatch.api.access.People;
import org.farwatch.api.access.Role;
import org.farwatch.api.requirements.Proves;
import org.farwatch.api.rollcall.Beat;
import org.farwatch.api.video.RtspServer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A roll call in a real browser: one answers by position, one by the picture of his body camera, one is excused. */
class RollCallPathTest {
    private static final Path PICTURES =
            Path.of(System.getProperty("farwatch.pictures", "target/pictures")).toAbsolutePath();
    /** The page reads every few seconds. */
    private static final LocatorAssertions.ContainsTextOptions SOON =
            new LocatorAssertions.ContainsTextOptions().setTimeout(20_000);

    @Test
    @Proves(
            value = "R039",
            screen = "/inspection/roll-calls",
            api = "POST /roll-calls/{id}/answers/{officerId}/{action}")
    void positionsAndPicturesAnswerAndTheRestIsDecidedBeforeItIsClosed() {
        Beat beat = new Beat(RunningService.shared());
        Beat.OnBeat here = beat.officer();
        Beat.OnBeat filmed = beat.officer();
        Beat.OnBeat silent = beat.officer();
        try (RtspServer server = RtspServer.start("gate=alaw");
                Browser browser = Browser.open()) {
            beat.camera(filmed, server.url("gate"));
            Page page = browser.page(beat.service(), 1366, 768, "zh-CN");
            People.Person inspector = beat.people().with(Set.of(Role.INSPECTOR), Set.of(beat.squad()));
            Browser.logIn(page, inspector.username(), People.PASSWORD);
            page.getByTestId("nav-inspection").click();
            page.getByRole(
                            AriaRole.LINK,
                            new Page.GetByRoleOptions().setName("点名").setExact(true))
                    .click();
            page.getByTestId("roll-call-new").click();
            assertThat(page.getByTestId("roll-call-available")).hasText("现可点 3 人");
            page.getByTestId("roll-call-purpose").fill("早班在岗抽查");
            page.getByTestId("form-save").click();
            page.getByTestId("roll-call-term").waitFor();
            assertThat(page.getByTestId("roll-call-close")).isDisabled();

            beat.report(here, Instant.now(), 0);
            assertThat(row(page, here)).containsText("到岗", SOON);
            assertThat(row(page, here)).containsText("在岗位内");
            assertThat(row(page, silent)).containsText("无可用定位");
            assertThat(row(page, silent).getByTestId("roll-call-look")).hasCount(0);

            row(page, filmed).getByTestId("roll-call-look").click();
            page.getByTestId("purpose-check-presence").click();
            page.locator("[data-testid=live-picture][data-phase=playing]")
                    .waitFor(new Locator.WaitForOptions().setTimeout(20_000));
            page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("roll-call-zh.png")));
            page.getByTestId("roll-call-seen").click();
            assertThat(row(page, filmed)).containsText("画面确认", SOON);

            row(page, silent).getByTestId("roll-call-excuse").click();
            page.getByTestId("roll-call-reason").click();
            page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName("设备故障"))
                    .click();
            page.getByTestId("form-save").click();
            page.getByRole(AriaRole.DIALOG).waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
            assertThat(row(page, silent)).containsText("有因");
            page.getByTestId("roll-call-close").click();
            assertThat(page.getByTestId("roll-call-state")).hasText("已结束");
            assertThat(page.getByTestId("roll-call-counts")).containsText("2 到岗");
            assertThat(browser.complaints()).isEmpty();

            String id = page.url().substring(page.url().lastIndexOf('/') + 1);
            checkViews(beat, inspector, id, filmed);
        }
    }

    /** The picture answered, and the officer sees that it was looked at. */
    private static void checkViews(Beat beat, People.Person inspector, String call, Beat.OnBeat filmed) {
        JsonNode answer = beat.people()
                .get(inspector, "/api/v1/roll-calls/" + call)
                .body()
                .path("answers")
                .valueStream()
                .filter(each -> each.path("officerId").asString().equals(filmed.officerId()))
                .findFirst()
                .orElseThrow();
        assertThat(answer.path("basis").asString()).isEqualTo("picture");
        People.Person self = beat.people().with(Role.OFFICER);
        beat.people().link(self, filmed.officerId());
        assertThat(beat.people()
                        .get(self, "/api/v1/view-log/mine")
                        .body()
                        .path("items")
                        .valueStream()
                        .map(view -> view.path("kind").asString()))
                .contains("roll-call", "live-picture", "snapshot");
    }

    private static Locator row(Page page, Beat.OnBeat officer) {
        return page.locator("[data-officer='" + officer.officerId() + "']");
    }
}
