package org.farwatch.ingest.jt808;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.farwatch.ingest.jt808.ServerUnderTest.location;
import static org.farwatch.ingest.jt808.WireClient.general;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.farwatch.geo.Datum;
import org.farwatch.geo.PositionFlag;
import org.farwatch.ingest.FaultKind;
import org.farwatch.ingest.RowBudget;
import org.junit.jupiter.api.Test;

/** Who is let in, and which connection a terminal is on. */
class AdmissionTest {
    private static final String PHONE = "13812345678";

    @Test
    void anUnknownTerminalIsRefusedWithReasonFour() throws IOException {
        try (ServerUnderTest server = new ServerUnderTest(new Register());
                WireClient terminal = server.connect(Layout.V2013, PHONE)) {
            terminal.send(MessageId.REGISTER, terminal.registration());
            assertThat(terminal.reply()).isEqualTo("8100 000004");
            assertThat(terminal.authenticate("guess")).isEqualTo(general(1, MessageId.AUTHENTICATE, 1));
            assertThat(server.faults(FaultKind.NOT_ADMITTED)).isEqualTo(2);
            assertThat(server.register.presence()).isEmpty();
        }
    }

    @Test
    void aWrongCodeIsAFailure() throws IOException {
        Register register = new Register();
        register.add(PHONE, "right");
        try (ServerUnderTest server = new ServerUnderTest(register);
                WireClient terminal = server.connect(Layout.V2019, PHONE)) {
            assertThat(terminal.authenticate("wrong")).isEqualTo(general(0, MessageId.AUTHENTICATE, 1));
            assertThat(terminal.authenticate("right")).isEqualTo(general(1, MessageId.AUTHENTICATE, 0));
        }
    }

    @Test
    void aRegistrationTooShortForAnyLayoutIsABadMessage() throws IOException {
        try (ServerUnderTest server = new ServerUnderTest(new Register());
                WireClient terminal = server.connect(Layout.V2013, PHONE)) {
            terminal.send(MessageId.REGISTER, "001f0073");
            assertThat(terminal.reply()).isEqualTo(general(0, MessageId.REGISTER, 2));
            assertThat(server.register.asked()).isEmpty();
        }
    }

    @Test
    void aPositionBeforeAuthenticationIsRefusedAndTheRegisterIsNotAskedAgainForEach() throws IOException {
        Register register = new Register();
        register.add(PHONE, "code");
        try (ServerUnderTest server = new ServerUnderTest(register);
                WireClient terminal = server.connect(Layout.V2013, PHONE)) {
            for (int i = 0; i < 5; i++) {
                terminal.send(MessageId.LOCATION, location(i));
                assertThat(terminal.reply()).isEqualTo(general(i, MessageId.LOCATION, 1));
            }
            assertThat(register.asked()).containsExactly("introduce " + PHONE);
            assertThat(server.store.rows()).isEmpty();
            assertThat(server.faults(FaultKind.NOT_ADMITTED)).isEqualTo(5);

            terminal.authenticate("code");
            terminal.send(MessageId.LOCATION, location(6));
            assertThat(terminal.reply()).isEqualTo(general(6, MessageId.LOCATION, 0));
        }
    }

    @Test
    void withSelfRegistrationAFirstPositionCreatesTheDevice() throws IOException {
        Register register = new Register().selfRegistering();
        try (ServerUnderTest server = new ServerUnderTest(register);
                WireClient terminal = server.connect(Layout.V2019, PHONE)) {
            terminal.send(MessageId.LOCATION, location(1));
            assertThat(terminal.reply()).isEqualTo(general(0, MessageId.LOCATION, 0));
            terminal.send(MessageId.LOCATION, location(2));
            assertThat(terminal.reply()).isEqualTo(general(1, MessageId.LOCATION, 0));
            assertThat(register.asked()).containsExactly("introduce " + PHONE);
            assertThat(register.presence()).containsExactly(PHONE + " online");
        }
    }

    @Test
    void whatComesWhileTheRegisterDecidesIsHandledAfterwardsInItsOrder() throws IOException {
        Register register = new Register().selfRegistering();
        register.delay();
        try (ServerUnderTest server = new ServerUnderTest(register);
                WireClient terminal = server.connect(Layout.V2013, PHONE)) {
            terminal.send(MessageId.LOCATION, location(0));
            for (int i = 1; i < 200; i++) {
                terminal.send(MessageId.LOCATION, location(i));
            }
            await().until(() -> register.undecided() == 1);
            assertThat(terminal.quiet()).isTrue();
            assertThat(server.store.rows()).isEmpty();

            register.decide();
            for (int i = 0; i < 200; i++) {
                assertThat(terminal.reply()).isEqualTo(general(i, MessageId.LOCATION, 0));
            }
            assertThat(server.store.rows())
                    .hasSize(200)
                    .isSortedAccordingTo((a, b) -> Long.compare(a.fixTime(), b.fixTime()));
            assertThat(register.asked()).hasSize(1);
        }
    }

    @Test
    void registrationAndAuthenticationWaitForTheRegister() throws IOException {
        Register register = new Register();
        register.add(PHONE, "code");
        register.delay();
        try (ServerUnderTest server = new ServerUnderTest(register);
                WireClient terminal = server.connect(Layout.V2013, PHONE);
                WireClient other = server.connect(Layout.V2013, "13900000000")) {
            terminal.send(MessageId.REGISTER, terminal.registration());
            terminal.send(MessageId.HEARTBEAT, "");
            await().until(() -> register.undecided() == 1);
            other.send(MessageId.HEARTBEAT, "");
            assertThat(other.reply()).isEqualTo(general(0, MessageId.HEARTBEAT, 0));
            assertThat(terminal.quiet()).isTrue();

            register.decide();
            assertThat(terminal.reply()).startsWith("8100 000000");
            assertThat(terminal.reply()).isEqualTo(general(1, MessageId.HEARTBEAT, 0));
        }
    }

    @Test
    void aConnectionThatBreaksWhileTheRegisterDecidesLeavesNothingBehind() throws IOException {
        Register register = new Register().selfRegistering();
        register.delay();
        try (ServerUnderTest server = new ServerUnderTest(register)) {
            try (WireClient terminal = server.connect(Layout.V2013, PHONE)) {
                terminal.send(MessageId.LOCATION, location(0));
                terminal.send(MessageId.LOCATION, location(1));
                await().until(() -> register.undecided() == 1);
            }
            await().until(() -> server.server.counters().openConnections() == 0);
            register.decide();
            try (WireClient again = server.connect(Layout.V2013, PHONE)) {
                again.send(MessageId.LOCATION, location(0));
                assertThat(again.reply()).isEqualTo(general(0, MessageId.LOCATION, 0));
            }
            assertThat(server.store.rows()).hasSize(1);
        }
    }

    @Test
    void aDeviceThatTheBureauRemovesIsNotServedAnyMore() throws IOException {
        Register register = new Register();
        register.add(PHONE, "code");
        try (ServerUnderTest server = new ServerUnderTest(register);
                WireClient terminal = server.connect(Layout.V2013, PHONE)) {
            terminal.authenticate("code");
            terminal.send(MessageId.LOCATION, location(0));
            assertThat(terminal.reply()).isEqualTo(general(1, MessageId.LOCATION, 0));
            register.remove(PHONE);
            terminal.send(MessageId.LOCATION, location(1));
            assertThat(terminal.reply()).isEqualTo(general(2, MessageId.LOCATION, 1));
            assertThat(register.presence()).containsExactly(PHONE + " online", PHONE + " offline");
            assertThat(server.store.rows()).hasSize(1);
        }
    }

    @Test
    void aDatumThatTheBureauSetsHoldsFromTheNextPositionOn() throws IOException {
        Register register = new Register();
        register.add(PHONE, "code");
        try (ServerUnderTest server = new ServerUnderTest(register);
                WireClient terminal = server.connect(Layout.V2013, PHONE)) {
            terminal.authenticate("code");
            terminal.send(MessageId.LOCATION, location(0));
            terminal.reply();
            register.add(PHONE, "code", Datum.GCJ02);
            terminal.send(MessageId.LOCATION, location(1));
            terminal.reply();
            assertThat(server.store.rows())
                    .extracting(row -> PositionFlag.labels(row.flags()))
                    .containsExactly(List.of(), List.of("datum-converted"));
        }
    }

    @Test
    void loggingOutEndsTheSession() throws IOException {
        Register register = new Register();
        register.add(PHONE, "code");
        try (ServerUnderTest server = new ServerUnderTest(register);
                WireClient terminal = server.connect(Layout.V2013, PHONE)) {
            terminal.authenticate("code");
            terminal.send(MessageId.LOGOUT, "");
            assertThat(terminal.reply()).isEqualTo(general(1, MessageId.LOGOUT, 0));
            terminal.send(MessageId.LOCATION, location(0));
            assertThat(terminal.reply()).isEqualTo(general(2, MessageId.LOCATION, 1));
            assertThat(register.presence()).containsExactly(PHONE + " online", PHONE + " offline");
        }
    }

    @Test
    void aTerminalOnANewConnectionTakesOverAndItsOldOneIsClosed() throws IOException {
        Register register = new Register();
        register.add(PHONE, "code");
        try (ServerUnderTest server = new ServerUnderTest(register);
                WireClient old = server.connect(Layout.V2013, PHONE);
                WireClient recent = server.connect(Layout.V2019, PHONE)) {
            old.authenticate("code");
            recent.authenticate("code");
            old.awaitClosed();
            recent.send(MessageId.LOCATION, location(0));
            assertThat(recent.reply()).isEqualTo(general(1, MessageId.LOCATION, 0));
            await().until(() -> server.server.counters().openConnections() == 1);
            assertThat(register.presence()).containsExactly(PHONE + " online", PHONE + " online");
            assertThat(server.server.counters().takeovers()).isEqualTo(1);
            assertThat(server.server.terminalsOnline()).isEqualTo(1);
        }
    }

    @Test
    void aTerminalThatMovesAwayLeavesTheOthersOfItsConnectionAlone() throws IOException {
        Register register = new Register().selfRegistering();
        try (ServerUnderTest server = new ServerUnderTest(register);
                WireClient gateway = server.connect(Layout.V2013, "gateway");
                WireClient moved = server.connect(Layout.V2013, PHONE)) {
            gateway.send(PHONE, MessageId.LOCATION, location(0));
            gateway.send("13900000000", MessageId.LOCATION, location(0));
            gateway.reply();
            gateway.reply();
            moved.send(MessageId.LOCATION, location(1));
            assertThat(moved.reply()).isEqualTo(general(0, MessageId.LOCATION, 0));
            gateway.send("13900000000", MessageId.LOCATION, location(2));
            assertThat(gateway.reply()).isEqualTo(general(2, MessageId.LOCATION, 0));
            assertThat(server.server.counters().openConnections()).isEqualTo(2);
            assertThat(server.server.terminalsOnline()).isEqualTo(2);
        }
        assertThat(register.presence())
                .filteredOn(line -> line.endsWith("offline"))
                .hasSize(2);
    }

    @Test
    void aSilentConnectionIsClosedAndATerminalSilentAmongOthersGoesOffline() throws IOException {
        Register register = new Register().selfRegistering();
        Jt808Settings settings = Jt808Settings.at("127.0.0.1", 0).withIdleTimeout(Duration.ofMillis(400));
        try (ServerUnderTest server = new ServerUnderTest(register, settings, RowBudget.DEFAULT_LIMIT);
                WireClient silent = server.connect(Layout.V2013, "13700000000");
                WireClient gateway = server.connect(Layout.V2013, PHONE)) {
            silent.send(MessageId.LOCATION, location(0));
            silent.reply();
            gateway.send("13900000000", MessageId.LOCATION, location(0));
            gateway.reply();
            await().pollInterval(Duration.ofMillis(50)).until(() -> {
                gateway.send(MessageId.LOCATION, location(1));
                gateway.reply();
                return register.presence().contains("13900000000 offline")
                        && register.presence().contains("13700000000 offline");
            });
            silent.awaitClosed();
            assertThat(register.presence()).doesNotContain(PHONE + " offline");

            gateway.send("13900000000", MessageId.HEARTBEAT, "");
            gateway.reply();
            assertThat(register.presence().getLast()).isEqualTo("13900000000 online");
            assertThat(register.asked())
                    .filteredOn("introduce 13900000000"::equals)
                    .hasSize(1);
        }
    }
}
