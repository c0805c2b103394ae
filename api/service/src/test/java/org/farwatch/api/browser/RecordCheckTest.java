package org.farwatch.api.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.farwatch.api.RunningService;
import org.farwatch.api.access.People;
import org.farwatch.api.access.Role;
import org.farwatch.api.coverage.CoverageRows;
import org.farwatch.api.documents.OfficeTools;
import org.farwatch.api.requirements.Proves;
import org.farwatch.api.web.BureauTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** From a red cell of the heat map to an explained gap and the report, each step by whose it is, in a real browser. */
class RecordCheckTest {
    private static final Path PICTURES =
            Path.of(System.getProperty("farwatch.pictures", "target/pictures")).toAbsolutePath();

    @TempDir
    Path folder;

    @Test
    @Proves(value = "R132", screen = "/records", api = "GET /coverage/cells", missing = "the text record")
    void aReviewerFindsAGapItsSquadExplainsItAndItIsAccepted() throws IOException, InterruptedException {
        LocalDate yesterday = LocalDate.now(BureauTime.ZONE).minusDays(1);
        Instant eight = yesterday.atTime(8, 0).atZone(BureauTime.ZONE).toInstant();
        try (Browser browser = Browser.open();
                RunningService service = RunningService.start(Map.of())) {
            People people = new People(service);
            String squad = people.squad();
            CoverageRows camera = CoverageRows.of(service, squad)
                    .serviceRan(eight, eight.plusSeconds(7_200))
                    .required(eight, eight.plusSeconds(7_200))
                    .recorded(eight, eight.plusSeconds(3_600))
                    .recorded(eight.plusSeconds(4_500), eight.plusSeconds(7_200));
            People.Person reviewer = people.with(Role.LEGAL_REVIEWER);
            People.Person leader = people.with(Set.of(Role.SQUAD_LEADER), Set.of(squad));

            Page page = browser.page(service, 1440, 900, "zh-CN");
            Browser.logIn(page, reviewer.username(), People.PASSWORD);
            page.getByTestId("nav-records").waitFor();
            page.navigate("/records");
            Locator day = page.getByTestId(Pattern.compile("cell-" + squad + "-12"));
            assertThat(day).hasText("87");
            page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("records-zh.png")));
            day.click();
            Locator hour = page.getByTestId("cell-" + camera.id() + "-9");
            assertThat(hour).hasText("75");
            hour.click();
            page.waitForURL("**/video/" + camera.id() + "?tab=playback&at=*");
            page.getByRole(AriaRole.DIALOG).waitFor();
            page.keyboard().press("1");
            assertThat(page.getByTestId("coverage")).containsText("87.5%");
            page.getByTestId("gap-ask").click();
            page.getByTestId("form-save").click();
            page.getByText("已要求中队说明").waitFor();

            Page squadPage = browser.page(service, 1440, 900, "zh-CN");
            Browser.logIn(squadPage, leader.username(), People.PASSWORD);
            squadPage.getByTestId("nav-records").waitFor();
            squadPage.navigate("/records/inquiries");
            squadPage.locator("tbody tr").first().click();
            squadPage.getByTestId("inquiry-explain").click();
            squadPage.getByTestId("inquiry-save").click();
            squadPage.getByText("请选择原因").waitFor();
            squadPage.getByTestId("inquiry-reason").click();
            squadPage
                    .getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName("停电"))
                    .click();
            squadPage.getByTestId("inquiry-note").fill("供电检修，已留通知");
            squadPage.getByTestId("inquiry-save").click();
            assertThat(squadPage.getByTestId("inquiry")).containsText("已说明");

            page.navigate("/records/inquiries?state=explained");
            page.locator("tbody tr").first().click();
            assertThat(page.getByTestId("inquiry")).containsText("供电检修");
            page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("inquiry-zh.png")));
            page.getByTestId("inquiry-accept").click();
            page.getByTestId("inquiry-save").click();
            assertThat(page.getByTestId("inquiry")).containsText("已认可");

            page.navigate("/records");
            assertThat(page.getByTestId("cell-" + squad + "-12")).not().hasClass(Pattern.compile("hatched"));
            assertThat(service.bean(JdbcClient.class)
                            .sql("select state from gap_inquiry where stream_id = :stream")
                            .param("stream", camera.number())
                            .query(String.class)
                            .list())
                    .containsExactly("accepted");

            page.navigate("/records/reports");
            page.getByTestId("report-new").click();
            Locator ends = page.getByRole(AriaRole.DIALOG).locator(".el-range-input");
            ends.first().fill(yesterday.toString());
            ends.last().fill(yesterday.toString());
            ends.last().press("Enter");
            page.getByTestId("form-save").click();
            page.getByText("报告已生成").waitFor();
            assertThat(page.locator("tr[data-row]")).hasCount(1);
            assertThat(page.locator("tr[data-row]")).containsText("87.5%");
            page.locator("tr[data-row]").click();
            assertThat(page.getByTestId("report-coverage")).containsText("105.0");
            assertThat(page.getByTestId("report")).containsText("15.0");
            page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("report-zh.png")));
            byte[] pdf = page.request()
                    .get(page.getByTestId("report-pdf").getAttribute("href"))
                    .body();
            assertThat(OfficeTools.textOfPdf(pdf, folder)).contains("记录核查报告", "合计120.0105.087.5%", "一致0段，被改动0段");
            assertThat(browser.complaints()).isEmpty();
        }
    }
}
