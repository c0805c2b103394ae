package org.farwatch.api.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.EventLoopGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.farwatch.api.RunningService;
import org.farwatch.api.RunningService.Answer;
import org.farwatch.api.access.People;
import org.farwatch.api.access.People.Person;
import org.farwatch.api.access.Role;
import org.farwatch.api.duty.RosterBook;
import org.farwatch.api.org.DeviceRegister;
import org.farwatch.ingest.jt808.Layout;
import org.farwatch.ingest.simulator.TerminalClient;
import org.farwatch.ingest.simulator.TerminalPosition;
import org.farwatch.ingest.simulator.TerminalSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Commands over HTTP to simulated terminals on real sockets. */
class CommandsTest {
    private static final RunningService SERVICE = RunningService.shared();
    private static EventLoopGroup loops;

    private final People people = new People(SERVICE);
    private final String squad = people.squad();
    private final Person operator = people.with(Role.OPERATOR);
    private final Person administrator = people.with(Role.ADMINISTRATOR);
    private final String phone = Long.toString(13_000_000_000L + System.nanoTime() % 900_000_000L);
    private final String device = "jt808-" + phone;
    private final List<TerminalClient> terminals = new ArrayList<>();

    @AfterEach
    void leave() {
        terminals.forEach(TerminalClient::close);
    }

    @BeforeAll
    static void start() {
        loops = TerminalClient.newGroup(1);
    }

    @AfterAll
    static void end() {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private void register(String kind) {
        assertThat(SERVICE.call(
                                "POST",
                                "/api/v1/devices",
                                Map.of(
                                        "id", device,
                                        "name", "沪A" + phone,
                                        "kind", kind,
                                        "protocol", "jt808",
                                        "protocolId", phone,
                                        "squadId", squad))
                        .status())
                .isEqualTo(201);
    }

    /** A terminal that is connected and has sent a position. */
    private TerminalClient connect(Layout layout) {
        TerminalSettings settings = TerminalSettings.of(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), SERVICE.port("JT/T 808")), layout, phone);
        TerminalClient terminal = new TerminalClient(loops, settings, (_, _) -> {}).start();
        terminals.add(terminal);
        await().until(() -> terminal.state() == TerminalClient.State.ONLINE);
        terminal.report(TerminalPosition.at(System.currentTimeMillis(), 121.47, 31.23, 20, 90));
        await().until(() -> terminal.acknowledged() == 1);
        return terminal;
    }

    private Answer request(Person who, String kind, Map<String, Object> arguments) {
        return people.call(
                who, "POST", "/api/v1/devices/" + device + "/commands", Map.of("kind", kind, "arguments", arguments));
    }

    /** Asks and waits for the end. */
    private JsonNode ask(Person who, String kind, Map<String, Object> arguments) {
        Answer made = request(who, kind, arguments);
        assertThat(made.status()).as(kind + " " + made.body()).isEqualTo(201);
        return ended(who, made.body().path("id").asString());
    }

    private JsonNode ended(Person who, String id) {
        return await().until(
                        () -> people.get(who, "/api/v1/commands/" + id).body(),
                        body -> !Set.of("queued", "sent")
                                .contains(body.path("state").asString()));
    }

    @ParameterizedTest
    @EnumSource(Layout.class)
    void aConnectedTerminalOfEveryEditionAnswersWithinTheRequestersSight(Layout layout) {
        register("vehicle-terminal");
        connect(layout);

        JsonNode text = ask(operator, "text", Map.of("text", "请立即归队"));
        assertThat(text.path("state").asString()).isEqualTo("done");
        assertThat(text.path("attempts").asInt()).isOne();
        assertThat(StreamSupport.stream(text.path("history").spliterator(), false)
                        .map(event -> event.path("action").asString() + " "
                                + event.path("toState").asString()))
                .containsExactly("request queued", "send sent", "answer done");

        JsonNode located = ask(operator, "locate", Map.of());
        assertThat(located.path("state").asString()).isEqualTo("done");
        assertThat(located.path("answer").path("fix").asBoolean()).isTrue();
        assertThat(located.path("answer").propertyNames())
                .as("the place goes the way of all positions")
                .containsOnly("fix", "at");

        JsonNode set =
                ask(administrator, "set-parameters", Map.of("parameters", List.of(Map.of("id", 0x29, "value", "17"))));
        assertThat(set.path("state").asString()).isEqualTo("done");
        JsonNode parameters = ask(administrator, "query-parameters", Map.of());
        assertThat(StreamSupport.stream(
                                parameters.path("answer").path("parameters").spliterator(), false)
                        .map(JsonNode::toString))
                .contains("{\"id\":41,\"value\":\"17\"}");

        JsonNode attributes = ask(administrator, "query-attributes", Map.of());
        JsonNode photograph = ask(operator, "photograph", Map.of("count", 2));
        JsonNode areas = ask(administrator, "query-areas", Map.of("kind", "polygon"));
        if (layout == Layout.V2011) {
            assertThat(attributes.path("state").asString()).isEqualTo("unsupported");
            assertThat(attributes.path("result").asString())
                    .isEqualTo("message 8107 exists since JT/T 808-2013, the terminal speaks 2011");
            assertThat(photograph.path("state").asString()).isEqualTo("unsupported");
        } else {
            assertThat(attributes.path("answer").path("model").asString()).isEqualTo("SIM" + layout.label());
            assertThat(photograph.path("answer").path("photographs")).hasSize(2);
        }
        assertThat(areas.path("state").asString()).isEqualTo(layout == Layout.V2019 ? "done" : "unsupported");

        Person auditor = people.with(Role.SECURITY_AUDITOR);
        JsonNode log =
                people.get(auditor, "/api/v1/audit?user=" + operator.username()).body();
        assertThat(log.toString()).contains("请立即归队").contains(text.path("id").asString());
    }

    @Test
    void aDeviceThatIsOfflineGetsItsCommandsInOrderOnceItComes() {
        register("vehicle-terminal");
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ids.add(request(operator, "text", Map.of("text", "第" + i))
                    .body()
                    .path("id")
                    .asString());
        }
        String given = request(operator, "text", Map.of("text", "作废"))
                .body()
                .path("id")
                .asString();
        Answer cancelled = people.call(operator, "POST", "/api/v1/commands/" + given + "/cancel", Map.of("version", 1));
        assertThat(cancelled.body().path("state").asString()).isEqualTo("cancelled");
        assertThat(cancelled.body().path("actions")).isEmpty();
        assertThat(people.call(operator, "POST", "/api/v1/commands/" + given + "/cancel", Map.of("version", 1))
                        .status())
                .as("an old version")
                .isEqualTo(409);
        assertThat(people.call(operator, "POST", "/api/v1/commands/" + given + "/cancel", Map.of("version", 2))
                        .body()
                        .path("detail")
                        .asString())
                .contains("cancelled, which allows nothing");
        assertThat(people.get(operator, "/api/v1/commands/" + ids.getFirst())
                        .body()
                        .path("state")
                        .asString())
                .isEqualTo("queued");

        connect(Layout.V2013);
        List<Instant> sent = ids.stream()
                .map(id -> ended(operator, id))
                .peek(ended -> assertThat(ended.path("state").asString()).isEqualTo("done"))
                .map(ended -> Instant.parse(ended.path("sentAt").asString()))
                .toList();
        assertThat(sent).isSorted();
        assertThat(people.get(operator, "/api/v1/devices/" + device + "/commands")
                        .body()
                        .path("items"))
                .hasSize(4);
    }

    @Test
    void whatIsNotSentInItsTimeExpires() {
        register("vehicle-terminal");
        Map<String, Object> wanted = new HashMap<>(Map.of("kind", "locate"));
        wanted.put("expiresAt", Instant.now().plusMillis(800));
        Answer made = people.call(operator, "POST", "/api/v1/devices/" + device + "/commands", wanted);
        JsonNode expired = ended(operator, made.body().path("id").asString());
        assertThat(expired.path("state").asString()).isEqualTo("expired");
        assertThat(expired.path("result").asString()).startsWith("the device was not connected until");
        wanted.put("expiresAt", Instant.now().plus(Duration.ofDays(40)));
        assertThat(people.call(operator, "POST", "/api/v1/devices/" + device + "/commands", wanted)
                        .body()
                        .path("errors")
                        .get(0)
                        .path("field")
                        .asString())
                .isEqualTo("expiresAt");
    }

    @Test
    void afterARestartWhatWasOnItsWayIsSentAgainOnlyWhenThatIsHarmless() {
        register("vehicle-terminal");
        String locate = request(operator, "locate", Map.of()).body().path("id").asString();
        String text =
                request(operator, "text", Map.of("text", "x")).body().path("id").asString();
        CommandSender sender = SERVICE.bean(CommandSender.class);
        sender.stop();
        SERVICE.bean(JdbcClient.class)
                .sql("update device_command set state = 'sent', sent_at = now(), attempts = 1 where id in (:a, :b)")
                .param("a", Long.valueOf(locate))
                .param("b", Long.valueOf(text))
                .update();
        sender.start();

        JsonNode timedOut = ended(operator, text);
        assertThat(timedOut.path("state").asString()).isEqualTo("timed-out");
        assertThat(timedOut.path("result").asString())
                .isEqualTo("the service ended before the answer; whether it was done is not known");
        connect(Layout.V2013);
        JsonNode again = ended(operator, locate);
        assertThat(again.path("state").asString()).isEqualTo("done");
        assertThat(again.path("attempts").asInt()).isEqualTo(2);
        assertThat(again.path("history").toString()).contains("it is sent again");
    }

    @Test
    void eachKindIsForItsRolesAndEachDeviceForItsSquads() {
        register("vehicle-terminal");
        Person elsewhere = people.with(Set.of(Role.OPERATOR), Set.of(people.squad()));
        assertThat(request(elsewhere, "locate", Map.of()).status()).isEqualTo(404);
        assertThat(people.get(elsewhere, "/api/v1/devices/" + device + "/commands")
                        .status())
                .isEqualTo(404);
        String id = request(operator, "locate", Map.of()).body().path("id").asString();
        assertThat(people.get(elsewhere, "/api/v1/commands/" + id).status()).isEqualTo(404);
        assertThat(people.call(elsewhere, "POST", "/api/v1/commands/" + id + "/cancel", Map.of("version", 1))
                        .status())
                .isEqualTo(404);
        assertThat(people.call(administrator, "POST", "/api/v1/commands/" + id + "/cancel", Map.of("version", 1))
                        .status())
                .as("an administrator may not ask where it is, nor take that back")
                .isEqualTo(403);

        for (CommandKind kind : new CommandKinds().all()) {
            Person other = kind.roles().contains(Role.OPERATOR) ? administrator : operator;
            Answer refused = request(other, kind.label(), Map.of());
            assertThat(refused.status()).as(kind.label()).isEqualTo(403);
            assertThat(refused.body().path("detail").asString())
                    .isEqualTo(kind.label() + " is for the "
                            + kind.roles().iterator().next().label());
        }
        List<String> offered = people.get(operator, "/api/v1/command-kinds")
                .body()
                .path("kinds")
                .findValuesAsString("kind");
        assertThat(offered).contains("locate", "photograph", "text").doesNotContain("set-parameters", "control");
    }

    @Test
    void whatMayBeAPasswordIsNeitherInTheAuditLogNorToldToThoseWhoMayNotAsk() {
        register("vehicle-terminal");
        String secret = "apn-" + System.nanoTime();
        String id = request(
                        administrator,
                        "set-parameters",
                        Map.of("parameters", List.of(Map.of("id", 0x12, "value", secret))))
                .body()
                .path("id")
                .asString();
        assertThat(people.get(administrator, "/api/v1/commands/" + id).body().toString())
                .contains(secret);
        assertThat(people.get(operator, "/api/v1/devices/" + device + "/commands")
                        .body()
                        .toString())
                .contains("set-parameters")
                .doesNotContain(secret);
        assertThat(people.get(people.with(Role.SECURITY_AUDITOR), "/api/v1/audit?user=" + administrator.username())
                        .body()
                        .toString())
                .contains("set-parameters")
                .doesNotContain(secret);
    }

    @Test
    void whatIsWrongIsRefusedByItsName() {
        register("vehicle-terminal");
        assertThat(request(operator, "track", Map.of("interval", 70_000))
                        .body()
                        .path("detail")
                        .asString())
                .isEqualTo("arguments.interval must be 0 to 65535 s, was 70000");
        assertThat(request(operator, "text", Map.of()).body().path("detail").asString())
                .isEqualTo("arguments.text must be given");
        assertThat(request(operator, "text", Map.of("text", "x", "loud", true))
                        .body()
                        .path("detail")
                        .asString())
                .isEqualTo("arguments.loud is no argument of text");
        assertThat(request(operator, "sing", Map.of()).body().path("detail").asString())
                .isEqualTo("kind is no kind of command: sing");
        assertThat(request(operator, "text", Map.of("text", "🚓"))
                        .body()
                        .path("detail")
                        .asString())
                .startsWith("arguments.text must be writable in GBK");
        assertThat(request(administrator, "control", Map.of("action", "dance"))
                        .body()
                        .path("detail")
                        .asString())
                .startsWith("arguments.action must be one of upgrade, connect");
        assertThat(request(
                                administrator,
                                "set-parameters",
                                Map.of("parameters", List.of(Map.of("id", 0x30, "value", "200"))))
                        .body()
                        .path("detail")
                        .asString())
                .contains("parameter 0x0030 (corner angle for an extra report) must be 0 to 179");
        assertThat(request(administrator, "area-from-post", Map.of("postId", "0"))
                        .body()
                        .path("detail")
                        .asString())
                .isEqualTo("arguments.postId names no post that you may see: 0");
    }

    @Test
    void aDeviceThatSpeaksAnotherProtocolSaysThatItHasNone() {
        String handset = People.unique("handset");
        SERVICE.call(
                "POST",
                "/api/v1/devices",
                Map.of("id", handset, "name", "h", "kind", "handset", "protocol", "mqtt", "protocolId", handset));
        Answer refused =
                people.call(operator, "POST", "/api/v1/devices/" + handset + "/commands", Map.of("kind", "locate"));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().path("detail").asString())
                .isEqualTo("device " + handset + " speaks mqtt; commands are for devices of jt808");
    }

    @Test
    void nobodyOffDutyIsPhotographedListenedToOrLocatedAndVehiclesMayBe() {
        register("body-camera");
        JdbcClient jdbc = SERVICE.bean(JdbcClient.class);
        String holder = people.officer(squad);
        jdbc.sql("""
                insert into custody (device_no, officer_id, held)
                select no, :officer, tstzrange(now() - interval '1 hour', null) from device where id = :device""")
                .param("officer", Long.valueOf(holder))
                .param("device", device)
                .update();
        SERVICE.bean(RosterBook.class).reread();
        for (String kind : List.of("photograph", "record-sound", "locate", "track", "upload-media")) {
            Answer refused = request(operator, kind, Map.of());
            assertThat(refused.status()).as(kind).isEqualTo(409);
            assertThat(refused.body().path("detail").asString())
                    .isEqualTo("device %s is held by somebody who is off duty; %s is for people on duty"
                            .formatted(device, kind));
        }
        assertThat(request(operator, "text", Map.of("text", "归还设备")).status()).isEqualTo(201);

        jdbc.sql("update device set kind = 'vehicle-terminal' where id = :device")
                .param("device", device)
                .update();
        SERVICE.bean(DeviceRegister.class).refresh(device);
        assertThat(request(operator, "photograph", Map.of()).status()).isEqualTo(201);
        JsonNode views = people.get(people.with(Role.SECURITY_AUDITOR), "/api/v1/view-log?user=" + operator.username())
                .body();
        assertThat(views.toString()).contains("photograph").contains(device);
    }

    @Test
    void aPostIsPushedAsAPolygonWithItsOwnNumber() {
        register("vehicle-terminal");
        connect(Layout.V2019);
        Long post = SERVICE.bean(JdbcClient.class)
                .sql("""
                        insert into post (name, squad_id, geometry, attributes) values ('东门岗', :squad,
                        '{"type":"Polygon","coordinates":[[[121.4,31.2],[121.41,31.2],[121.41,31.21],[121.4,31.2]]]}', '{}')
                        returning id""")
                .param("squad", Long.valueOf(squad))
                .query(Long.class)
                .single();
        JsonNode pushed = ask(administrator, "area-from-post", Map.of("postId", Long.toString(post)));
        assertThat(pushed.path("state").asString()).isEqualTo("done");
    }

    @Test
    void noMoreWaitForADeviceThanTheSettingAllows() {
        register("vehicle-terminal");
        int most = SERVICE.bean(CommandSettings.class).perDevice();
        for (int i = 0; i < most; i++) {
            assertThat(request(operator, "locate", Map.of()).status()).isEqualTo(201);
        }
        Answer refused = request(operator, "locate", Map.of());
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().path("detail").asString()).startsWith(most + " commands of device");
    }
}
