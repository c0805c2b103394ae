package org.farwatch.api.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.farwatch.api.RunningService;
import org.farwatch.api.uploads.Station;
import org.junit.jupiter.api.Test;

/** An administrator sees what a station brought, corrects one refused file and deletes it. */
class UploadsPathTest {
    private static final Path PICTURES =
            Path.of(System.getProperty("farwatch.pictures", "target/pictures")).toAbsolutePath();

    @Test
    void whatWasRefusedIsSaidCorrectedAndDeleted() throws Exception {
        try (Browser browser = Browser.open();
                RunningService service = RunningService.start(Map.of())) {
            Page page = browser.page(service, 1440, 900, "zh-CN");
            Browser.logIn(page, "admin", RunningService.ADMIN_PASSWORD);
            page.getByTestId("nav-admin").waitFor();
            page.navigate("/admin/uploads");
            assertThat(page.getByText("还没有采集的录像")).isVisible();

            Station station = new Station(service);
            station.decided(station.bring(
                    "this is no video".getBytes(StandardCharsets.UTF_8), Map.of("filename", "unnamed.mp4")));
            Locator row = page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("unnamed.mp4"));
            assertThat(row.getByTestId("upload-state")).hasText("被拒收");
            assertThat(row.getByTestId("upload-fault")).containsText("文件名无法识别");
            row.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("更正后重试"))
                    .click();
            Locator dialog = page.getByRole(AriaRole.DIALOG);
            dialog.locator("input").nth(0).fill(station.code);
            dialog.locator("input").nth(2).fill("2026-11-02T09:30:07");
            page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("upload-correct-zh.png")));
            dialog.getByTestId("form-save").click();
            assertThat(row.getByTestId("upload-fault")).containsText("不是可读的视频");
            page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("uploads-zh.png")));
            row.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("删除"))
                    .click();
            assertThat(page.getByRole(AriaRole.DIALOG)).containsText("将被永久删除");
            page.getByRole(AriaRole.DIALOG)
                    .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("删除"))
                    .click();
            assertThat(row.getByTestId("upload-state")).hasText("已删除");
            assertThat(browser.complaints()).isEmpty();
        }
    }
}
