package org.farwatch.api.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.farwatch.api.Farwatch;
import org.farwatch.api.RunningService;
import org.farwatch.api.access.People;
import org.farwatch.api.access.People.Person;
import org.farwatch.api.access.Role;
import org.farwatch.api.requirements.Proves;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An inspector plans, freezes and draws; a legal reviewer opens the record, in a real browser. */
class DrawTest {
    private static final Path PICTURES =
            Path.of(System.getProperty("farwatch.pictures", "target/pictures")).toAbsolutePath();
    private static final Pattern SHEET_OF_PAPER = Pattern.compile("/Type\\s*/Page\\b(?!s)");

    @TempDir
    private Path folder;

    @Test
    @Proves(
            value = "R059",
            screen = "/inspection/draws",
            api = "/draws",
            missing = "the list of what is looked at in a squad")
    void anInspectorDrawsFromAFrozenPoolAndTheRecordVerifies() {
        try (Browser browser = Browser.open();
                RunningService service = RunningService.start(Map.of())) {
            People people = new People(service);
            vehicles(service);
            Person inspector = people.with(Role.INSPECTOR);
            people.with(Role.INSPECTOR);
            Person reviewer = people.with(Role.LEGAL_REVIEWER);
            Page page = browser.page(service, 1440, 900, "zh-CN");
            Browser.logIn(page, inspector.username(), People.PASSWORD);

            page.getByTestId("nav-inspection").click();
            page.getByRole(
                            AriaRole.LINK,
                            new Page.GetByRoleOptions().setName("抽取").setExact(true))
                    .click();
            assertThat(page.getByText("还没有抽取")).isVisible();
            plan(page);
            assertThat(page.getByTestId("draw-state")).containsText("已计划");
            assertThat(page.getByTestId("draw-frozen")).containsText("名单 8 项，排除 1 项");
            page.getByTestId("draw-freeze").click();
            assertThat(page.getByTestId("draw-state")).containsText("已冻结");
            String commitment = page.getByTestId("draw-commitment").innerText();
            assertThat(commitment).matches("[0-9a-f]{64}");
            assertThat(page.getByTestId("draw-frozen")).containsText("沪A·03（维修）");
            page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("draw-frozen-zh.png")));
            page.getByTestId("draw-draw").click();
            page.getByRole(AriaRole.DIALOG)
                    .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("抽取"))
                    .last()
                    .click();
            assertThat(page.getByTestId("draw-state")).containsText("已抽取");
            assertThat(page.getByTestId("draw-result").locator("tbody tr")).hasCount(3);
            assertThat(page.getByTestId("draw-commitment")).hasText(commitment);
            assertThat(page.getByTestId("draw-draw")).hasCount(0);
            page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("draw-zh.png")));
            String address = page.url();

            verify(page, commitment);
            Page reader = browser.page(service, 1440, 900, "zh-CN");
            Browser.logIn(reader, reviewer.username(), People.PASSWORD);
            reader.getByTestId("nav-inspection").waitFor();
            reader.navigate(address);
            assertThat(reader.getByTestId("draw-commitment")).hasText(commitment);
            assertThat(reader.getByText("替代此次抽取")).hasCount(0);
            reader.navigate(address.replace("/draws/", "/sheet/"));
            assertThat(reader.getByTestId("sheet")).containsText("抽取记录");
            assertThat(reader.getByTestId("sheet")).containsText(commitment);
            reader.screenshot(
                    new Page.ScreenshotOptions().setFullPage(true).setPath(PICTURES.resolve("draw-sheet-zh.png")));
            byte[] paper = reader.pdf(new Page.PdfOptions().setPreferCSSPageSize(true));
            assertThat(SHEET_OF_PAPER
                            .matcher(new String(paper, StandardCharsets.ISO_8859_1))
                            .results()
                            .count())
                    .isOne();
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private static void plan(Page page) {
        page.getByTestId("draw-new").click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        dialog.getByTestId("draw-name").fill("十一月车辆抽查");
        dialog.getByTestId("draw-kind").click();
        page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName("车辆"))
                .click();
        assertThat(dialog.getByTestId("draw-counts")).containsText("名单 9 项");
        dialog.getByLabel("排除 沪A·03").click();
        dialog.getByTestId("form-save").click();
        assertThat(dialog.getByText("每项排除都须写明原因")).isVisible();
        dialog.getByLabel("原因 沪A·03").fill("维修");
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("draw-plan-zh.png")));
        dialog.getByTestId("form-save").click();
    }

    private void verify(Page page, String commitment) {
        Path record = folder.resolve("record.json");
        page.waitForDownload(() -> page.getByTestId("draw-record").click()).saveAs(record);
        assertThat(Farwatch.commandLine().execute("verify", record.toString(), "--commitment", commitment))
                .isZero();
    }

    /** Three of each of three squads. */
    private static void vehicles(RunningService service) {
        JdbcClient jdbc = service.bean(JdbcClient.class);
        int number = 0;
        for (String squad : List.of("天平中队", "湖南中队", "斜土中队")) {
            long id = jdbc.sql("insert into squad (name) values (:name) returning id")
                    .param("name", squad)
                    .query(Long.class)
                    .single();
            for (int i = 0; i < 3; i++) {
                String plate = "沪A·0%d".formatted(++number);
                jdbc.sql("""
                        insert into device (id, name, kind, protocol, protocol_id, squad_id)
                        values (:id, :name, 'vehicle-terminal', 'jt808', :id, :squad)""")
                        .param("id", "draw-" + number)
                        .param("name", plate)
                        .param("squad", id)
                        .update();
            }
        }
    }
}
