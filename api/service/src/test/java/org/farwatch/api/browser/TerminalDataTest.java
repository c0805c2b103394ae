package org.farwatch.api.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import javax.imageio.ImageIO;
import org.farwatch.api.RunningService;
import org.farwatch.api.terminals.WiredTerminal;
import org.farwatch.ingest.jt808.MessageId;
import org.junit.jupiter.api.Test;

/** A photograph and a driver's card from a terminal's socket to the device's page; a frame explained; in a real browser. */
class TerminalDataTest {
    private static final Path PICTURES =
            Path.of(System.getProperty("farwatch.pictures", "target/pictures")).toAbsolutePath();
    private static final DateTimeFormatter BCD =
            DateTimeFormatter.ofPattern("uuMMddHHmmss").withZone(ZoneOffset.ofHours(8));
    private static final String FRAME = "7e02000026123456789012007d02000000010000000200ba7f0e07e4f11c0028003c"
            + "00001810151010100104000000640202007d01137e";

    @Test
    void aPhotographIsSeenForAPurposeAndAFrameIsExplained() throws IOException {
        try (Browser browser = Browser.open();
                RunningService service = RunningService.start(Map.of())) {
            try (WiredTerminal terminal = new WiredTerminal(service, "13500000001")) {
                terminal.authenticate(terminal.register());
                terminal.sendLong(MessageId.MEDIA, photo());
                terminal.until("8800");
                int card = terminal.send(MessageId.DRIVER, HexFormat.of().parseHex("02260301080000"));
                terminal.until("8001 %04x".formatted(card));
                int unknown = terminal.send(0x0F01, new byte[] {1, 2});
                terminal.until("8001 %04x".formatted(unknown));
            }
            Page page = browser.page(service, 1440, 900, "zh-CN");
            Browser.logIn(page, "admin", RunningService.ADMIN_PASSWORD);
            page.getByTestId("nav-admin").waitFor();
            page.navigate("/devices/jt808-13500000001?view=media");
            assertThat(page.getByText("选择时段查看照片与录音")).isVisible();
            page.getByTestId("period-read").click();
            page.getByTestId("purpose-verify-alert").click();
            assertThat(page.getByTestId("medium")).hasCount(1);
            assertThat(page.getByTestId("medium")).containsText("通道 3 · 定时");
            page.getByTestId("medium").locator("img").waitFor();
            page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("device-media-zh.png")));
            page.getByTestId("medium").locator("button").click();
            page.getByTestId("medium-large").locator("img").waitFor();
            page.keyboard().press("Escape");
            page.getByTestId("segment-reports").click();
            page.getByTestId("period-read").click();
            assertThat(page.getByTestId("report")).containsText("驾驶员身份信息采集上报");
            assertThat(page.getByTestId("report")).containsText("removed");
            explain(page);
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private static void explain(Page page) {
        page.navigate("/admin/explain");
        page.getByTestId("explain-text").fill(FRAME);
        page.getByTestId("explain-go").click();
        assertThat(page.getByText("未发现问题")).isVisible();
        assertThat(page.getByTestId("explain-line")
                        .filter(new Locator.FilterOptions().setHasText("latitude 12.222222 N")))
                .hasCount(1);
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("explain-zh.png")));
        page.getByTestId("undecoded").first().click();
        assertThat(page.getByTestId("explain-bytes")).containsText("0f01");
    }

    private static byte[] photo() throws IOException {
        BufferedImage image = new BufferedImage(320, 240, BufferedImage.TYPE_INT_RGB);
        Graphics2D drawing = image.createGraphics();
        drawing.setPaint(Color.ORANGE);
        drawing.fillRect(40, 40, 200, 120);
        drawing.dispose();
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        ImageIO.write(image, "jpeg", jpeg);
        String head = "00000007 00 00 01 03 00000000 00000003 %08x %08x 0004 0000 005a %s"
                .formatted(31_230_000, 121_470_000, BCD.format(Instant.now()));
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(HexFormat.of().parseHex(head.replace(" ", "")));
        body.writeBytes(jpeg.toByteArray());
        return body.toByteArray();
    }
}
