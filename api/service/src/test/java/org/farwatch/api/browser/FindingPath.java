package org.farwatch.api.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.farwatch.api.RunningService;
import org.farwatch.api.access.People;
import org.farwatch.api.access.Role;
import org.farwatch.api.documents.OfficeTools;

/** The way of a finding from its lead to its end, in real browsers, each step by the person whose it is. */
final class FindingPath {
    private static final Path PICTURES =
            Path.of(System.getProperty("farwatch.pictures", "target/pictures")).toAbsolutePath();

    private final Browser browser;
    private final RunningService service;
    private final People people;
    private final String squad;
    private final Path folder;

    /** @param folder for what is downloaded */
    FindingPath(Browser browser, RunningService service, People people, String squad, Path folder) {
        this.browser = browser;
        this.service = service;
        this.people = people;
        this.squad = squad;
        this.folder = folder;
    }

    /**
     * @param issuer an inspector at the page of the lead
     * @param fact words of it without white space
     */
    void walk(Page issuer, String fact) throws Exception {
        issuer.getByTestId("lead-notice").click();
        issuer.getByTestId("notice-rule").fill("《城市管理执法行为规范》第十二条");
        issuer.getByTestId("form-save").click();
        assertThat(issuer.getByTestId("finding-state")).hasText("已告知");
        assertThat(issuer.getByTestId("act-confirm")).hasCount(0);

        Page leader = signedIn(people.with(Set.of(Role.SQUAD_LEADER), Set.of(squad)));
        leader.getByTestId("findings-waiting").getByText(fact).click();
        leader.getByTestId("document-serve").click();
        assertThat(leader.getByTestId("document")).containsText("签收");
        checkNotice(leader, fact);
        leader.getByTestId("act-explain").click();
        leader.getByTestId("act-reason").click();
        leader.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName("奉命执行其他任务"))
                .click();
        say(leader, "奉调度令到东门处置占道。");
        assertThat(leader.getByTestId("finding-state")).hasText("已说明");

        Page decider = signedIn(people.with(Set.of(Role.INSPECTOR), Set.of(squad)));
        issuer.reload();
        assertThat(issuer.getByTestId("finding-state")).hasText("已说明");
        assertThat(issuer.getByTestId("act-confirm")).hasCount(0);
        decider.getByTestId("findings-waiting").getByText(fact).click();
        act(decider, "confirm", "调度台无此记录。");
        assertThat(decider.getByTestId("finding-state")).hasText("已认定");

        leader.reload();
        leader.getByTestId("act-rectify").click();
        leader.getByTestId("act-note").fill("已重新排班。");
        leader.getByTestId("form-save").click();
        assertThat(leader.getByRole(AriaRole.ALERT)).hasText("请写明佐证，或选择文件");
        leader.getByTestId("act-proof").fill("排班表已张贴。");
        leader.getByTestId("form-save").click();
        assertThat(leader.getByTestId("finding-state")).hasText("已整改");

        decider.reload();
        act(decider, "recheck-passed", "现场复查到位。");
        assertThat(decider.getByTestId("finding-state")).hasText("已复查");
        decider.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("finding-zh.png")));
        act(decider, "close", "同意销号。");
        assertThat(decider.getByTestId("finding-state")).hasText("已销号");
        assertThat(decider.getByTestId("case-history").locator("li")).hasCount(6);

        leader.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("督察指标"))
                .click();
        Locator rectified = leader.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("整改问题：中队"));
        assertThat(rectified).containsText("1 / 16");
        leader.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("quotas-zh.png")));
    }

    Page signedIn(People.Person person) {
        Page page = browser.page(service, 1366, 768, "zh-CN");
        Browser.logIn(page, person.username(), People.PASSWORD);
        page.getByTestId("nav-inspection").waitFor();
        return page;
    }

    /** The purpose is asked once, then both forms come; poppler and LibreOffice read what they hold. */
    private void checkNotice(Page page, String fact) throws Exception {
        Download pdf = page.waitForDownload(() -> {
            page.getByTestId("document-pdf").click();
            page.getByRole(AriaRole.DIALOG).waitFor();
            page.keyboard().press("1");
        });
        assertThat(pdf.suggestedFilename()).startsWith("督察告知单 督告〔").endsWith("号.pdf");
        Path kept = folder.resolve("notice.pdf");
        pdf.saveAs(kept);
        Download docx =
                page.waitForDownload(() -> page.getByTestId("document-docx").click());
        assertThat(docx.suggestedFilename()).endsWith("号.docx");
        Path written = folder.resolve("notice.docx");
        docx.saveAs(written);
        assertThat(OfficeTools.textOfPdf(Files.readAllBytes(kept), folder)).contains("督察告知单", fact);
        assertThat(OfficeTools.textOfDocx(Files.readAllBytes(written), folder)).contains("督察告知单", fact);
    }

    private static void act(Page page, String action, String note) {
        page.getByTestId("act-" + action).click();
        say(page, note);
    }

    private static void say(Page page, String note) {
        page.getByTestId("act-note").fill(note);
        page.getByTestId("form-save").click();
        page.getByRole(AriaRole.DIALOG).waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
    }
}
