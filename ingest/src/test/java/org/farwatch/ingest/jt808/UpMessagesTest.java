package org.farwatch.ingest.jt808;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.farwatch.ingest.jt808.ServerUnderTest.location;
import static org.farwatch.ingest.jt808.WireClient.general;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.farwatch.ingest.FaultKind;
import org.farwatch.ingest.TerminalSink.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each message of a terminal besides positions: how it is answered, and what of it is kept. */
class UpMessagesTest {
    private static final String PHONE = "13812345678";

    private static ServerUnderTest server() throws IOException {
        return new ServerUnderTest(new Register().selfRegistering());
    }

    @ParameterizedTest
    @CsvSource({
        "0108, 00 00",
        "0301, 05",
        "0302, 0007 02",
        "0303, 01 01",
        "0700, 0001 08 aabb",
        "0701, 00000003 313233",
        "0702, 02 260301080000",
        "0705, 0001 0801020003 00000001 0102030405060708",
        "0900, 41 0102"
    })
    void aFactIsAnsweredOnceItIsKeptAndNotBefore(String id, String body) throws IOException {
        int messageId = Integer.parseInt(id, 16);
        try (ServerUnderTest server = server();
                WireClient terminal = server.connect(Layout.V2013, PHONE)) {
            server.sink.hold();
            int serial = terminal.send(messageId, body);
            await().until(() -> server.sink.held() == 1);
            assertThat(terminal.quiet()).isTrue();
            server.sink.release();
            assertThat(terminal.reply()).isEqualTo(general(serial, messageId, 0));
            assertThat(server.sink.reports()).singleElement().satisfies(report -> {
                assertThat(report.messageId()).isEqualTo(messageId);
                assertThat(report.body()).isEqualTo(Hex.bytes(body));
                assertThat(report.device().protocolId()).isEqualTo(PHONE);
            });
        }
    }

    @Test
    void whatIsNotStoredIsNotAnsweredAndWhatIsCutShortIsRefused() throws IOException {
        try (ServerUnderTest server = server();
                WireClient terminal = server.connect(Layout.V2013, PHONE)) {
            server.sink.decide(Outcome.FAILED);
            terminal.send(MessageId.DRIVER, "02 260301080000");
            assertThat(terminal.quiet()).isTrue();
            int cut = terminal.send(MessageId.DRIVER, "01 2603");
            assertThat(terminal.reply()).isEqualTo(general(cut, MessageId.DRIVER, 2));
            int medium = terminal.send(MessageId.MEDIA, "00000001 00 00 00 01");
            assertThat(terminal.reply()).isEqualTo(general(medium, MessageId.MEDIA, 2));
            int notice = terminal.send(MessageId.MEDIA_EVENT, "00000001");
            assertThat(terminal.reply()).isEqualTo(general(notice, MessageId.MEDIA_EVENT, 2));
            assertThat(server.faults(FaultKind.BAD_BODY)).isEqualTo(3);
            assertThat(server.undecoded).hasSize(3);
        }
    }

    @Test
    void factsOfATerminalThatIsNotLetInAreRefused() throws IOException {
        Register register = new Register();
        register.add(PHONE, "code");
        try (ServerUnderTest server = new ServerUnderTest(register);
                WireClient terminal = server.connect(Layout.V2013, PHONE)) {
            int serial = terminal.send(MessageId.TRANSPARENT_UP, "41 01");
            assertThat(terminal.reply()).isEqualTo(general(serial, MessageId.TRANSPARENT_UP, 1));
            assertThat(server.sink.reports()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"0104, 0001 00", "0107, 00", "0608, 01 00000000", "0802, 0001 0000", "0805, 0001 00 0000"})
    void anAnswerToACommandIsAcknowledged(String id, String body) throws IOException {
        int messageId = Integer.parseInt(id, 16);
        try (ServerUnderTest server = server();
                WireClient terminal = server.connect(Layout.V2013, PHONE)) {
            int serial = terminal.send(messageId, body);
            assertThat(terminal.reply()).isEqualTo(general(serial, messageId, 0));
            assertThat(server.faults(FaultKind.UNKNOWN_MESSAGE)).isZero();
        }
    }

    @Test
    void encryptionThatNobodyAgreedOnIsRefusedCountedAndKept() throws IOException {
        try (ServerUnderTest server = server();
                WireClient terminal = server.connect(Layout.V2013, PHONE)) {
            terminal.send(Hex.bytes(FrameReaderTest.frame("0200 041c 013812345678 0011" + location(1))));
            assertThat(terminal.reply()).isEqualTo(general(0x11, MessageId.LOCATION, 3));
            int key = terminal.send(MessageId.TERMINAL_KEY, "00010001" + "ab".repeat(128));
            assertThat(terminal.reply()).isEqualTo(general(key, MessageId.TERMINAL_KEY, 3));
            assertThat(server.faults(FaultKind.ENCRYPTED)).isEqualTo(2);
            assertThat(server.undecoded).hasSize(2);
            assertThat(server.store.rows()).isEmpty();
        }
    }

    private static String compressed(byte[] message) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(message);
        }
        return "%08x".formatted(packed.size()) + Hex.text(packed.toByteArray());
    }

    @ParameterizedTest
    @EnumSource(Layout.class)
    void aCompressedMessageIsHandledAsTheOneWithin(Layout layout) throws IOException {
        byte[] wire = WireClient.wire(layout, PHONE, MessageId.LOCATION, 777, Hex.bytes(location(3)));
        FrameReader reader = new FrameReader(FrameReader.DEFAULT_MAX_FRAME_LENGTH);
        reader.read(wire, 0, wire.length);
        byte[] plain = reader.frame().copy();
        try (ServerUnderTest server = server();
                WireClient terminal = server.connect(layout, PHONE)) {
            for (byte[] within : new byte[][] {wire, plain}) {
                int serial = terminal.send(MessageId.COMPRESSED, compressed(within));
                assertThat(terminal.reply()).isEqualTo(general(serial, MessageId.COMPRESSED, 0));
                assertThat(terminal.reply()).isEqualTo(general(777, MessageId.LOCATION, 0));
            }
            assertThat(server.store.rows()).hasSize(2);
        }
    }

    @Test
    void aCompressedMessageThatIsNoneOrABombOrOfAnotherPhoneIsRefused() throws IOException {
        byte[] other = WireClient.wire(Layout.V2013, "13900000000", MessageId.HEARTBEAT, 1, new byte[0]);
        byte[] nested = WireClient.wire(Layout.V2013, PHONE, MessageId.COMPRESSED, 1, Hex.bytes(compressed(other)));
        String[] bad = {
            "",
            "00000001",
            "00000002 0102",
            compressed(new byte[500_000]),
            compressed(other),
            compressed(nested),
            compressed(Arrays.copyOf(other, 10)),
            compressed(new byte[0]),
            compressed(Hex.bytes("7e0002"))
        };
        try (ServerUnderTest server = server();
                WireClient terminal = server.connect(Layout.V2013, PHONE)) {
            for (String body : bad) {
                int serial = terminal.send(MessageId.COMPRESSED, body);
                assertThat(terminal.reply()).as(body).isEqualTo(general(serial, MessageId.COMPRESSED, 2));
            }
            assertThat(server.faults(FaultKind.BAD_BODY)).isEqualTo(bad.length);
        }
    }

    @Test
    void packagesThatWereNotSentCannotBeSentAgain() throws IOException {
        try (ServerUnderTest server = server();
                WireClient terminal = server.connect(Layout.V2019, PHONE)) {
            int serial = terminal.send(MessageId.SEND_AGAIN_UP, "0001 0001 0001");
            assertThat(terminal.reply()).isEqualTo(general(serial, MessageId.SEND_AGAIN_UP, 1));
        }
    }
}
