package org.farwatch.api.terminals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.Charset;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Random;
import org.farwatch.api.RunningService;
import org.farwatch.api.org.DeviceRegister;
import org.farwatch.ingest.jt808.MessageId;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Photographs of terminals from the socket to the evidence store and back to those who look. */
class TerminalMediaTest {
    private static final RunningService SERVICE = RunningService.shared();
    private static final DateTimeFormatter BCD =
            DateTimeFormatter.ofPattern("uuMMddHHmmss").withZone(ZoneOffset.ofHours(8));

    private static byte[] photo(int mediaId, int seed, int... beginning) {
        byte[] content = new byte[3_000];
        new Random(seed).nextBytes(content);
        for (int i = 0; i < beginning.length; i++) {
            content[i] = (byte) beginning[i];
        }
        String head = "%08x 00 00 01 03".formatted(mediaId)
                + "00000000 00000003 %08x %08x 0004 0000 005a %s"
                        .formatted(31_230_000, 121_470_000, BCD.format(Instant.now()));
        byte[] fixed = HexFormat.of().parseHex(head.replace(" ", ""));
        byte[] body = new byte[fixed.length + content.length];
        System.arraycopy(fixed, 0, body, 0, fixed.length);
        System.arraycopy(content, 0, body, fixed.length, content.length);
        return body;
    }

    private static JsonNode media(String phone) {
        RunningService.Answer answer = SERVICE.get("/api/v1/devices/jt808-" + phone + "/media");
        assertThat(answer.status()).isEqualTo(200);
        return answer.body().get("items");
    }

    @Test
    void aPhotographIsEvidenceBeforeItIsAnsweredAndStoredOnceHoweverOftenItIsSent() throws IOException {
        String phone = "13300000001";
        byte[] body = photo(7, 1, 0xFF, 0xD8, 0xFF);
        try (WiredTerminal terminal = new WiredTerminal(SERVICE, phone)) {
            terminal.authenticate(terminal.register());
            terminal.send(MessageId.MEDIA_EVENT, HexFormat.of().parseHex("0000000700000103"));
            terminal.until("8001");
            assertThat(media(phone)).singleElement().satisfies(notice -> {
                assertThat(notice.has("evidence")).isFalse();
                assertThat(notice.get("event").asString()).isEqualTo("timer");
            });
            for (int i = 0; i < 2; i++) {
                terminal.sendLong(MessageId.MEDIA, body);
                assertThat(terminal.until("8800")).isEqualTo("8800 00000007");
                assertThat(media(phone)).hasSize(1);
            }
        }
        JsonNode medium = media(phone).get(0);
        assertThat(medium.get("mediaType").asString()).isEqualTo("image/jpeg");
        assertThat(medium.get("asStated").asBoolean()).isTrue();
        assertThat(medium.get("channel").asInt()).isEqualTo(3);
        assertThat(medium.get("longitude").asDouble()).isEqualTo(121.47);
        RunningService.Answer file =
                SERVICE.get("/api/v1/evidence/" + medium.get("evidence").asString());
        assertThat(file.status()).isEqualTo(200);
        assertThat(file.response().headers().firstValue("Content-Length")).hasValue("3000");
    }

    @Test
    void aFileThatIsNotWhatItsTerminalSaysIsKeptAndLabelled() throws IOException {
        String phone = "13300000002";
        try (WiredTerminal terminal = new WiredTerminal(SERVICE, phone)) {
            terminal.authenticate(terminal.register());
            terminal.sendLong(MessageId.MEDIA, photo(8, 2, '<', 'h', 't', 'm', 'l'));
            terminal.until("8800 00000008");
        }
        JsonNode medium = media(phone).get(0);
        assertThat(medium.get("asStated").asBoolean(true)).isFalse();
        assertThat(medium.get("mediaType").asString()).isEqualTo("application/octet-stream");
    }

    @Test
    void ofADeviceThatSomebodyHasOffDutyOnlyAnEmergencyIsKeptAndNothingNeedBeSentAgain() throws IOException {
        String phone = "13300000003";
        try (WiredTerminal terminal = new WiredTerminal(SERVICE, phone)) {
            terminal.authenticate(terminal.register());
            holdOffDuty(phone);
            terminal.sendLong(MessageId.MEDIA, photo(9, 3, 0xFF, 0xD8, 0xFF));
            terminal.until("8800 00000009");
            terminal.send(MessageId.DRIVER, HexFormat.of().parseHex("02260301080000"));
            terminal.until("8001");
            assertThat(media(phone)).isEmpty();
            byte[] emergency = photo(10, 4, 0xFF, 0xD8, 0xFF);
            emergency[11] = 1;
            terminal.sendLong(MessageId.MEDIA, emergency);
            terminal.until("8800 0000000a");
        }
        assertThat(media(phone)).as("an emergency is always kept").hasSize(1);
        assertThat(SERVICE.get("/api/v1/devices/jt808-" + phone + "/reports")
                        .body()
                        .get("items"))
                .isEmpty();
    }

    private static void holdOffDuty(String phone) {
        JsonNode squad = SERVICE.call("POST", "/api/v1/squads", "{\"name\": \"媒体中队 %s\"}".formatted(phone))
                .body();
        JsonNode officer = SERVICE.call(
                        "POST",
                        "/api/v1/officers",
                        "{\"name\": \"李某\", \"number\": \"M%s\", \"squadId\": \"%s\"}"
                                .formatted(phone, squad.get("id").asString()))
                .body();
        RunningService.Answer custody = SERVICE.call(
                "POST",
                "/api/v1/devices/jt808-" + phone + "/custody",
                "{\"officerId\": \"%s\", \"from\": \"%s\"}"
                        .formatted(officer.get("id").asString(), Instant.now().minusSeconds(7_200)));
        assertThat(custody.status()).isEqualTo(201);
    }

    @Test
    void otherMessagesAreKeptAsFactsWithTheirFields() throws IOException {
        String phone = "13300000004";
        try (WiredTerminal terminal = new WiredTerminal(SERVICE, phone)) {
            terminal.authenticate(terminal.register());
            byte[] name = "李某".getBytes(Charset.forName("GBK"));
            String card = "01 260301080000 00 %02x%s"
                            .formatted(name.length, HexFormat.of().formatHex(name)) + "31".repeat(20)
                    + "02 4142 20300101";
            int serial = terminal.send(MessageId.DRIVER, HexFormat.of().parseHex(card.replace(" ", "")));
            assertThat(terminal.until("8001 %04x".formatted(serial))).endsWith("070200");
            int cut = terminal.send(MessageId.DRIVER, HexFormat.of().parseHex("0126"));
            assertThat(terminal.until("8001 %04x".formatted(cut))).endsWith("070202");
        }
        JsonNode reports = SERVICE.get("/api/v1/devices/jt808-" + phone + "/reports")
                .body()
                .get("items");
        assertThat(reports).hasSize(1);
        assertThat(reports.get(0).get("messageId").asString()).isEqualTo("0702");
        assertThat(reports.get(0).get("fields").toString())
                .contains("card (IC卡) 1: inserted")
                .contains("name (驾驶员姓名): 李某")
                .contains("valid until (证件有效期) 20300101");
    }

    @Test
    void pagesOfMediaFollowOneAnotherAndEachIsLoggedAsAView() throws IOException {
        String phone = "13300000005";
        try (WiredTerminal terminal = new WiredTerminal(SERVICE, phone)) {
            terminal.authenticate(terminal.register());
            for (int i = 0; i < 3; i++) {
                terminal.sendLong(MessageId.MEDIA, photo(20 + i, 20 + i, 0xFF, 0xD8, 0xFF));
                terminal.until("8800 %08x".formatted(20 + i));
            }
        }
        String path = "/api/v1/devices/jt808-" + phone + "/media?limit=2";
        JsonNode first = SERVICE.get(path).body();
        assertThat(first.get("items")).hasSize(2);
        assertThat(first.get("items").get(0).get("mediaId").asInt()).isEqualTo(22);
        JsonNode second =
                SERVICE.get(path + "&cursor=" + first.get("next").asString()).body();
        assertThat(second.get("items")).hasSize(1);
        assertThat(second.get("next").isNull()).isTrue();
        assertThat(SERVICE.bean(JdbcClient.class)
                        .sql("select count(*) from view_log where kind = 'media' and subject_id = ?")
                        .param("jt808-" + phone)
                        .query(Long.class)
                        .single())
                .isEqualTo(2);
        assertThat(SERVICE.get("/api/v1/devices/jt808-" + phone
                                + "/media?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z")
                        .status())
                .isEqualTo(400);
        assertThat(SERVICE.get("/api/v1/devices/nobody/media").status()).isEqualTo(404);
    }

    @Test
    void aCodeThatIsTooOldIsRefusedAndTheOldOneIsGoodWhileTheNewOneMayBeLost() throws IOException {
        String phone = "13300000006";
        try (WiredTerminal terminal = new WiredTerminal(SERVICE, phone)) {
            String first = terminal.register();
            assertThat(terminal.authenticate(first)).isZero();
            String lost = terminal.register();
            assertThat(terminal.authenticate(first))
                    .as("the answer may have been lost")
                    .isZero();
            String second = terminal.register();
            assertThat(terminal.authenticate(first)).as("and another one").isZero();
            assertThat(terminal.authenticate(lost)).isEqualTo(1);
            assertThat(terminal.authenticate(second)).isZero();
            await().until(() -> terminal.authenticate(first) == 1);

            JdbcClient jdbc = SERVICE.bean(JdbcClient.class);
            jdbc.sql("update device set code_at = ? where protocol_id = ?")
                    .params(Timestamp.from(Instant.now().minusSeconds(366L * 86_400)), phone)
                    .update();
            SERVICE.bean(DeviceRegister.class).refresh("jt808-" + phone);
            assertThat(terminal.authenticate(second)).as("too old").isEqualTo(1);
            String third = terminal.register();
            assertThat(terminal.authenticate(second))
                    .as("too old, but the new one may be lost")
                    .isZero();
            assertThat(terminal.authenticate(third)).isZero();
        }
    }
}
