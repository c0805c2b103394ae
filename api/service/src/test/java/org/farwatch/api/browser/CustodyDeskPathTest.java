package org.farwatch.api.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.farwatch.api.RunningService;
import org.farwatch.api.access.People;
import org.farwatch.api.access.Role;
import org.farwatch.api.org.DeviceRegister;
import org.farwatch.ingest.mqtt.DeviceReports;
import org.farwatch.ingest.mqtt.DeviceStatus;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A squad leader with a scanner and a telephone issues a camera, undoes it, and takes it back; his home checks the shift. */
class CustodyDeskPathTest {
    private static final Path PICTURES =
            Path.of(System.getProperty("farwatch.pictures", "target/pictures")).toAbsolutePath();
    private static final int WIDTH = 390;

    private final RunningService service = RunningService.shared();
    private final People people = new People(service);
    private final JdbcClient jdbc = service.bean(JdbcClient.class);
    private final String squad = people.squad();

    private String officer(String name) {
        String id = people.officer(squad);
        jdbc.sql("update officer set name = :name where id = :id")
                .param("name", name)
                .param("id", Long.valueOf(id))
                .update();
        return id;
    }

    private String number(String officer) {
        return jdbc.sql("select number from officer where id = :id")
                .param("id", Long.valueOf(officer))
                .query(String.class)
                .single();
    }

    private static void scan(Page page, String code) {
        page.keyboard().type(code);
        page.keyboard().press("Enter");
    }

    @Test
    void aCameraIsIssuedUndoneIssuedAndReturnedByScansAlone() {
        String chen = officer("陈晓");
        String wang = officer("王敏");
        String code = People.unique("cam");
        service.call(
                "POST",
                "/api/v1/devices",
                Map.of(
                        "name",
                        "记录仪07",
                        "kind",
                        "body-camera",
                        "protocol",
                        "mqtt",
                        "protocolId",
                        code,
                        "squadId",
                        squad));
        String device = "mqtt-" + code;
        AtomicBoolean stored = new AtomicBoolean();
        service.bean(DeviceReports.class)
                .status(
                        service.bean(DeviceRegister.class).byId(device).known(),
                        new DeviceStatus(22, 50_000_000_000L, 64_000_000_000L, Instant.now(), false),
                        Instant.now(),
                        () -> stored.set(true));
        jdbc.sql("""
                with place as (
                    insert into post (name, squad_id, geometry) values ('衡山路', :squad, '{"type":"Polygon","coordinates":
                        [[[121.4,31.2],[121.5,31.2],[121.5,31.3],[121.4,31.2]]]}') returning id)
                insert into duty (officer_id, post_id, starts, ends)
                select o, id, now() - interval '1 hour', now() + interval '7 hours' from place, unnest(:officers) o""")
                .param("squad", Long.valueOf(squad))
                .param("officers", new Long[] {Long.valueOf(chen), Long.valueOf(wang)})
                .update();
        await().atMost(Duration.ofSeconds(20)).untilTrue(stored);
        People.Person leader = people.with(Set.of(Role.SQUAD_LEADER), Set.of(squad));
        try (Browser browser = Browser.open()) {
            Page page = browser.page(service, WIDTH, 844, "zh-CN");
            Browser.logIn(page, leader.username(), People.PASSWORD);
            page.waitForURL("**/squad");
            page.navigate("/squad/custody");
            page.getByTestId("desk-code").waitFor();

            scan(page, code);
            assertThat(page.getByTestId("desk-fault")).containsText("请先扫警号");
            scan(page, number(chen));
            assertThat(page.getByTestId("desk-standing")).containsText("陈晓");
            scan(page, code);
            assertThat(page.getByTestId("desk-done")).containsText("已领用：记录仪07 → 陈晓");
            assertThat(page.getByTestId("desk-standing")).containsText("记录仪07");
            page.getByTestId("desk-undo").click();
            assertThat(page.getByTestId("desk-done")).hasText("已撤销");
            assertThat(page.getByTestId("desk-standing")).containsText("没有领用设备");

            scan(page, device);
            assertThat(page.getByTestId("desk-done")).containsText("已领用");
            scan(page, number(wang));
            assertThat(page.getByTestId("desk-standing")).containsText("王敏");
            scan(page, code);
            assertThat(page.getByTestId("desk-fault")).containsText("已由陈晓于");
            assertThat(page.getByTestId("desk-act")).hasCount(1);
            assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                    .as("fits a telephone")
                    .isLessThanOrEqualTo(WIDTH);
            page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("custody-desk-zh.png")));

            Page home = browser.page(service, 1366, 768, "zh-CN");
            Browser.logIn(home, leader.username(), People.PASSWORD);
            home.waitForURL("**/squad");
            assertThat(home.getByTestId("equipment-row")).hasCount(2);
            assertThat(home.getByTestId("equipment-check")).containsText("未领用");
            assertThat(home.getByTestId("equipment-check")).containsText("电量 22%");
            assertThat(home.getByTestId("equipment-ready")).hasText("0 人齐备，共 2 人");
            home.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("equipment-check-zh.png")));
            home.navigate("/devices/" + device + "?view=state");
            assertThat(home.getByTestId("camera-state")).containsText("当班电量低");
            assertThat(home.getByTestId("plot-battery").locator("path")).hasCount(1);
            home.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("body-camera-zh.png")));

            // A device that was issued this moment is not taken back: a scanner reads twice.
            jdbc.sql("""
                    update custody set held = tstzrange(lower(held) - interval '5 minutes', upper(held))
                    where device_no = (select no from device where id = :id)""").param("id", device).update();
            page.getByTestId("desk-clear").click();
            scan(page, code);
            assertThat(page.getByTestId("desk-done")).containsText("已归还：记录仪07（陈晓）");
            assertThat(page.getByTestId("desk-act")).hasCount(2);
            assertThat(browser.complaints()).isEmpty();
        }
    }
}
