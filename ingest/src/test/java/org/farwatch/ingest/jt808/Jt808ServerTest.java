package org.farwatch.ingest.jt808;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.farwatch.ingest.jt808.ServerUnderTest.location;
import static org.farwatch.ingest.jt808.WireClient.general;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.farwatch.geo.PositionFlag;
import org.farwatch.geo.StoreResult;
import org.farwatch.ingest.FaultKind;
import org.farwatch.ingest.RowBudget;
import org.farwatch.ingest.jt808.FrameReaderTest.Seen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class Jt808ServerTest {
    private static final String PHONE = "13812345678";

    @ParameterizedTest
    @EnumSource(Layout.class)
    void aTerminalOfEveryLayoutRegistersAuthenticatesAndItsPositionIsStored(Layout layout) throws IOException {
        Register register = new Register();
        register.add(PHONE, "old");
        try (ServerUnderTest server = new ServerUnderTest(register);
                WireClient terminal = server.connect(layout, PHONE)) {
            terminal.send(MessageId.REGISTER, terminal.registration());
            Seen reply = terminal.receive();
            String digits = layout == Layout.V2019 ? "00000000013812345678" : "013812345678";
            assertThat(reply.v2019()).isEqualTo(layout == Layout.V2019);
            assertThat(Hex.text(reply.bytes())).contains(digits);
            assertThat(reply.messageId()).isEqualTo(MessageId.REGISTER_REPLY);
            assertThat(Hex.text(reply.body()))
                    .isEqualTo("000000" + Hex.text("code-13812345678-1".getBytes(Replies.GBK)));
            var registration = register.registrations().getFirst();
            assertThat(registration.layout()).isEqualTo(layout.label());
            assertThat(registration.model()).isEqualTo("M" + layout.label());
            assertThat(registration.plate()).isEqualTo("沪A12345");
            assertThat(registration.plateColour()).isEqualTo(1);
            assertThat(registration.province()).isEqualTo(31);
            assertThat(registration.city()).isEqualTo(115);
            assertThat(registration.manufacturer()).isEqualTo("1".repeat(layout == Layout.V2019 ? 11 : 5));
            assertThat(registration.terminalId()).isEqualTo("2".repeat(layout == Layout.V2019 ? 30 : 7));

            assertThat(terminal.authenticate("code-13812345678-1")).isEqualTo(general(1, MessageId.AUTHENTICATE, 0));
            int heartbeat = terminal.send(MessageId.HEARTBEAT, "");
            assertThat(terminal.reply()).isEqualTo(general(heartbeat, MessageId.HEARTBEAT, 0));
            int serial = terminal.send(MessageId.LOCATION, location(5));
            assertThat(terminal.reply()).isEqualTo(general(serial, MessageId.LOCATION, 0));

            assertThat(server.store.rows()).singleElement().satisfies(row -> {
                assertThat(Instant.ofEpochMilli(row.fixTime())).isEqualTo(Instant.parse("2026-03-01T00:00:05Z"));
                assertThat(row.receiveTime()).isEqualTo(ServerUnderTest.NOW.toEpochMilli());
                assertThat(row.latitude()).isEqualTo(31.23);
                assertThat(row.longitude()).isEqualTo(121.47);
                assertThat(row.flags()).isZero();
            });
            assertThat(register.presence()).containsExactly(PHONE + " online");
        }
        assertThat(register.presence()).containsExactly(PHONE + " online", PHONE + " offline");
    }

    @Test
    void aPositionIsAcknowledgedOnlyAfterTheStoreHasReported() throws Exception {
        try (ServerUnderTest server = new ServerUnderTest(new Register().selfRegistering());
                WireClient terminal = server.connect(Layout.V2013, PHONE)) {
            server.store.hold();
            int first = terminal.send(MessageId.LOCATION, location(1));
            int second = terminal.send(MessageId.LOCATION, location(2));
            await().until(() -> server.store.held() == 2);
            assertThat(terminal.quiet()).isTrue();
            int heartbeat = terminal.send(MessageId.HEARTBEAT, "");
            assertThat(terminal.reply()).isEqualTo(general(heartbeat, MessageId.HEARTBEAT, 0));

            server.store.release();
            assertThat(terminal.reply()).isEqualTo(general(first, MessageId.LOCATION, 0));
            assertThat(terminal.reply()).isEqualTo(general(second, MessageId.LOCATION, 0));
            assertThat(server.server.counters().acknowledgedRows()).isEqualTo(2);
            await().until(() -> server.budget.inFlight() == 0);
        }
    }

    @Test
    void everyResultButRefusedIsAcknowledgedAsSuccess() throws IOException {
        try (ServerUnderTest server = new ServerUnderTest(new Register().selfRegistering());
                WireClient terminal = server.connect(Layout.V2019, PHONE)) {
            for (StoreResult result : StoreResult.values()) {
                server.store.decide(_ -> result);
                int serial = terminal.send(MessageId.LOCATION, location(1));
                assertThat(terminal.reply())
                        .as(result.name())
                        .isEqualTo(general(serial, MessageId.LOCATION, result == StoreResult.REFUSED ? 2 : 0));
            }
            assertThat(server.server.counters().acknowledgedRows()).isEqualTo(4);
            assertThat(server.server.counters().refusedRows()).isEqualTo(1);
        }
    }

    @Test
    void aBatchIsAcknowledgedOnceAndMarkedBufferedWhenItFillsAGap() throws IOException {
        try (ServerUnderTest server = new ServerUnderTest(new Register().selfRegistering());
                WireClient terminal = server.connect(Layout.V2013, PHONE)) {
            String items = "001c" + location(1) + "001c" + location(2) + "001c" + location(3);
            int serial = terminal.send(MessageId.LOCATION_BATCH, "0003 01" + items);
            assertThat(terminal.reply()).isEqualTo(general(serial, MessageId.LOCATION_BATCH, 0));
            assertThat(terminal.quiet()).isTrue();
            assertThat(server.store.rows())
                    .hasSize(3)
                    .allSatisfy(
                            row -> assertThat(PositionFlag.labels(row.flags())).containsExactly("buffered"));

            serial = terminal.send(MessageId.LOCATION_BATCH, "0003 00" + items);
            assertThat(terminal.reply()).isEqualTo(general(serial, MessageId.LOCATION_BATCH, 0));
            assertThat(server.store.rows().getLast().flags()).isZero();
            assertThat(server.faults(FaultKind.BAD_BODY)).isZero();
        }
    }

    @Test
    void ofABatchWithABadItemTheGoodOnesAreStored() throws IOException {
        try (ServerUnderTest server = new ServerUnderTest(new Register().selfRegistering());
                WireClient terminal = server.connect(Layout.V2013, PHONE)) {
            String good = "001c" + location(1);
            int shortItem = terminal.send(MessageId.LOCATION_BATCH, "0003 01" + good + "0003 010203" + good);
            assertThat(terminal.reply()).isEqualTo(general(shortItem, MessageId.LOCATION_BATCH, 0));
            assertThat(server.store.rows()).hasSize(2);

            int cut = terminal.send(MessageId.LOCATION_BATCH, "0002 01" + good + "001c 0000");
            assertThat(terminal.reply()).isEqualTo(general(cut, MessageId.LOCATION_BATCH, 0));
            assertThat(server.store.rows()).hasSize(3);
            assertThat(server.faults(FaultKind.BAD_BODY)).isEqualTo(2);

            int none = terminal.send(MessageId.LOCATION_BATCH, "0001 01 001c 0000");
            assertThat(terminal.reply()).isEqualTo(general(none, MessageId.LOCATION_BATCH, 2));
            int empty = terminal.send(MessageId.LOCATION_BATCH, "00");
            assertThat(terminal.reply()).isEqualTo(general(empty, MessageId.LOCATION_BATCH, 2));
            int oneRefused = terminal.send(MessageId.LOCATION_BATCH, "0002 01" + good + "001c" + location(9));
            server.store.decide(row -> row.fixTime() % 10_000 == 9_000 ? StoreResult.REFUSED : StoreResult.STORED);
            assertThat(terminal.reply()).isEqualTo(general(oneRefused, MessageId.LOCATION_BATCH, 0));
        }
    }

    @Test
    void theAnswersToALocationQueryAndToVehicleControlCarryAPosition() throws IOException {
        try (ServerUnderTest server = new ServerUnderTest(new Register().selfRegistering());
                WireClient terminal = server.connect(Layout.V2013, PHONE)) {
            int query = terminal.send(MessageId.LOCATION_QUERY_REPLY, "0001" + location(1));
            assertThat(terminal.reply()).isEqualTo(general(query, MessageId.LOCATION_QUERY_REPLY, 0));
            int control = terminal.send(MessageId.VEHICLE_CONTROL_REPLY, "0001" + location(2));
            assertThat(terminal.reply()).isEqualTo(general(control, MessageId.VEHICLE_CONTROL_REPLY, 0));
            int none = terminal.send(MessageId.LOCATION_QUERY_REPLY, "00");
            assertThat(terminal.reply()).isEqualTo(general(none, MessageId.LOCATION_QUERY_REPLY, 2));
            assertThat(server.store.rows())
                    .extracting(MemoryStore.Row::latitude)
                    .containsExactly(31.23, 31.23);
        }
    }

    @Test
    void badFramesLeaveTheConnectionAliveAndThePositionsAroundThemAreStored() throws IOException {
        try (ServerUnderTest server = new ServerUnderTest(new Register().selfRegistering());
                WireClient terminal = server.connect(Layout.V2013, PHONE)) {
            int before = terminal.send(MessageId.LOCATION, location(1));
            byte[] wrong = WireClient.wire(Layout.V2013, PHONE, MessageId.LOCATION, 9, Hex.bytes(location(2)));
            wrong[20] ^= 1;
            terminal.send(wrong);
            terminal.send(Hex.bytes("7e 01 7e 7e 7d05 7e"));
            terminal.send(Hex.bytes("47 45 54 20 2f 7e"));
            terminal.send(Hex.bytes(FrameReaderTest.frame("0200 0000 0a3812345678 0001")));
            terminal.send(Hex.bytes(FrameReaderTest.frame("0200 0026 013812345678 0001" + location(3))));
            int tooShort = terminal.send(MessageId.LOCATION, "0102");
            int after = terminal.send(MessageId.LOCATION, location(4) + "01 04 0000");

            assertThat(replies(terminal, 4))
                    .containsExactlyInAnyOrder(
                            general(before, MessageId.LOCATION, 0),
                            general(1, MessageId.LOCATION, 2),
                            general(tooShort, MessageId.LOCATION, 2),
                            general(after, MessageId.LOCATION, 0));
            assertThat(server.store.rows()).hasSize(2);
            assertThat(server.faults(FaultKind.BAD_CHECKSUM)).isEqualTo(1);
            assertThat(server.faults(FaultKind.MALFORMED)).isEqualTo(2);
            assertThat(server.faults(FaultKind.BAD_ESCAPE)).isEqualTo(1);
            assertThat(server.faults(FaultKind.NOT_BCD_PHONE)).isEqualTo(1);
            assertThat(server.faults(FaultKind.BAD_LENGTH)).isEqualTo(1);
            assertThat(server.faults(FaultKind.BAD_BODY)).isEqualTo(1);
            assertThat(server.faults(FaultKind.TRUNCATED_ITEM)).isEqualTo(1);
        }
    }

    @Test
    void messagesThatAreNotHandledAreAnsweredCountedAndKept() throws IOException {
        try (ServerUnderTest server = new ServerUnderTest(new Register().selfRegistering());
                WireClient terminal = server.connect(Layout.V2013, PHONE)) {
            int unknown = terminal.send(0x0F01, "0102");
            assertThat(terminal.reply()).isEqualTo(general(unknown, 0x0F01, 3));
            terminal.send(Hex.bytes(FrameReaderTest.frame("0200 041c 013812345678 0011" + location(1))));
            assertThat(terminal.reply()).isEqualTo(general(0x11, MessageId.LOCATION, 3));
            terminal.send(Hex.bytes(FrameReaderTest.frame("0704 2002 013812345678 0012 0002 0003 0102")));
            assertThat(terminal.reply()).isEqualTo(general(0x12, MessageId.LOCATION_BATCH, 2));
            terminal.send(MessageId.TERMINAL_REPLY, "0000 8300 00");
            assertThat(terminal.quiet()).isTrue();

            assertThat(server.faults(FaultKind.UNKNOWN_MESSAGE)).isEqualTo(1);
            assertThat(server.faults(FaultKind.ENCRYPTED)).isEqualTo(1);
            assertThat(server.faults(FaultKind.SUB_PACKAGE)).isEqualTo(1);
            assertThat(server.undecoded)
                    .hasSize(2)
                    .first()
                    .isEqualTo("13812345678: message id: 0f01 is not handled: 0f010002013812345678000001023e");
            assertThat(server.store.rows()).isEmpty();
        }
    }

    @Test
    void aTerminalOf2019IsToldTheTimeInUtc() throws IOException {
        try (ServerUnderTest server = new ServerUnderTest(new Register());
                WireClient terminal = server.connect(Layout.V2019, PHONE)) {
            terminal.send(MessageId.QUERY_TIME, "");
            assertThat(terminal.reply()).isEqualTo("8004 260301000000");
        }
    }

    @Test
    void manyTerminalsShareAConnectionAndEachIsAnsweredWithItsOwnDigits() throws IOException {
        try (ServerUnderTest server = new ServerUnderTest(new Register().selfRegistering());
                WireClient gateway = server.connect(Layout.V2013, PHONE)) {
            List<String> phones = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                phones.add("1390000%04d".formatted(i));
                gateway.send(phones.getLast(), MessageId.LOCATION, location(i));
            }
            List<String> answered = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                answered.add(gateway.receive().phone());
            }
            assertThat(answered).containsExactlyElementsOf(phones);
            assertThat(server.server.terminalsOnline()).isEqualTo(50);
            assertThat(server.store.rows()).extracting(MemoryStore.Row::device).doesNotHaveDuplicates();
        }
    }

    @Test
    void aPortThatIsTakenIsNamedWithItsSetting() throws IOException {
        try (ServerUnderTest server = new ServerUnderTest(new Register())) {
            int port = server.address.getPort();
            assertThatThrownBy(() -> new ServerUnderTest(
                            new Register(), Jt808Settings.at("127.0.0.1", port), RowBudget.DEFAULT_LIMIT))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("farwatch.jt808.port")
                    .hasMessageContaining(String.valueOf(port));
        }
    }

    @Test
    void connectionsBeyondTheLimitAreClosedAndCounted() throws IOException {
        Jt808Settings settings = Jt808Settings.at("127.0.0.1", 0).withMaxConnections(1);
        try (ServerUnderTest server = new ServerUnderTest(new Register(), settings, RowBudget.DEFAULT_LIMIT);
                WireClient first = server.connect(Layout.V2013, PHONE)) {
            first.send(MessageId.HEARTBEAT, "");
            first.receive();
            try (WireClient second = server.connect(Layout.V2013, "13900000000")) {
                second.awaitClosed();
            }
            assertThat(server.faults(FaultKind.OVER_LIMIT)).isEqualTo(1);
            first.send(MessageId.HEARTBEAT, "");
            first.receive();
            first.socket().close();
            await().until(() -> server.server.counters().openConnections() == 0);
        }
    }

    @Test
    void closingWaitsForPositionsThatAreBeingStored() throws Exception {
        ServerUnderTest server = new ServerUnderTest(new Register().selfRegistering());
        try (WireClient terminal = server.connect(Layout.V2013, PHONE)) {
            server.store.hold();
            int serial = terminal.send(MessageId.LOCATION, location(1));
            await().until(() -> server.store.held() == 1);
            Thread closing = Thread.ofPlatform().start(server::close);
            assertThat(terminal.quiet()).isTrue();
            server.store.release();
            assertThat(terminal.reply()).isEqualTo(general(serial, MessageId.LOCATION, 0));
            terminal.awaitClosed();
            assertThat(closing.join(Duration.ofSeconds(10))).isTrue();
        }
        assertThat(server.register.presence()).containsExactly(PHONE + " online", PHONE + " offline");
    }

    private static List<String> replies(WireClient terminal, int count) throws IOException {
        List<String> replies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            replies.add(terminal.reply());
        }
        return replies;
    }
}
