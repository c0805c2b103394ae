package org.farwatch.ingest.jt808;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.farwatch.ingest.KnownDevice;
import org.farwatch.ingest.RowBudget;
import org.farwatch.ingest.jt808.FrameReaderTest.Seen;
import org.farwatch.ingest.jt808.command.Answer;
import org.farwatch.ingest.jt808.command.AreaCommand.SetPolygon;
import org.farwatch.ingest.jt808.command.AreaRule;
import org.farwatch.ingest.jt808.command.Command;
import org.farwatch.ingest.jt808.command.DriverCommand.Text;
import org.farwatch.ingest.jt808.command.Place;
import org.farwatch.ingest.jt808.command.PositionCommand.Locate;
import org.farwatch.ingest.jt808.command.PositionCommand.Track;
import org.farwatch.ingest.jt808.command.SettingCommand.QueryParameters;
import org.farwatch.ingest.jt808.command.VideoCommand.LiveState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Waiting for answers on real sockets: matching, silence, garbage, lost connections, limits. */
class TerminalCommandsTest {
    private static final String PHONE = "13812345678";
    private static final Duration PATIENT = Duration.ofSeconds(30);
    private static final Duration IMPATIENT = Duration.ofMillis(50);

    private final Register register = new Register();
    private final KnownDevice device = register.add(PHONE, "code");
    private ServerUnderTest server;

    private WireClient start(Layout layout, CommandSettings settings) throws IOException {
        server = new ServerUnderTest(
                register, Jt808Settings.at("127.0.0.1", 0).withCommands(settings), RowBudget.DEFAULT_LIMIT);
        return logIn(layout);
    }

    private WireClient logIn(Layout layout) throws IOException {
        WireClient terminal = server.connect(layout, PHONE);
        assertThat(terminal.authenticate("code")).endsWith("010200");
        return terminal;
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static CommandSettings settings(Duration timeout) {
        return new CommandSettings(timeout, 3, 8, 16);
    }

    private CompletableFuture<Answer> send(Command command) {
        return server.server.commands().send(device, Layout.V2013, command).toCompletableFuture();
    }

    private static Answer get(CompletableFuture<Answer> answer) throws Exception {
        return answer.get(10, TimeUnit.SECONDS);
    }

    @Test
    void twoCommandsAtOnceAreAnsweredEachByItsOwnSerial() throws Exception {
        try (WireClient terminal = start(Layout.V2013, settings(PATIENT))) {
            CompletableFuture<Answer> first = send(new QueryParameters(List.of(1L)));
            CompletableFuture<Answer> second = send(new QueryParameters(List.of(0x29L)));
            int firstSerial = terminal.receive().serial();
            int secondSerial = terminal.receive().serial();
            terminal.send(0x0104, "%04x 01 00000029 04 0000001e".formatted(secondSerial));
            assertThat(((Answer.Parameters) get(second)).values().getFirst().value())
                    .isEqualTo("30");
            assertThat(first).isNotDone();
            terminal.send(0x0104, "%04x 01 00000001 04 0000003c".formatted(firstSerial));
            assertThat(((Answer.Parameters) get(first)).values().getFirst().value())
                    .isEqualTo("60");
        }
    }

    @Test
    void aReplyThatNamesTheSerialOfOneAndTheIdOfAnotherAnswersNeither() throws Exception {
        try (WireClient terminal = start(Layout.V2013, settings(PATIENT))) {
            CompletableFuture<Answer> track = send(new Track(5, 60));
            int serial = terminal.receive().serial();
            terminal.send(0x0001, "%04x 8300 00".formatted(serial));
            terminal.send(0x0001, "%04x 8202 00".formatted(serial + 1));
            int heartbeat = terminal.send(MessageId.HEARTBEAT, "");
            assertThat(terminal.reply()).isEqualTo(WireClient.general(heartbeat, MessageId.HEARTBEAT, 0));
            assertThat(track).isNotDone();
            terminal.send(0x0001, "%04x 8202 00".formatted(serial));
            assertThat(get(track)).isEqualTo(new Answer.Done());
        }
    }

    @Test
    void aGeneralReplyBeforeTheAnswerIsNotTheAnswerUnlessItSaysNo() throws Exception {
        try (WireClient terminal = start(Layout.V2013, settings(PATIENT))) {
            CompletableFuture<Answer> query = send(new QueryParameters(List.of()));
            int serial = terminal.receive().serial();
            terminal.send(0x0001, "%04x 8104 00".formatted(serial));
            terminal.send(0x0104, "%04x 00".formatted(serial));
            assertThat(get(query)).isEqualTo(new Answer.Parameters(List.of()));
            assertThat(terminal.reply()).endsWith("010400");

            CompletableFuture<Answer> refused = send(new QueryParameters(List.of()));
            terminal.send(0x0001, "%04x 8104 03".formatted(terminal.receive().serial()));
            assertThat(get(refused)).isEqualTo(new Answer.Unsupported("the terminal answered: not supported"));
        }
    }

    @Test
    void whatIsNotAnsweredIsSentAgainWithTheSameSerialAfterLongerWaits() throws Exception {
        try (WireClient terminal = start(Layout.V2013, settings(IMPATIENT))) {
            long begun = System.nanoTime();
            CompletableFuture<Answer> answer = send(new Track(5, 60));
            Seen first = terminal.receive();
            Seen second = terminal.receive();
            Seen third = terminal.receive();
            assertThat(second.hex()).isEqualTo(first.hex());
            assertThat(third.hex()).isEqualTo(first.hex());
            assertThat(get(answer)).isEqualTo(new Answer.NoAnswer(3));
            // 50, then twice that, then three times that.
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(450));
            assertThat(server.server.commands().unanswered()).isOne();
            assertThat(server.server.commands().outstanding()).isZero();
        }
    }

    @Test
    void whatATerminalAnswersNothingToIsDoneOnceItIsSent() throws Exception {
        try (WireClient terminal = start(Layout.V2013, settings(PATIENT))) {
            CompletableFuture<Answer> told = send(new LiveState(3, 7));
            assertThat(terminal.receive().hex()).contains("9105").contains("0307");
            assertThat(get(told)).isEqualTo(new Answer.Done());
            assertThat(server.server.commands().outstanding()).isZero();
        }
    }

    @Test
    void anAnswerToTheSecondTryCounts() throws Exception {
        try (WireClient terminal = start(Layout.V2013, settings(Duration.ofMillis(300)))) {
            CompletableFuture<Answer> answer = send(new Track(5, 60));
            terminal.receive();
            terminal.send(0x0001, "%04x 8202 00".formatted(terminal.receive().serial()));
            assertThat(get(answer)).isEqualTo(new Answer.Done());
            assertThat(server.server.commands().sent()).isOne();
        }
    }

    @Test
    void whatMayNotBeDoneTwiceIsSentOnce() throws Exception {
        try (WireClient terminal = start(Layout.V2013, settings(IMPATIENT))) {
            CompletableFuture<Answer> answer = send(new Text(false, true, true, false, "x"));
            terminal.receive();
            assertThat(get(answer)).isEqualTo(new Answer.NoAnswer(1));
            assertThat(terminal.quiet()).isTrue();
        }
    }

    @Test
    void aDeviceThatAnswersGarbageFailsTheCommandAndKeepsItsConnection() throws Exception {
        try (WireClient terminal = start(Layout.V2013, settings(PATIENT))) {
            for (String garbage : List.of("", "SSSS", "SSSS ff 00", "SSSS 02 00000001 ff 00", "SSSS 01 00000001")) {
                CompletableFuture<Answer> answer = send(new QueryParameters(List.of()));
                int serial = terminal.receive().serial();
                terminal.send(0x0104, garbage.replace("SSSS", "%04x".formatted(serial)));
                assertThat(get(answer))
                        .as(garbage)
                        .isInstanceOfSatisfying(
                                Answer.Failed.class,
                                failed -> assertThat(failed.reason())
                                        .startsWith("the answer 0104 cannot be read: ")
                                        .contains("are needed at offset"));
                assertThat(terminal.reply()).as("it is acknowledged").endsWith("010400");
            }
            CompletableFuture<Answer> located = send(new Locate());
            terminal.send(0x0201, "%04x 00".formatted(terminal.receive().serial()));
            assertThat(get(located)).isInstanceOf(Answer.Failed.class);
            assertThat(terminal.reply())
                    .as("a position that is none")
                    .startsWith("8001")
                    .endsWith("020102");
            CompletableFuture<Answer> nonsense = send(new Track(5, 60));
            int bad = terminal.receive().serial();
            terminal.send(0x0001, "%04x 8202 77".formatted(bad));
            assertThat(get(nonsense))
                    .isEqualTo(new Answer.Failed("the terminal answered with result 119, which has no meaning"));
            int heartbeat = terminal.send(MessageId.HEARTBEAT, "");
            assertThat(terminal.reply()).isEqualTo(WireClient.general(heartbeat, MessageId.HEARTBEAT, 0));
        }
    }

    @Test
    void anAnswerWithAPositionCompletesTheCommandAndIsStored() throws Exception {
        try (WireClient terminal = start(Layout.V2019, settings(PATIENT))) {
            CompletableFuture<Answer> answer = send(new Locate());
            int serial = terminal.receive().serial();
            int own = terminal.send(0x0201, "%04x".formatted(serial) + ServerUnderTest.location(9));
            assertThat(get(answer)).isInstanceOf(Answer.Located.class);
            assertThat(terminal.reply()).isEqualTo(WireClient.general(own, 0x0201, 0));
            assertThat(server.store.rows()).hasSize(1);
        }
    }

    @Test
    void whenTheConnectionIsLostTheCommandSaysSoAndATerminalThatIsNotThereIsNotAsked() throws Exception {
        WireClient terminal = start(Layout.V2013, settings(PATIENT));
        CompletableFuture<Answer> answer = send(new Track(5, 60));
        terminal.receive();
        terminal.close();
        assertThat(get(answer)).isEqualTo(new Answer.ConnectionLost());
        await().until(() -> server.server.terminalsOnline() == 0);
        assertThat(get(send(new Track(5, 60)))).isEqualTo(new Answer.NotOnline());
        assertThat(server.server.commands().outstanding()).isZero();
    }

    @Test
    void aTerminalThatComesOnANewConnectionEndsWhatWaitedOnTheOldOne() throws Exception {
        try (WireClient old = start(Layout.V2013, settings(PATIENT))) {
            CompletableFuture<Answer> answer = send(new Track(5, 60));
            old.receive();
            try (WireClient terminal = logIn(Layout.V2013)) {
                assertThat(get(answer)).isEqualTo(new Answer.ConnectionLost());
                CompletableFuture<Answer> again = send(new Track(5, 60));
                terminal.send(
                        0x0001, "%04x 8202 00".formatted(terminal.receive().serial()));
                assertThat(get(again)).isEqualTo(new Answer.Done());
            }
        }
    }

    @Test
    void aTerminalThatIsConnectedAndNotLetInIsNotAsked() throws Exception {
        try (WireClient terminal = start(Layout.V2013, settings(PATIENT))) {
            terminal.send(MessageId.LOGOUT, "");
            terminal.reply();
            assertThat(get(send(new Locate()))).isEqualTo(new Answer.NotOnline());
            assertThat(terminal.quiet()).isTrue();
        }
    }

    @Test
    void noMoreWaitThanTheSettingsAllow() throws Exception {
        try (WireClient terminal = start(Layout.V2013, new CommandSettings(PATIENT, 1, 2, 3))) {
            CompletableFuture<Answer> first = send(new Track(5, 60));
            CompletableFuture<Answer> second = send(new Track(5, 60));
            assertThat(get(send(new Track(5, 60))))
                    .isEqualTo(new Answer.Busy("2 commands of this terminal wait for answers already"));
            int serial = terminal.receive().serial();
            terminal.receive();
            terminal.send(0x0001, "%04x 8202 00".formatted(serial));
            assertThat(get(first)).isEqualTo(new Answer.Done());
            assertThat(second).isNotDone();
            CompletableFuture<Answer> third = send(new Track(5, 60));
            assertThat(terminal.receive().messageId()).isEqualTo(0x8202);
            assertThat(third).isNotDone();
        }
    }

    @Test
    void aLongMessageGoesInPackagesThatAreSentAgainWhenTheTerminalAsks() throws Exception {
        List<Place> vertices = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            vertices.add(new Place(121 + i / 1000.0, 31));
        }
        try (WireClient terminal = start(Layout.V2019, settings(PATIENT))) {
            CompletableFuture<Answer> answer = send(new SetPolygon(9, "长", AreaRule.watch(), vertices));
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            List<Seen> packages = new ArrayList<>();
            for (int index = 1; index <= 3; index++) {
                Seen one = terminal.receive();
                assertThat(one.fault()).isNull();
                assertThat(one.packages()).isEqualTo(index + "/3");
                assertThat(one.messageId()).isEqualTo(0x8604);
                whole.writeBytes(one.body());
                packages.add(one);
            }
            // Serial 0 answered the authentication.
            assertThat(packages).extracting(Seen::serial).containsExactly(1, 2, 3);
            byte[] body = whole.toByteArray();
            assertThat(body).hasSize(4 + 2 + 2 + 300 * 8 + 2 + 2);
            assertThat(Hex.text(body)).startsWith("000000090028012c01d905c0").endsWith("0002b3a4");

            int first = packages.getFirst().serial();
            terminal.send(0x0005, "%04x 0002 0003 0063".formatted(first));
            assertThat(terminal.receive().hex()).isEqualTo(packages.get(2).hex());
            // A terminal may confirm each package.
            terminal.send(0x0001, "%04x 8604 00".formatted(first));
            terminal.send(0x0001, "%04x 8604 00".formatted(first + 1));
            assertThat(terminal.quiet()).isTrue();
            assertThat(answer).isNotDone();
            terminal.send(0x0001, "%04x 8604 00".formatted(first + 2));
            assertThat(get(answer)).isEqualTo(new Answer.Done());
        }
    }
}
