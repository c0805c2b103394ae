package org.farwatch.ingest.gb28181;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.farwatch.ingest.gb28181.DeviceCode.Kind;
import org.junit.jupiter.api.Test;

class MessageReaderTest {
    @Test
    void keepalivesOfRealDevicesAreUnderstood() throws IOException {
        assertThat(MessageReader.read(Captured.body("08_dahua_keepalive.txt", 1)))
                .isInstanceOfSatisfying(Message.Keepalive.class, keepalive -> {
                    assertThat(keepalive.about()).isEqualTo("34020000001320000002");
                    assertThat(keepalive.status()).isEqualTo("OK");
                });
        assertThat(MessageReader.read(Captured.body("09_keepalive_with_empty_info.txt", 1)))
                .isInstanceOfSatisfying(
                        Message.Keepalive.class,
                        keepalive -> assertThat(keepalive.faulty()).isEmpty());
    }

    @Test
    void aTimeThatADeviceTellsIsItsOwnWhereverItStands() {
        String told = "<SN>1</SN><DeviceID>34020000001180000001</DeviceID><DeviceTime>2026-11-23 09:00:00</DeviceTime>";
        Instant time = Instant.parse("2026-11-23T01:00:00Z");
        assertThat(MessageReader.read(xml("<Notify><CmdType>Keepalive</CmdType>" + told + "</Notify>")))
                .isInstanceOfSatisfying(
                        Message.Keepalive.class,
                        alive -> assertThat(alive.deviceTime()).isEqualTo(time));
        assertThat(MessageReader.read(xml("<Response><CmdType>DeviceInfo</CmdType>" + told + "</Response>")))
                .isInstanceOfSatisfying(
                        Message.DeviceInfo.class,
                        info -> assertThat(info.deviceTime()).isEqualTo(time));
        assertThat(MessageReader.read(xml("<Notify><CmdType>Keepalive</CmdType><SN>1</SN></Notify>")))
                .isInstanceOfSatisfying(
                        Message.Keepalive.class,
                        alive -> assertThat(alive.deviceTime()).isNull());
    }

    private static byte[] xml(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aCatalogueOfADomeIsUnderstood() throws IOException {
        assertThat(MessageReader.read(Captured.body("11_dahua_catalog_response.txt", 1)))
                .isInstanceOfSatisfying(Message.CatalogPart.class, part -> {
                    assertThat(part.sn()).isEqualTo(7);
                    assertThat(part.total()).isEqualTo(1);
                    Channel channel = part.items().getFirst();
                    assertThat(channel.code()).isEqualTo("34020000001310000001");
                    assertThat(channel.parent()).isEqualTo("34020000001320000002");
                    assertThat(channel.ptz()).isEqualTo(3);
                    assertThat(channel.online()).isTrue();
                    assertThat(channel.kind()).isEqualTo(Kind.CAMERA);
                    assertThat(channel.longitude()).isNull();
                });
    }

    @Test
    void aCameraOf2022SaysInHowManyQualitiesItCanBeHad() {
        String text = """
                <?xml version="1.0"?>
                <Response><CmdType>Catalog</CmdType><SN>1</SN><DeviceID>34020000001110000001</DeviceID><SumNum>2</SumNum>
                <DeviceList Num="2">
                <Item><DeviceID>34020000001310000001</DeviceID><Info><StreamNumberList>0/1</StreamNumberList></Info></Item>
                <Item><DeviceID>34020000001310000002</DeviceID></Item>
                </DeviceList></Response>""";
        assertThat(MessageReader.read(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(
                        Message.CatalogPart.class,
                        part -> assertThat(part.items())
                                .extracting(Channel::streams)
                                .containsExactly(2, 0));
    }

    @Test
    void aPartOfARecordersCatalogueIsUnderstood() throws IOException {
        assertThat(MessageReader.read(Captured.body("12_hikvision_nvr_catalog_response_2_of_8.txt", 1)))
                .isInstanceOfSatisfying(Message.CatalogPart.class, part -> {
                    assertThat(part.total()).isEqualTo(8);
                    assertThat(part.items()).extracting(Channel::online).containsExactly(true, false);
                });
    }

    @Test
    void whatADeviceIsAndHowItIsAreUnderstoodAndItsPasswordIsNotRead() throws IOException {
        assertThat(MessageReader.read(Captured.body("16_dahua_deviceinfo_response.txt", 1)))
                .isInstanceOfSatisfying(Message.DeviceInfo.class, info -> {
                    assertThat(info.model()).isEqualTo("DH-SD-6C3230UE-HN");
                    assertThat(info.toString()).doesNotContain("admin", "***");
                });
        assertThat(MessageReader.read(Captured.body("17_dahua_devicestatus_response.txt", 1)))
                .isInstanceOfSatisfying(Message.DeviceStatus.class, status -> {
                    assertThat(status.online()).isTrue();
                    assertThat(status.deviceTime()).isEqualTo(Instant.parse("2024-05-17T06:24:54Z"));
                });
    }

    @Test
    void recordingsOfARecorderAreUnderstoodInItsTimeZone() throws IOException {
        assertThat(MessageReader.read(Captured.body("24_recordinfo_query_and_hik_response.txt", 2)))
                .isInstanceOfSatisfying(Message.RecordPart.class, part -> {
                    assertThat(part.total()).isEqualTo(2);
                    assertThat(part.items().getFirst().start()).isEqualTo(Instant.parse("2024-05-04T06:43:16Z"));
                    assertThat(part.items().getFirst().end())
                            .isEqualTo(part.items().getLast().start());
                });
    }

    @Test
    void aPositionOf2016IsUnderstood() throws IOException {
        assertThat(MessageReader.read(Captured.body("31_mobileposition_2016_flat.txt", 1)))
                .isInstanceOfSatisfying(Message.Positions.class, told -> {
                    Message.Fix fix = told.fixes().getFirst();
                    assertThat(fix.target()).isEqualTo("33010000001118");
                    assertThat(fix.time()).isEqualTo(Instant.parse("2026-04-11T02:30:00Z"));
                    assertThat(fix.longitude()).isCloseTo(116.397428, within(1e-9));
                    assertThat(fix.speed()).isEqualTo(30.5f);
                });
    }

    @Test
    void positionsOf2022ComeInAList() {
        String body = """
                <?xml version="1.0" encoding="GB18030"?>
                <Notify><CmdType>MobilePosition</CmdType><SN>3</SN><DeviceID>34020000002000000009</DeviceID>
                <SumNum>2</SumNum><DeviceList Num="2">
                <Item><DeviceID>34020000001320000001</DeviceID><CaptureTime>2026-04-11T10:30:00</CaptureTime>
                <Longitude>121.4</Longitude><Latitude>31.2</Latitude><Height>4.5</Height></Item>
                <Item><DeviceID>34020000001320000002</DeviceID><CaptureTime>2026-04-11T10:30:01</CaptureTime>
                <Longitude>121.5</Longitude><Latitude>31.3</Latitude></Item>
                </DeviceList></Notify>""";
        assertThat(MessageReader.read(body.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(Message.Positions.class, told -> {
                    assertThat(told.fixes())
                            .extracting(Message.Fix::target)
                            .containsExactly("34020000001320000001", "34020000001320000002");
                    assertThat(told.fixes().getFirst().altitude()).isEqualTo(4.5f);
                    assertThat(told.fixes().getLast().altitude()).isNaN();
                });
    }

    @Test
    void namesAreReadInWhicheverCharsetTheyAre() {
        String body = "<?xml version=\"1.0\" encoding=\"GB2312\"?><Response><CmdType>DeviceInfo</CmdType><SN>1</SN>"
                + "<DeviceID>34020000001320000001</DeviceID><DeviceName>执法记录仪</DeviceName></Response>";
        for (Charset charset : new Charset[] {StandardCharsets.UTF_8, Charset.forName("GB18030")}) {
            assertThat(MessageReader.read(body.getBytes(charset)))
                    .isInstanceOfSatisfying(
                            Message.DeviceInfo.class,
                            info -> assertThat(info.name()).isEqualTo("执法记录仪"));
        }
    }

    @Test
    void aDocumentTypeIsRefused() {
        String bomb = "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><Notify><CmdType>&b;</CmdType></Notify>";
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MessageReader.read(bomb.getBytes(StandardCharsets.UTF_8)))
                .withMessageContaining("DTD");
    }

    @Test
    void whatIsNoMessageIsRefusedAndWhatIsNotHandledIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MessageReader.read("<Notify/>".getBytes(StandardCharsets.UTF_8)))
                .withMessageContaining("CmdType");
        assertThatIllegalArgumentException().isThrownBy(() -> MessageReader.read(new byte[] {1, 2, 3}));
        assertThat(MessageReader.read("<Notify><CmdType>Novelty</CmdType></Notify>".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new Message.Unknown("", "Notify", "Novelty"));
    }

    @Test
    void aTextThatIsTooLongIsCutBetweenCharacters() {
        String name = "a".repeat(254) + "\ud842\udfb7" + "b";
        String body = "<Response><CmdType>DeviceInfo</CmdType><DeviceName>" + name + "</DeviceName></Response>";
        assertThat(MessageReader.read(body.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(
                        Message.DeviceInfo.class,
                        info -> assertThat(info.name()).isEqualTo("a".repeat(254)));
    }

    @Test
    void textsAreWrittenAsTexts() {
        byte[] body = Body.query("Catalog", 1, "<&>\"").bytes();
        assertThat(new String(body, Charset.forName("GB18030"))).contains("<DeviceID>&lt;&amp;&gt;");
    }
}
