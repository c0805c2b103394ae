package org.farwatch.api.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.sun.net.httpserver.HttpServer;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.farwatch.api.RunningService;
import org.farwatch.ingest.jt808.Layout;
import org.farwatch.ingest.simulator.TerminalClient;
import org.farwatch.ingest.simulator.TerminalSettings;
import org.farwatch.ingest.simulator.TerminalVideo;
import org.farwatch.ingest.simulator.camera.StreetScene;
import org.farwatch.ingest.simulator.gb28181.CatalogueItem;
import org.farwatch.ingest.simulator.gb28181.DeviceTraits;
import org.farwatch.ingest.simulator.gb28181.SimulatedDevice;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The pages of 管理 that devices and records are kept by, in a real browser with simulated devices on real sockets. */
class AdministrationPathTest {
    private static final Path PICTURES =
            Path.of(System.getProperty("farwatch.pictures", "target/pictures")).toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String COMMON = "common-password";
    private static final String OWN = "own-password-7";
    private static final String RECORDER = "34020000001110000901";
    private static final List<String> CAMERAS = List.of("34020000001320000901", "34020000001320000902");
    /** A group of channels of the recorder, and one below it. */
    private static final String YARD = "34020000002160000901";

    private static final String GATE = "34020000002160000902";
    private static final String PHONE = "13900170899";

    private static Browser browser;
    private static RunningService service;
    private static Page page;
    private static Page small;

    @BeforeAll
    static void open() {
        browser = Browser.open();
        service = RunningService.start(Map.of("farwatch.gb28181.password", COMMON, "farwatch.video.linger", "1s"));
        page = browser.page(service, 1920, 1080, "zh-CN");
        small = browser.page(service, 1366, 768, "en-US");
        small.addInitScript(VideoWallPathTest.LIGHT_ENGLISH);
        for (Page each : List.of(page, small)) {
            Browser.logIn(each, "admin", RunningService.ADMIN_PASSWORD);
            each.getByTestId("nav-admin").waitFor();
        }
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
        if (service != null) {
            service.close();
        }
    }

    @Test
    void aDeviceOfTheNationalStandardIsAdmittedListedAndMoved() throws IOException {
        try (SimulatedDevice device = device(COMMON)) {
            assertThat(device.register(3600)).isEqualTo(200);
            page.navigate("/admin/streams");
            Locator groups = page.getByTestId("admin-groups");
            assertThat(groups.getByRole(AriaRole.LINK)).hasCount(5);
            // By keyboard: from group to group, and into the pages of the one that is open.
            page.getByTestId("admin-group-proof").focus();
            page.keyboard().press("Enter");
            assertThat(page).hasURL(service.url() + "/admin/storage");
            page.getByTestId("admin-group-access").click();
            page.getByText("国标接入").first().click();
            assertThat(page).hasURL(service.url() + "/admin/gb28181");
            assertThat((Boolean)
                            small.evaluate("() => document.documentElement.scrollWidth <= document.body.clientWidth"))
                    .isTrue();

            Locator row = page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText(RECORDER));
            assertThat(row.getByTestId("gb28181-state")).hasText("在线");
            assertThat(row).containsText("统一");
            row.getByText(RECORDER).last().click();
            Locator tree = page.getByTestId("channel-tree");
            assertThat(tree.locator("li")).hasCount(2);
            grouped(device, row, tree);
            pictures("gb28181", "/admin/gb28181?device=gb28181-" + RECORDER, "channel-tree");

            row.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("编辑"))
                    .click();
            page.getByRole(AriaRole.DIALOG).locator("input").first().fill(OWN);
            page.getByTestId("form-save").click();
            assertThat(row).containsText("单独");
            assertThat(device.register(3600))
                    .as("the common one is not its own")
                    .isEqualTo(403);
        }
        try (SimulatedDevice device = device(OWN)) {
            assertThat(device.register(3600)).isEqualTo(200);
            String stream = streamOf(CAMERAS.getFirst());
            page.navigate("/video?layout=4&cells=" + stream);
            sayPurpose(page);
            playing(page);
            page.getByTestId("wall-cell").first().hover();
            page.getByTestId("ptz-open").click();
            Locator pad = page.getByTestId("ptz-pad");
            pad.focus();
            page.keyboard().down("ArrowRight");
            await().atMost(PATIENCE).until(() -> device.commands().stream().anyMatch(AdministrationPathTest::moves));
            picture(page, "ptz-zh");
            page.keyboard().up("ArrowRight");
            await().atMost(PATIENCE)
                    .until(() -> device.commands().getLast().equals(CAMERAS.getFirst() + " PTZCmd=A50F0100000000B5"));
            small.navigate("/video?layout=4&cells=" + stream);
            sayPurpose(small);
            playing(small);
            small.getByTestId("wall-cell").first().hover();
            small.getByTestId("ptz-open").click();
            small.getByTestId("ptz-presets").click();
            assertThat(small.getByText("门口")).isVisible();
            picture(small, "ptz-light-en");
        }
        assertThat(browser.complaints()).isEmpty();
    }

    /** The next catalogue has groups: opened by level, and what is below them is found by code. */
    private static void grouped(SimulatedDevice device, Locator row, Locator tree) {
        device.lists(
                List.of(
                        new CatalogueItem(YARD, "东院", RECORDER, "", ""),
                        new CatalogueItem(CAMERAS.getFirst(), "东院大门", YARD, "", ""),
                        new CatalogueItem(GATE, "大门内", YARD, "", ""),
                        new CatalogueItem(CAMERAS.getLast(), "门厅", GATE, "", "")),
                2);
        row.getByTestId("ask-catalogue").click();
        assertThat(tree.locator("li")).hasCount(1);
        assertThat(row).containsText("完整");
        Locator yard = tree.locator("[data-code='" + YARD + "']");
        assertThat(yard).containsText("东院");
        yard.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("展开 东院"))
                .click();
        assertThat(tree.locator("li")).hasCount(3);
        Locator camera = tree.locator("[data-code='" + CAMERAS.getFirst() + "']");
        assertThat(camera.getByRole(AriaRole.IMG)).hasAttribute("aria-label", "在线");
        assertThat(camera.getByText("观看")).hasAttribute("href", "/video/" + streamOf(CAMERAS.getFirst()));
        tree.locator("[data-code='" + GATE + "'] .toggle").click();
        assertThat(tree.locator("li")).hasCount(4);
        picture(page, "gb28181-tree-zh");

        Locator search = tree.locator("input");
        search.fill(CAMERAS.getLast().substring(10));
        assertThat(tree.locator("li")).hasCount(1);
        assertThat(tree.locator("li")).containsText("门厅");
        assertThat(tree).containsText("找到 1 个");
        search.fill("后院");
        assertThat(tree).containsText("没有匹配的通道");
        search.fill("");
        assertThat(tree.locator("li")).hasCount(4);
        yard.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("收起 东院"))
                .click();
        assertThat(tree.locator("li")).hasCount(1);
    }

    @Test
    void theCamerasOfATerminalAreFoundAndWatched() {
        EventLoopGroup loops = TerminalClient.newGroup(1);
        String id = "jt808-" + PHONE;
        Map<String, String> vehicle = Map.of(
                "id", id, "name", "沪A·8899", "kind", "vehicle-terminal", "protocol", "jt808", "protocolId", PHONE);
        assertThat(service.call("POST", "/api/v1/devices", vehicle).status()).isEqualTo(201);
        TerminalVideo video = new TerminalVideo(Layout.V2019, PHONE, 2, StreetScene::quiet, 3);
        TerminalSettings settings = TerminalSettings.of(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), service.port("JT/T 808")), Layout.V2019, PHONE);
        try (TerminalClient terminal = new TerminalClient(loops, settings, (_, _) -> {}, video).start()) {
            await().until(() -> terminal.state() == TerminalClient.State.ONLINE);
            page.navigate("/devices/" + id + "?view=video");
            page.getByTestId("channels-query").click();
            assertThat(page.getByTestId("channel")).hasCount(2);
            page.getByTestId("channel-open").first().click();
            sayPurpose(page);
            playing(page);
            assertThat(video.sending()).isEqualTo(1);
            page.getByTestId("period-read").click();
            if (page.getByTestId("purpose").isVisible()) {
                sayPurpose(page);
            }
            assertThat(page.getByTestId("stored-videos").locator("tbody tr")).hasCount(3);
            picture(page, "terminal-video-zh");
            small.navigate("/devices/" + id + "?view=video");
            assertThat(small.getByTestId("channel")).hasCount(2);
            picture(small, "terminal-video-light-en");
            page.navigate("/alerts");
            await().atMost(PATIENCE).until(() -> video.sending() == 0);
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void nothingIsForeseenOnTheFirstDayAndWhatSomebodyNeedsIsHeld() {
        assertThat(service.call(
                                "POST",
                                "/api/v1/streams",
                                Map.of("name", "江滨路口枪机", "sourceUrl", "rtsp://127.0.0.1:9/none"))
                        .status())
                .isEqualTo(201);
        page.navigate("/admin/storage");
        assertThat(page.getByTestId("first-day")).containsText("暂不能预测");
        assertThat(page.getByTestId("sizing-result")).isVisible();
        picture(page, "storage-first-day-zh");

        page.getByTestId("hold").click();
        // What times are chosen in is a dialog as well.
        Locator dialog = page.locator(".el-dialog:visible");
        dialog.getByTestId("hold-stream").click();
        page.locator(".el-select-dropdown__item:visible", new Page.LocatorOptions().setHasText("江滨路口枪机"))
                .click();
        fillTime(dialog.locator("input").nth(1), "2026-11-02 09:30:00");
        fillTime(dialog.locator("input").nth(2), "2026-11-02 10:00:00");
        dialog.locator("textarea").fill("信访 2026-17 号");
        page.getByTestId("form-save").click();
        assertThat(page.getByText("信访 2026-17 号")).isVisible();
        pictures("storage", "/admin/storage", "first-day");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void rootsAreSentWhereAnAdministratorSaysAndLogsAreChecked() throws IOException {
        List<String> posted = new CopyOnWriteArrayList<>();
        HttpServer web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/roots", exchange -> {
            posted.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        web.start();
        try {
            page.navigate("/admin/roots");
            assertThat(page.getByTestId("no-targets")).isVisible();
            page.getByTestId("target-new").click();
            Locator address = page.locator("input[data-testid=target-address], [data-testid=target-address] input")
                    .first();
            address.fill("http://192.0.2.1/roots");
            page.getByTestId("form-save").click();
            assertThat(page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.ALERT))
                    .isVisible();
            address.fill("http://127.0.0.1:" + web.getAddress().getPort() + "/roots");
            page.getByTestId("form-save").click();
            page.getByTestId("target-test").click();
            assertThat(page.getByTestId("trial")).containsText("试送成功");
            assertThat(posted).hasSize(1);
            pictures("roots", "/admin/roots", "root-targets");
            page.navigate("/admin/audit");
            page.getByTestId("check-logs").click();
            assertThat(page.getByTestId("log-found")).containsText("完整");
            pictures("audit-check", "/admin/audit", "log-found");
        } finally {
            web.stop(0);
        }
        assertThat(browser.complaints()).isEmpty();
    }

    private static boolean moves(String command) {
        return command.startsWith(CAMERAS.getFirst() + " PTZCmd=A50F0101");
    }

    private static SimulatedDevice device(String password) throws IOException {
        return new SimulatedDevice(
                DeviceTraits.proper(RECORDER, password, CAMERAS),
                "34020000002000000001",
                new InetSocketAddress(InetAddress.getLoopbackAddress(), service.port("SIP UDP")),
                () -> StreetScene.quiet(1));
    }

    private static String streamOf(String channel) {
        return service.get("/api/v1/streams")
                .body()
                .path("items")
                .valueStream()
                .filter(stream -> stream.path("channelId").asString("").equals(channel))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asString();
    }

    private static void fillTime(Locator input, String time) {
        input.fill(time);
        input.press("Tab");
    }

    private static void sayPurpose(Page on) {
        on.getByTestId("purpose-verify-alert").click();
    }

    private static void playing(Page on) {
        on.waitForFunction(
                "() => document.querySelectorAll('[data-testid=live-picture][data-phase=playing]').length === 1");
    }

    /** Dark and Chinese as it stands, and light, English and small of the same address once that part is there. */
    private static void pictures(String name, String path, String part) {
        picture(page, name + "-zh");
        small.navigate(path);
        small.getByTestId(part).first().waitFor();
        picture(small, name + "-light-en");
    }

    private static void picture(Page on, String name) {
        on.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
    }
}
