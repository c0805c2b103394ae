package org.farwatch.ingest.jt808;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.farwatch.ingest.KnownDevice;
import org.farwatch.ingest.jt808.FrameReaderTest.Seen;
import org.farwatch.ingest.jt808.command.Answer;
import org.farwatch.ingest.jt808.command.AreaCommand.DeleteAreas;
import org.farwatch.ingest.jt808.command.AreaCommand.Kind;
import org.farwatch.ingest.jt808.command.AreaCommand.Operation;
import org.farwatch.ingest.jt808.command.AreaCommand.QueryAreas;
import org.farwatch.ingest.jt808.command.AreaCommand.SetCircle;
import org.farwatch.ingest.jt808.command.AreaCommand.SetPolygon;
import org.farwatch.ingest.jt808.command.AreaCommand.SetRectangle;
import org.farwatch.ingest.jt808.command.AreaCommand.SetRoute;
import org.farwatch.ingest.jt808.command.AreaCommand.Turn;
import org.farwatch.ingest.jt808.command.AreaRule;
import org.farwatch.ingest.jt808.command.Command;
import org.farwatch.ingest.jt808.command.DriverCommand.AskDriver;
import org.farwatch.ingest.jt808.command.DriverCommand.CallBack;
import org.farwatch.ingest.jt808.command.DriverCommand.Text;
import org.farwatch.ingest.jt808.command.DriverCommand.VehicleControl;
import org.farwatch.ingest.jt808.command.MediaCommand.MediaType;
import org.farwatch.ingest.jt808.command.MediaCommand.Photograph;
import org.farwatch.ingest.jt808.command.MediaCommand.RecordSound;
import org.farwatch.ingest.jt808.command.MediaCommand.SearchMedia;
import org.farwatch.ingest.jt808.command.MediaCommand.Stored;
import org.farwatch.ingest.jt808.command.MediaCommand.UploadMedia;
import org.farwatch.ingest.jt808.command.MediaCommand.UploadOneMedia;
import org.farwatch.ingest.jt808.command.ParameterValue;
import org.farwatch.ingest.jt808.command.Place;
import org.farwatch.ingest.jt808.command.PositionCommand.ConfirmAlarm;
import org.farwatch.ingest.jt808.command.PositionCommand.Locate;
import org.farwatch.ingest.jt808.command.PositionCommand.Track;
import org.farwatch.ingest.jt808.command.SettingCommand.Action;
import org.farwatch.ingest.jt808.command.SettingCommand.Control;
import org.farwatch.ingest.jt808.command.SettingCommand.LinkTest;
import org.farwatch.ingest.jt808.command.SettingCommand.QueryAttributes;
import org.farwatch.ingest.jt808.command.SettingCommand.QueryParameters;
import org.farwatch.ingest.jt808.command.SettingCommand.SetParameters;
import org.farwatch.ingest.jt808.command.SettingCommand.Transparent;
import org.farwatch.ingest.jt808.command.VideoCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command on a real socket in every layout, its bytes as the standards have them, and an answer for each. */
class CommandLayoutTest {
    private static final String PHONE = "13812345678";

    /** Where a layout is not asked: the terminal's edition does not have the message. */
    private static final String REFUSED = null;

    /** For a terminal of 2019, whose regulation covers the rest, answers with a position. */
    private static final String POSITION = ServerUnderTest.location(7);

    /**
     * One line of the table.
     *
     * @param body2011 hex, {@link #REFUSED} where it must not be sent
     * @param answer id and body of the answer, where {@code SSSS} is the serial answered
     */
    record Line(
            Command command, int id, String body2011, String body2013, String body2019, String answer, Answer meaning) {
        Line(Command command, int id, String body, String answer, Answer meaning) {
            this(command, id, body, body, body, answer, meaning);
        }

        String body(Layout layout) {
            return switch (layout) {
                case V2011 -> body2011;
                case V2013 -> body2013;
                case V2019 -> body2019;
            };
        }
    }

    private static List<Line> lines() {
        Answer done = new Answer.Done();
        AreaRule rule = new AreaRule(
                LocalTime.of(8, 30),
                LocalTime.of(18, 0),
                60,
                10,
                40,
                Set.of(AreaRule.Notice.ENTER_TO_PLATFORM, AreaRule.Notice.LEAVE_TO_PLATFORM));
        // Attributes: bit 0 times, 1 speed, 3 and 5 notices.
        String times = "000000083000 000000180000";
        Place a = new Place(121.47, 31.23);
        Place b = new Place(121.48, 31.22);
        String lat31 = "01dc8830";
        String lon121 = "073d7c30";
        String lat31b = "01dc6120";
        String lon121b = "073da340";
        Place south = new Place(-70.5, -33.25);
        Long from = Instant.parse("2026-03-01T00:00:00Z").toEpochMilli();
        Long to = Instant.parse("2026-03-01T15:59:59Z").toEpochMilli();
        Stored stored = new Stored(MediaType.IMAGE, 1, 0, from, to);
        String storedHex = "00 01 00 260301080000 260301235959";
        return List.of(
                new Line(
                        new SetParameters(List.of(
                                ParameterValue.of(0x0001, "60"),
                                ParameterValue.of(0x0031, "300"),
                                ParameterValue.of(0x0083, "沪A12345"),
                                ParameterValue.of(0x0090, "3"),
                                ParameterValue.of(0xF364, "0a0b"))),
                        0x8103,
                        "05 00000001 04 0000003c  00000031 02 012c  00000083 08 bba6413132333435  00000090 01 03"
                                + "0000f364 02 0a0b",
                        "0001 SSSS 8103 00",
                        done),
                new Line(
                        new QueryParameters(List.of()),
                        0x8104,
                        "",
                        "0104 SSSS 02 00000001 04 0000003c 00000083 08 bba6413132333435",
                        new Answer.Parameters(
                                List.of(new ParameterValue(1, "60"), new ParameterValue(0x83, "沪A12345")))),
                new Line(
                        new QueryParameters(List.of(1L, 0x29L)),
                        0x8106,
                        REFUSED,
                        "02 00000001 00000029",
                        "02 00000001 00000029",
                        "0104 SSSS 01 00000029 04 0000001e",
                        new Answer.Parameters(List.of(new ParameterValue(0x29, "30")))),
                new Line(new Control(Action.RESET, ""), 0x8105, "04", "0001 SSSS 8105 00", done),
                new Line(
                        new Control(Action.CONNECT, "0;code;apn;u;p;10.0.0.1;7611;7611;0"),
                        0x8105,
                        "02 " + ascii("0;code;apn;u;p;10.0.0.1;7611;7611;0"),
                        "0001 SSSS 8105 01",
                        new Answer.Failed("the terminal answered: failure")),
                new Line(
                        new VideoCommand.AskVideoAttributes(),
                        0x9003,
                        "",
                        "1003 06 01 00 01 0140 01 62 02 04",
                        new Answer.VideoAttributes(6, 320, true, 98, 2, 4)),
                new Line(
                        new VideoCommand.Live(
                                new VideoCommand.Server("10.0.0.1", 7612, 0),
                                3,
                                VideoCommand.Data.SOUND_AND_PICTURE,
                                VideoCommand.Quality.SUB),
                        0x9101,
                        "08 " + ascii("10.0.0.1") + " 1dbc 0000 03 00 01",
                        "0001 SSSS 9101 00",
                        done),
                new Line(
                        new VideoCommand.LiveControl(3, VideoCommand.LiveOrder.CLOSE, VideoCommand.Quality.MAIN),
                        0x9102,
                        "03 00 00 00",
                        "0001 SSSS 9102 00",
                        done),
                new Line(
                        new VideoCommand.SearchRecordings(0, from, to, VideoCommand.Kept.ANY),
                        0x9205,
                        "00 260301080000 260301235959 0000000000000000 00 00 00",
                        "1205 SSSS 00000001 01 260301080000 260301081000 0000000000000001 00 01 01 00000400",
                        new Answer.RecordingsFound(
                                List.of(new Answer.RecordingSeen(1, from, from + 600_000, 1, 0, 1, 1, 1024)))),
                new Line(
                        new VideoCommand.Playback(
                                new VideoCommand.Server("10.0.0.1", 7613, 0),
                                1,
                                VideoCommand.Kept.ANY,
                                VideoCommand.Pace.FAST,
                                3,
                                from,
                                null),
                        0x9201,
                        "08 " + ascii("10.0.0.1") + " 1dbd 0000 01 00 00 00 01 03 260301080000 000000000000",
                        "0001 SSSS 9201 00",
                        done),
                new Line(
                        new VideoCommand.PlaybackControl(1, VideoCommand.PlaybackOrder.SEEK, 0, from),
                        0x9202,
                        "01 05 00 260301080000",
                        "0001 SSSS 9202 00",
                        done),
                new Line(
                        new VideoCommand.Turn(1, VideoCommand.Direction.LEFT, 120),
                        0x9301,
                        "01 03 78",
                        "0001 SSSS 9301 00",
                        done),
                new Line(
                        new VideoCommand.Adjust(1, VideoCommand.Lens.ZOOM, false),
                        0x9306,
                        "01 01",
                        "0001 SSSS 9306 00",
                        done),
                new Line(
                        new VideoCommand.Switch(1, VideoCommand.Part.WIPER, true),
                        0x9304,
                        "01 01",
                        "0001 SSSS 9304 03",
                        new Answer.Unsupported("the terminal answered: not supported")),
                new Line(new LinkTest(), 0x8204, REFUSED, REFUSED, "", "0001 SSSS 8204 00", done),
                new Line(
                        new Transparent(0x41, new byte[] {0x7e, 0x7d, 1}),
                        0x8900,
                        "41 7e7d01",
                        "0001 SSSS 8900 00",
                        done),
                new Line(
                        new Locate(),
                        0x8201,
                        "",
                        "0201 SSSS" + POSITION,
                        new Answer.Located(Instant.parse("2026-03-01T00:00:07Z").toEpochMilli(), true)),
                new Line(new Track(10, 600), 0x8202, "000a 00000258", "0001 SSSS 8202 00", done),
                new Line(new Track(0, 600), 0x8202, "0000", "0001 SSSS 8202 00", done),
                new Line(
                        new ConfirmAlarm(5, Set.of(0, 20)),
                        0x8203,
                        REFUSED,
                        "0005 00100001",
                        "0005 00100001",
                        "0001 SSSS 8203 00",
                        done),
                new Line(
                        new Text(true, true, true, false, "请归队"),
                        0x8300,
                        "0d c7ebb9e9b6d3",
                        "0d c7ebb9e9b6d3",
                        "0e 01 c7ebb9e9b6d3",
                        "0001 SSSS 8300 00",
                        done),
                new Line(
                        new Text(false, true, false, true, "ok"),
                        0x8300,
                        "04 6f6b",
                        "04 6f6b",
                        "05 02 6f6b",
                        "0001 SSSS 8300 03",
                        new Answer.Unsupported("the terminal answered: not supported")),
                new Line(new CallBack(true, "02112345"), 0x8400, "01 3032313132333435", "0001 SSSS 8400 00", done),
                new Line(
                        new VehicleControl(true),
                        0x8500,
                        "01",
                        "01",
                        "0001 0001 00",
                        "0500 SSSS" + POSITION,
                        new Answer.Located(Instant.parse("2026-03-01T00:00:07Z").toEpochMilli(), true)),
                new Line(
                        new AskDriver(),
                        0x8702,
                        REFUSED,
                        "",
                        "",
                        "0702 01 260301080000 00 04 d5c5c8fd 3331303130313139383030313031313233340000 00 20300101",
                        new Answer.Driver(true, "张三", "310101198001011234")),
                new Line(
                        new SetCircle(Operation.APPEND, 7, "岗", rule, a, 150),
                        0x8600,
                        "01 01 00000007 002b" + lat31 + lon121 + "00000096" + times + "003c 0a",
                        "01 01 00000007 002b" + lat31 + lon121 + "00000096" + times + "003c 0a",
                        "01 01 00000007 002b" + lat31 + lon121 + "00000096" + times + "003c 0a 0028 0002 b8da",
                        "0001 SSSS 8600 00",
                        done),
                new Line(
                        new SetRectangle(Operation.REPLACE_ALL, 8, "r", AreaRule.watch(), a, b),
                        0x8602,
                        "00 01 00000008 0028" + lat31 + lon121 + lat31b + lon121b,
                        "00 01 00000008 0028" + lat31 + lon121 + lat31b + lon121b,
                        "00 01 00000008 0028" + lat31 + lon121 + lat31b + lon121b + "0001 72",
                        "0001 SSSS 8602 00",
                        done),
                new Line(
                        new SetPolygon(9, "p", rule, List.of(a, b, new Place(121.47, 31.22))),
                        0x8604,
                        "00000009 002b" + times + "003c 0a 0003" + lat31 + lon121 + lat31b + lon121b + lat31b + lon121,
                        "00000009 002b" + times + "003c 0a 0003" + lat31 + lon121 + lat31b + lon121b + lat31b + lon121,
                        "00000009 002b" + times + "003c 0a 0003" + lat31 + lon121 + lat31b + lon121b + lat31b + lon121
                                + "0028 0001 70",
                        "0001 SSSS 8604 00",
                        done),
                new Line(
                        new SetRoute(
                                10,
                                "s",
                                AreaRule.watch(),
                                List.of(
                                        new Turn(south, 30, 50, 5, 30),
                                        new Turn(new Place(-70.4, -33.3), 30, 0, 0, 0))),
                        0x8606,
                        "0000000a 0028 0002 00000001 00000001 01fb5ad0 0433bea0 1e 0e 0032 05"
                                + "00000002 00000002 01fc1e20 04323800 1e 0c",
                        "0000000a 0028 0002 00000001 00000001 01fb5ad0 0433bea0 1e 0e 0032 05"
                                + "00000002 00000002 01fc1e20 04323800 1e 0c",
                        "0000000a 0028 0002 00000001 00000001 01fb5ad0 0433bea0 1e 0e 0032 05 001e"
                                + "00000002 00000002 01fc1e20 04323800 1e 0c 0001 73",
                        "0001 SSSS 8606 00",
                        done),
                new Line(new DeleteAreas(Kind.CIRCLE, List.of(7L)), 0x8601, "01 00000007", "0001 SSSS 8601 00", done),
                new Line(new DeleteAreas(Kind.RECTANGLE, List.of()), 0x8603, "00", "0001 SSSS 8603 00", done),
                new Line(new DeleteAreas(Kind.POLYGON, List.of()), 0x8605, "00", "0001 SSSS 8605 00", done),
                new Line(
                        new DeleteAreas(Kind.ROUTE, List.of(1L, 2L)),
                        0x8607,
                        "02 00000001 00000002",
                        "0001 SSSS 8607 00",
                        done),
                new Line(
                        new QueryAreas(Kind.CIRCLE, List.of(7L)),
                        0x8608,
                        REFUSED,
                        REFUSED,
                        "01 00000001 00000007",
                        "0608 01 00000002 00000007 002b" + lat31 + lon121 + "00000096" + times
                                + "003c 0a 0028 0002 b8da" + "00000008 0000" + lat31 + lon121 + "00000010 0000",
                        new Answer.Areas(
                                Kind.CIRCLE, List.of(new Answer.AreaSeen(7, "岗"), new Answer.AreaSeen(8, "")))),
                new Line(
                        new QueryAreas(Kind.POLYGON, List.of()),
                        0x8608,
                        REFUSED,
                        REFUSED,
                        "03 00000000",
                        "0608 03 00000001 00000009 002b" + times + "003c 0a 0001" + lat31 + lon121 + "0028 0001 70",
                        new Answer.Areas(Kind.POLYGON, List.of(new Answer.AreaSeen(9, "p")))),
                new Line(
                        new QueryAreas(Kind.ROUTE, List.of()),
                        0x8608,
                        REFUSED,
                        REFUSED,
                        "04 00000000",
                        "0608 04 00000001 0000000a 0028 0001 00000001 00000001" + lat31 + lon121
                                + "1e 03 0005 0004 0032 05 001e 0001 73",
                        new Answer.Areas(Kind.ROUTE, List.of(new Answer.AreaSeen(10, "s")))),
                new Line(
                        new Photograph(1, 2, 5, false, 2, 3),
                        0x8801,
                        REFUSED,
                        "01 0002 0005 00 02 03 80 40 40 80",
                        "01 0002 0005 00 02 03 80 40 40 80",
                        "0805 SSSS 00 0002 00000011 00000012",
                        new Answer.Photographed(List.of(17L, 18L))),
                new Line(
                        new SearchMedia(stored),
                        0x8802,
                        storedHex,
                        "0802 SSSS 0001 00000011 00 01 00" + POSITION,
                        new Answer.MediaFound(List.of(new Answer.MediaSeen(
                                17,
                                0,
                                1,
                                0,
                                Instant.parse("2026-03-01T00:00:07Z").toEpochMilli())))),
                new Line(new UploadMedia(stored), 0x8803, storedHex + "00", "0001 SSSS 8803 00", done),
                new Line(
                        new UploadMedia(new Stored(MediaType.VIDEO, 0, 3, null, null)),
                        0x8803,
                        "02 00 03 000000000000 000000000000 00",
                        "0001 SSSS 8803 00",
                        done),
                new Line(
                        new UploadOneMedia(17),
                        0x8805,
                        REFUSED,
                        "00000011 00",
                        "00000011 00",
                        "0001 SSSS 8805 00",
                        done),
                new Line(new RecordSound(true, 30, false, 0), 0x8804, "01 001e 00 00", "0001 SSSS 8804 00", done),
                new Line(new RecordSound(false, 0, true, 3), 0x8804, "00 0000 01 03", "0001 SSSS 8804 00", done));
    }

    static Stream<Arguments> everyCommandInEveryLayout() {
        return lines().stream().flatMap(line -> Stream.of(Layout.values()).map(layout -> Arguments.of(layout, line)));
    }

    @ParameterizedTest
    @MethodSource("everyCommandInEveryLayout")
    void isSentAsTheStandardHasItAndItsAnswerRead(Layout layout, Line line) throws Exception {
        // A photograph of 2011 is a case of its own: the message exists, its answer does not.
        boolean photographOf2011 = line.command() instanceof Photograph && layout == Layout.V2011;
        Register register = new Register();
        KnownDevice device = register.add(PHONE, "code");
        try (ServerUnderTest server = new ServerUnderTest(register);
                WireClient terminal = server.connect(layout, PHONE)) {
            terminal.authenticate("code");
            CompletableFuture<Answer> answer = server.server
                    .commands()
                    .send(device, layout, line.command())
                    .toCompletableFuture();
            if (line.body(layout) == null && !photographOf2011) {
                assertThat(answer.get(5, TimeUnit.SECONDS))
                        .isInstanceOfSatisfying(Answer.Unsupported.class, refused -> {
                            assertThat(refused.reason())
                                    .contains("%04x".formatted(line.id()))
                                    .contains(layout.label());
                        });
                assertThat(terminal.quiet()).as("nothing is sent").isTrue();
                return;
            }
            Seen sent = terminal.receive();
            assertThat(sent.messageId()).isEqualTo(line.id());
            assertThat(sent.v2019()).isEqualTo(layout == Layout.V2019);
            assertThat(sent.phone()).isEqualTo(PHONE);
            String expected = photographOf2011 ? line.body2013() : line.body(layout);
            assertThat(Hex.text(sent.body())).isEqualTo(expected.replace(" ", ""));
            assertThat(server.server.commands().outstanding()).isOne();

            String reply = photographOf2011 ? "0001 SSSS 8801 00" : line.answer();
            String[] idAndBody =
                    reply.replace("SSSS", "%04x".formatted(sent.serial())).split(" ", 2);
            if (idAndBody[0].length() > 4) {
                idAndBody = new String[] {idAndBody[0].substring(0, 4), reply.substring(4)};
            }
            terminal.send(
                    Integer.parseInt(idAndBody[0], 16), idAndBody[1].replace("SSSS", "%04x".formatted(sent.serial())));
            assertThat(answer.get(5, TimeUnit.SECONDS))
                    .isEqualTo(photographOf2011 ? new Answer.Done() : line.meaning());
            assertThat(server.server.commands().outstanding()).isZero();
        }
    }

    @Test
    void aParameterThatTheEditionLacksIsNotSent() throws Exception {
        Register register = new Register();
        KnownDevice device = register.add(PHONE, "code");
        try (ServerUnderTest server = new ServerUnderTest(register);
                WireClient terminal = server.connect(Layout.V2019, PHONE)) {
            terminal.authenticate("code");
            var port = new SetParameters(List.of(ParameterValue.of(0x0018, "7611")));
            assertThat(server.server
                            .commands()
                            .send(device, null, port)
                            .toCompletableFuture()
                            .get(5, TimeUnit.SECONDS))
                    .isEqualTo(new Answer.Unsupported(
                            "parameter 0x0018 is of JT/T 808-2011 to -2013, the terminal speaks 2019"));
        }
    }

    @Test
    void attributesAreReadWithTheMakerOfFiveAndOfElevenBytes() throws Exception {
        String model2013 = ascii("M1") + "00".repeat(18);
        String id2013 = ascii("1234567");
        String model2019 = ascii("M1") + "00".repeat(28);
        String id2019 = ascii("1234567") + "00".repeat(23);
        String rest = "89860012345678901234 02" + ascii("h1") + "03" + ascii("f12") + "03 20";
        for (var one : List.of(
                new AttributesSent(Layout.V2013, "0005" + ascii("MAKER") + model2013 + id2013 + rest, "MAKER"),
                new AttributesSent(Layout.V2019, "0005" + ascii("MAKER") + model2019 + id2019 + rest, "MAKER"),
                new AttributesSent(
                        Layout.V2019, "0005" + ascii("MAKER012345") + model2019 + id2019 + rest, "MAKER012345"))) {
            Register register = new Register();
            KnownDevice device = register.add(PHONE, "code");
            try (ServerUnderTest server = new ServerUnderTest(register);
                    WireClient terminal = server.connect(one.layout(), PHONE)) {
                terminal.authenticate("code");
                var answer = server.server
                        .commands()
                        .send(device, one.layout(), new QueryAttributes())
                        .toCompletableFuture();
                assertThat(terminal.receive().messageId()).isEqualTo(0x8107);
                terminal.send(0x0107, one.body());
                assertThat(answer.get(5, TimeUnit.SECONDS))
                        .isEqualTo(new Answer.Attributes(
                                5, one.maker(), "M1", "1234567", "89860012345678901234", "h1", "f12", 3, 0x20));
            }
        }
    }

    private record AttributesSent(Layout layout, String body, String maker) {}

    @Test
    void whatIsOutOfRangeIsRefusedWithFieldValueAndRule() {
        assertThatThrownBy(() -> new Track(70_000, 1)).hasMessage("interval must be 0 to 65535 s, was 70000");
        assertThatThrownBy(() -> new Photograph(0, 1, 0, false, 1, 1)).hasMessage("channel must be 1 to 255, was 0");
        assertThatThrownBy(() -> new Text(false, true, false, false, "界".repeat(513)))
                .hasMessage("text must have at most 1024 bytes in GBK, has 1026");
        assertThatThrownBy(() -> new Text(false, true, false, false, "🚓")).hasMessageContaining("writable in GBK");
        assertThatThrownBy(() -> new Text(false, false, false, false, "x")).hasMessageStartingWith("display or speak");
        assertThatThrownBy(() -> ParameterValue.of(0x0030, "180"))
                .hasMessage("parameter 0x0030 (corner angle for an extra report) must be 0 to 179 °, was 180");
        assertThatThrownBy(() -> ParameterValue.of(0x0032, "0102"))
                .hasMessageEndingWith("must have exactly 4 bytes, has 2");
        assertThatThrownBy(() -> ParameterValue.of(0x0001, "soon"))
                .hasMessageEndingWith("must be a whole number, was soon");
        assertThatThrownBy(() -> new ConfirmAlarm(0, Set.of(1))).hasMessageContaining("were [1]");
        assertThatThrownBy(() -> new Control(Action.RESET, "x")).hasMessageStartingWith("parameters must be empty");
        assertThatThrownBy(() -> new CallBack(false, "12a")).hasMessageEndingWith("was 12a");
        assertThatThrownBy(() -> new SetPolygon(
                        1, "", AreaRule.watch(), List.of(new Place(1, 1), new Place(-1, 1), new Place(1, 2))))
                .hasMessageContaining("same hemispheres");
        assertThatThrownBy(() -> new DeleteAreas(Kind.CIRCLE, List.of(0L))).hasMessageStartingWith("id must be 1 to");
        assertThatThrownBy(() -> new Place(200, 0)).hasMessage("longitude must be -180 to 180, was 200.0");
    }

    private static String ascii(String text) {
        return Hex.text(text.getBytes(StandardCharsets.US_ASCII));
    }
}
