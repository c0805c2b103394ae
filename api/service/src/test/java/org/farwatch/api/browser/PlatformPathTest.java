package org.farwatch.api.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.Map;
import org.farwatch.api.RunningService;
import org.farwatch.api.alarms.StoredReports;
import org.junit.jupiter.api.Test;

/** An administrator lets a subordinate platform in and forwards a vehicle to a city platform, which is the same service. */
class PlatformPathTest {
    private static final Path PICTURES =
            Path.of(System.getProperty("farwatch.pictures", "target/pictures")).toAbsolutePath();
    private static final String PASSWORD = "sesame12";

    private Page page;

    @Test
    void aLinkIsSetUpItsTroubleIsSaidAndWhatWaitedGoesUp() throws Exception {
        try (Browser browser = Browser.open();
                RunningService service = RunningService.start(Map.of())) {
            StoredReports car = StoredReports.ofNewVehicle(service, "执法车 沪A·12345");
            page = browser.page(service, 1440, 900, "zh-CN");
            Browser.logIn(page, "admin", RunningService.ADMIN_PASSWORD);
            page.getByTestId("nav-admin").waitFor();
            page.navigate("/admin/platforms");

            letIn();
            open("upward-new");
            type("名称", "市平台");
            type("主机", "127.0.0.1");
            type("端口", "70000");
            save();
            assertThat(field("端口")).containsText("1 至 65535");
            assertThat(field("密码")).containsText("必填");
            type("端口", Integer.toString(service.port("JT/T 809")));
            type("接入码", "1001");
            type("用户名", "7");
            type("密码", "wrong");
            field("转发车辆").locator(".el-select__wrapper").click();
            page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName("执法车 沪A·12345"))
                    .click();
            page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("platform-form-zh.png")));
            saved();

            Locator city = page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("市平台"));
            assertThat(city.getByTestId("link-state")).hasText("已断开");
            assertThat(city.getByTestId("link-trouble")).containsText("上级平台拒绝登录：密码错误");
            assertThat(page.getByText("拒绝 127.0.0.1 登录：密码错误")).isVisible();
            long now = System.currentTimeMillis() / 1000 * 1000;
            for (int second = 0; second < 3; second++) {
                car.store(now + second * 1000L, 0);
            }
            assertThat(city.getByTestId("link-waiting")).hasText("3");

            page.reload();
            city.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("编辑"))
                    .click();
            assertThat(field("名称").locator("input")).isFocused();
            assertThat(field("转发车辆")).containsText("执法车 沪A·12345");
            assertThat(field("密码")).containsText("不填则保持不变");
            type("密码", PASSWORD);
            saved();
            assertThat(city.getByTestId("link-state")).hasText("已连接");
            assertThat(city.getByTestId("link-delivered")).hasText("3");
            assertThat(city.getByTestId("link-waiting")).hasText("0");
            assertThat(city.getByTestId("link-trouble")).hasText("");
            assertThat(page.getByTestId("link-state")).hasText(new String[] {"已连接", "已连接"});
            page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("platforms-zh.png")));

            city.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("删除"))
                    .click();
            assertThat(page.getByRole(AriaRole.DIALOG)).containsText("尚未送达的定位不再转发");
            page.getByRole(AriaRole.DIALOG)
                    .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("删除"))
                    .click();
            assertThat(page.getByText("尚无上级平台")).isVisible();
            assertThat(page.getByTestId("link-state")).hasText("已断开");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    /** Registers the subordinate platform, with every mistake that its form has words for, and one the service finds. */
    private void letIn() {
        open("lower-new");
        save();
        assertThat(field("名称")).containsText("必填");
        assertThat(field("名称").locator("input")).isFocused();
        assertThat(field("接入码")).containsText("1 至 4294967295 的整数");
        assertThat(field("用户名")).containsText("0 至 4294967295 的整数");
        type("名称", "北区");
        type("接入码", "1001");
        type("用户名", "7");
        type("密码", PASSWORD);
        type("只允许来自地址", "localhost");
        save();
        assertThat(field("只允许来自地址")).containsText("须为数字地址");
        type("只允许来自地址", "127.0.0.1");
        field("自动登记车辆").locator(".el-switch").click();
        saved();
        assertThat(page.getByTestId("link-state")).hasText("未连接过");
        open("lower-new");
        type("名称", "南区");
        type("接入码", "1001");
        type("用户名", "8");
        type("密码", PASSWORD);
        save();
        assertThat(field("接入码")).containsText("接入码 1001 已属于另一平台");
        type("接入码", "1002");
        field("启用").locator(".el-switch").click();
        saved();
        Locator south = page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("南区"));
        assertThat(south.getByTestId("link-state")).hasText("已停用");
        south.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("删除"))
                .click();
        page.getByRole(AriaRole.DIALOG)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("删除"))
                .click();
        assertThat(south).hasCount(0);
    }

    /** Whoever types before the first field has the focus loses it. */
    private void open(String button) {
        page.getByTestId(button).click();
        assertThat(field("名称").locator("input")).isFocused();
    }

    private Locator field(String label) {
        return page.getByRole(AriaRole.DIALOG)
                .getByRole(
                        AriaRole.GROUP,
                        new Locator.GetByRoleOptions().setName(label).setExact(true));
    }

    private void type(String label, String text) {
        field(label).locator("input").fill(text);
    }

    private void save() {
        page.getByTestId("form-save").click();
    }

    private void saved() {
        save();
        assertThat(page.getByTestId("form-save")).hasCount(0);
    }
}
