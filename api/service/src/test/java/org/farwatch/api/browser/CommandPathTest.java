package org.farwatch.api.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.netty.channel.EventLoopGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.farwatch.api.RunningService;
import org.farwatch.api.access.People;
import org.farwatch.api.access.People.Person;
import org.farwatch.api.access.Role;
import org.farwatch.ingest.jt808.Layout;
import org.farwatch.ingest.simulator.TerminalClient;
import org.farwatch.ingest.simulator.TerminalPosition;
import org.farwatch.ingest.simulator.TerminalSettings;
import org.junit.jupiter.api.Test;

/** Commands from the page of a device: sent while it is away, answered once it is there, in words. */
class CommandPathTest {
    private static final Path PICTURES =
            Path.of(System.getProperty("farwatch.pictures", "target/pictures")).toAbsolutePath();
    private static final String PHONE = "13912345678";
    private static final String DEVICE = "jt808-" + PHONE;
    /** The page asks every two seconds while something is open. */
    private static final LocatorAssertions.ContainsTextOptions SOON =
            new LocatorAssertions.ContainsTextOptions().setTimeout(20_000);

    @Test
    void anOperatorSendsATextAndAsksWhereItIsAndAnAdministratorReadsItsParameters() {
        EventLoopGroup loops = TerminalClient.newGroup(1);
        try (Browser browser = Browser.open();
                RunningService service = RunningService.start(Map.of())) {
            service.call(
                    "POST",
                    "/api/v1/devices",
                    Map.of(
                            "id", DEVICE,
                            "name", "沪A12345",
                            "kind", "vehicle-terminal",
                            "protocol", "jt808",
                            "protocolId", PHONE));
            service.call(
                    "POST",
                    "/api/v1/devices",
                    Map.of(
                            "id",
                            "handset-1",
                            "name",
                            "手持 1",
                            "kind",
                            "handset",
                            "protocol",
                            "mqtt",
                            "protocolId",
                            "h1"));
            People people = new People(service);
            Person operator = people.with(Role.OPERATOR);
            Page page = browser.page(service, 1600, 900, "zh-CN");
            logIn(page, operator);

            page.navigate("/devices/handset-1?view=commands");
            assertThat(page.getByTestId("device-commands")).containsText("此设备没有指令");
            page.navigate("/devices/" + DEVICE + "?view=commands");
            assertThat(page.getByTestId("device-commands")).containsText("24 小时内未上线则作废");
            page.getByTestId("command-text").click();
            page.getByTestId("form-save").click();
            assertThat(page.getByRole(AriaRole.DIALOG)).containsText("必填");
            page.getByRole(AriaRole.DIALOG).locator("textarea").fill("请立即归队");
            page.getByTestId("form-save").click();
            assertThat(page.getByRole(AriaRole.DIALOG)).hasCount(0);
            assertThat(page.getByTestId("command-state")).hasText("排队");
            page.getByTestId("command-locate").click();
            assertThat(page.getByTestId("command-state")).hasCount(2);
            page.getByTestId("command-cancel").first().click();
            assertThat(page.getByTestId("command-state").first()).hasText("已撤销");

            connect(service, loops);
            assertThat(page.getByTestId("command-state").nth(1)).containsText("完成", SOON);
            page.getByTestId("command-locate").click();
            assertThat(page.getByTestId("command-state").first()).containsText("完成", SOON);
            assertThat(page.getByTestId("command-answer").first()).containsText("已定位");
            page.getByTestId("command-photograph").click();
            page.getByTestId("form-save").click();
            assertThat(page.getByTestId("purpose")).isVisible();
            page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("command-purpose-zh.png")));
            page.keyboard().press("1");
            assertThat(page.getByTestId("command-answer").first()).containsText("已拍 1 张", SOON);
            page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("commands-zh.png")));

            Page admin = browser.page(service, 1600, 900, "zh-CN");
            logIn(admin, people.with(Role.ADMINISTRATOR));
            admin.navigate("/devices/" + DEVICE);
            assertThat(admin.getByTestId("command-state")).hasCount(4);
            admin.getByTestId("command-more").click();
            admin.getByRole(AriaRole.MENUITEM)
                    .filter(new Locator.FilterOptions().setHasText("链路检测"))
                    .click();
            assertThat(admin.getByTestId("command-state").first()).containsText("完成", SOON);
            admin.getByTestId("command-query-parameters").click();
            admin.getByTestId("form-save").click();
            assertThat(admin.getByTestId("command-answer").first()).containsText("查看 4 项", SOON);
            admin.getByTestId("command-answer")
                    .first()
                    .getByRole(AriaRole.BUTTON)
                    .click();
            assertThat(admin.getByTestId("command-answer").first()).containsText("0x0001 心跳发送间隔60 s");
            admin.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("command-parameters-zh.png")));
            assertThat(browser.complaints()).isEmpty();
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    private static void logIn(Page page, Person who) {
        Browser.logIn(page, who.username(), People.PASSWORD);
        page.getByRole(AriaRole.NAVIGATION).first().waitFor();
    }

    private static void connect(RunningService service, EventLoopGroup loops) {
        TerminalSettings settings = TerminalSettings.of(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), service.port("JT/T 808")), Layout.V2019, PHONE);
        TerminalClient terminal = new TerminalClient(loops, settings, (_, _) -> {}).start();
        await().until(() -> terminal.state() == TerminalClient.State.ONLINE);
        terminal.report(TerminalPosition.at(System.currentTimeMillis(), 121.47, 31.23, 20, 90));
        await().until(() -> terminal.acknowledged() == 1);
    }
}
