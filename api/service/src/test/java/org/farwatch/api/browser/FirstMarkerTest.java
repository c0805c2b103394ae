package org.farwatch.api.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.farwatch.api.RunningService;
import org.farwatch.api.map.MapLayers;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** From a terminal's socket through PostgreSQL to a marker in the browser. */
class FirstMarkerTest {
    private static final String DISTRICT = """
            {"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"示范区"},"geometry":
            {"type":"Polygon","coordinates":[[[121.46,31.22],[121.49,31.22],[121.49,31.24],[121.46,31.24],[121.46,31.22]]]}}]}""";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void aReportedPositionIsStoredAndMovesItsMarkerInTheBrowser() throws IOException {
        RunningService service = RunningService.shared();
        service.bean(MapLayers.class).put("district", DISTRICT);
        try (Browser browser = Browser.open();
                Socket terminal = new Socket(InetAddress.getLoopbackAddress(), service.port("JT/T 808"))) {
            Page page = browser.page(service, 1600, 900, "zh-CN");
            Browser.logIn(page, "admin", RunningService.ADMIN_PASSWORD);
            page.getByTestId("map").waitFor();

            report(terminal, 1, 31.230416, 121.473701);
            Map<?, ?> before = marker(page, 31.230416);
            report(terminal, 2, 31.234416, 121.473701);
            Map<?, ?> after = marker(page, 31.234416);

            assertThat(((Number) after.get("y")).doubleValue())
                    .as("north is up: the marker moved up the screen")
                    .isLessThan(((Number) before.get("y")).doubleValue());
            assertThat(service.bean(JdbcClient.class)
                            .sql("select latitude from position join device on no = device_no"
                                    + " where protocol_id = '13900000001' order by fix_time")
                            .query(Double.class)
                            .list())
                    .containsExactly(31.230416, 31.234416);
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "first-marker.png")));
            assertThat(browser.complaints()).isEmpty();
        }
    }

    /** Awaits the terminal's marker at the latitude and gives its entry. */
    private static Map<?, ?> marker(Page page, double latitude) {
        return await().atMost(PATIENCE)
                .until(
                        () -> ((List<?>) page.evaluate("() => window.farwatch?.positions() ?? []"))
                                .stream()
                                        .map(entry -> (Map<?, ?>) entry)
                                        .filter(entry -> entry.get("deviceId").equals("jt808-13900000001"))
                                        .filter(entry ->
                                                Math.abs(((Number) entry.get("latitude")).doubleValue() - latitude)
                                                        < 1e-5)
                                        .findFirst()
                                        .orElse(null),
                        found -> found != null);
    }

    /** Sends one 0x0200 in the 2013 layout and reads its acknowledgement. */
    private static void report(Socket terminal, int serial, double latitude, double longitude) throws IOException {
        String time = DateTimeFormatter.ofPattern("yyMMddHHmmss")
                .withZone(ZoneOffset.ofHours(8))
                .format(Instant.now().minusSeconds(10 - serial));
        String body =
                "00000000" + "00000003" + "%08x%08x".formatted(Math.round(latitude * 1e6), Math.round(longitude * 1e6))
                        + "000a" + "00eb" + "005a" + time;
        byte[] payload = HexFormat.of().parseHex("0200" + "001c" + "013900000001" + "%04x".formatted(serial) + body);
        byte check = 0;
        for (byte each : payload) {
            check ^= each;
        }
        String plain = HexFormat.of().formatHex(payload) + HexFormat.of().toHexDigits(check);
        StringBuilder wire = new StringBuilder("7e");
        for (int i = 0; i < plain.length(); i += 2) {
            String octet = plain.substring(i, i + 2);
            wire.append(octet.equals("7e") ? "7d02" : octet.equals("7d") ? "7d01" : octet);
        }
        terminal.getOutputStream().write(HexFormat.of().parseHex(wire + "7e"));
        byte[] reply = new byte[20];
        new DataInputStream(terminal.getInputStream()).readFully(reply);
        assertThat(HexFormat.of().formatHex(reply)).startsWith("7e8001").contains("%04x020000".formatted(serial));
    }
}
