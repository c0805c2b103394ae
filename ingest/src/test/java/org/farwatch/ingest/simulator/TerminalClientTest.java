package org.farwatch.ingest.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.farwatch.geo.PositionFlag;
import org.farwatch.geo.StoreResult;
import org.farwatch.ingest.RowBudget;
import org.farwatch.ingest.SteadyPort;
import org.farwatch.ingest.jt808.Jt808Settings;
import org.farwatch.ingest.jt808.Layout;
import org.farwatch.ingest.jt808.MemoryStore;
import org.farwatch.ingest.jt808.Register;
import org.farwatch.ingest.jt808.ServerUnderTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TerminalClientTest {
    private static final String PHONE = "13812345678";
    private static final long START = ServerUnderTest.NOW.toEpochMilli();

    private final EventLoopGroup group = TerminalClient.newGroup(1);
    private final ConcurrentLinkedQueue<Long> acknowledged = new ConcurrentLinkedQueue<>();

    @AfterEach
    void closeGroup() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @ParameterizedTest
    @EnumSource(Layout.class)
    void aTerminalOfEveryLayoutLogsInAndLearnsThatItsPositionsAreStored(Layout layout) throws IOException {
        Register register = new Register();
        register.add(PHONE, "old");
        try (ServerUnderTest server = new ServerUnderTest(register);
                TerminalClient terminal = client(settings(server.address, layout))) {
            terminal.start();
            await().until(() -> terminal.state() == TerminalClient.State.ONLINE);
            report(terminal, 0, 50);
            await().until(() -> terminal.acknowledged() == 50);

            assertThat(acknowledged).containsExactlyElementsOf(fixTimes(server.store));
            assertThat(terminal.waiting()).isZero();
            assertThat(server.store.rows()).hasSize(50).allSatisfy(row -> {
                assertThat(row.longitude()).isBetween(121.47, 121.48);
                assertThat(row.speed()).isEqualTo(36.5f);
                assertThat(row.items()).isEqualTo("01040000000030011c31010e");
                assertThat(row.flags()).isZero();
            });
            assertThat(register.registrations()).singleElement().satisfies(registration -> {
                assertThat(registration.layout()).isEqualTo(layout.label());
                assertThat(registration.model()).isEqualTo("SIM" + layout.label());
                assertThat(registration.plate()).isEqualTo("沪A45678");
            });
        }
    }

    @Test
    void whatWasTakenWhileCutOffIsSentInBatchesMarkedAsBuffered() throws IOException {
        try (ServerUnderTest server = new ServerUnderTest(new Register().selfRegistering());
                TerminalClient terminal = client(settings(server.address, Layout.V2019))) {
            terminal.start();
            report(terminal, 0, 1);
            await().until(() -> terminal.acknowledged() == 1);
            terminal.cutOff(true);
            await().until(() -> terminal.state() == TerminalClient.State.OFFLINE);
            report(terminal, 1, 100);
            assertThat(terminal.waiting()).isEqualTo(100);
            terminal.cutOff(false);
            await().until(() -> terminal.acknowledged() == 101);
            report(terminal, 101, 1);
            await().until(() -> terminal.acknowledged() == 102);

            List<MemoryStore.Row> rows = server.store.rows();
            assertThat(rows).hasSize(102);
            assertThat(rows.subList(1, 101))
                    .allSatisfy(
                            row -> assertThat(PositionFlag.labels(row.flags())).containsExactly("buffered"));
            assertThat(rows.getLast().flags()).isZero();
        }
    }

    @Test
    void aTerminalOf2011SendsStoredPositionsOneByOne() throws IOException {
        try (ServerUnderTest server = new ServerUnderTest(new Register().selfRegistering());
                TerminalClient terminal = client(settings(server.address, Layout.V2011))) {
            report(terminal, 0, 30);
            terminal.start();
            await().until(() -> terminal.acknowledged() == 30);
            assertThat(server.store.rows())
                    .hasSize(30)
                    .allSatisfy(row -> assertThat(row.flags()).isZero());
        }
    }

    @Test
    void everythingAcknowledgedIsStoredAndEverythingIsInTheEndAcknowledgedThoughTheServerDiesAgainAndAgain()
            throws IOException {
        Set<Long> stored = ConcurrentHashMap.newKeySet();
        Register register = new Register().selfRegistering();
        Jt808Settings samePort = Jt808Settings.at("127.0.0.1", SteadyPort.free());
        ServerUnderTest server = new ServerUnderTest(register, samePort, RowBudget.DEFAULT_LIMIT);
        InetSocketAddress address = server.address;
        try (TerminalClient terminal = client(settings(address, Layout.V2013))) {
            terminal.start();
            for (int round = 0; round < 4; round++) {
                report(terminal, round * 100, 100);
                long some = acknowledged.size() + 1L;
                await().until(() -> acknowledged.size() >= some);
                List<Long> told = new ArrayList<>(acknowledged);
                server.close();
                stored.addAll(fixTimes(server.store));
                assertThat(stored).containsAll(told);
                report(terminal, 1000 + round * 100, 100);
                server = new ServerUnderTest(register, samePort, RowBudget.DEFAULT_LIMIT);
            }
            await().until(() -> terminal.waiting() == 0);
            stored.addAll(fixTimes(server.store));
            assertThat(stored).hasSize(800);
            assertThat(Set.copyOf(acknowledged)).isEqualTo(stored);
        } finally {
            server.close();
        }
    }

    @Test
    void aMessageWithoutAnAnswerIsSentAgainUnderTheSameSerial() throws Exception {
        try (ServerUnderTest server = new ServerUnderTest(new Register().selfRegistering());
                TerminalClient terminal = client(settings(server.address, Layout.V2013)
                        .withDelays(Duration.ofMillis(200), Duration.ofMillis(10), Duration.ofMillis(50)))) {
            server.store.hold();
            terminal.start();
            report(terminal, 0, 1);
            await().until(() -> server.store.held() >= 2);
            assertThat(terminal.resent()).isPositive();
            assertThat(acknowledged).isEmpty();
            server.store.release();
            await().until(() -> terminal.waiting() == 0);
            assertThat(acknowledged).containsExactly(START);
            assertThat(server.store.rows().stream().map(MemoryStore.Row::hash).distinct())
                    .hasSize(1);
        }
    }

    @Test
    void aPositionThatThePlatformRefusesIsNotSentForever() throws IOException {
        try (ServerUnderTest server = new ServerUnderTest(new Register().selfRegistering());
                TerminalClient terminal = client(settings(server.address, Layout.V2013))) {
            server.store.decide(row -> row.fixTime() == START ? StoreResult.REFUSED : StoreResult.STORED);
            terminal.start();
            await().until(() -> terminal.state() == TerminalClient.State.ONLINE);
            report(terminal, 0, 2);
            await().until(() -> terminal.waiting() == 0);
            assertThat(terminal.refused()).isEqualTo(1);
            assertThat(acknowledged).containsExactly(START + 1000);
        }
    }

    @Test
    void aFullMemoryOverwritesTheOldest() throws IOException {
        try (ServerUnderTest server = new ServerUnderTest(new Register().selfRegistering());
                TerminalClient terminal =
                        client(settings(server.address, Layout.V2013).withBounds(4, 24, 50))) {
            report(terminal, 0, 80);
            assertThat(terminal.waiting()).isEqualTo(50);
            assertThat(terminal.overwritten()).isEqualTo(30);
            terminal.start();
            await().until(() -> terminal.waiting() == 0);
            assertThat(acknowledged.peek()).isEqualTo(START + 30_000);
        }
    }

    @Test
    void aTerminalWithAWrongCodeRegistersAnew() throws IOException {
        Register register = new Register();
        register.add(PHONE, "right");
        try (ServerUnderTest server = new ServerUnderTest(register);
                TerminalClient terminal =
                        client(settings(server.address, Layout.V2013).withCode("wrong"))) {
            terminal.start();
            await().until(() -> terminal.state() == TerminalClient.State.ONLINE);
            assertThat(register.asked())
                    .containsExactly("authenticate " + PHONE, "register " + PHONE, "authenticate " + PHONE);
        }
    }

    @Test
    void heartbeatsKeepAnOtherwiseSilentTerminalOnline() throws IOException {
        Register register = new Register().selfRegistering();
        Jt808Settings settings = Jt808Settings.at("127.0.0.1", 0).withIdleTimeout(Duration.ofMillis(600));
        try (ServerUnderTest server = new ServerUnderTest(register, settings, RowBudget.DEFAULT_LIMIT);
                TerminalClient terminal =
                        client(settings(server.address, Layout.V2013).withHeartbeat(Duration.ofMillis(100)))) {
            terminal.start();
            await().until(() -> terminal.state() == TerminalClient.State.ONLINE);
            long frames = server.server.counters().frames();
            await().until(() -> server.server.counters().frames() > frames + 12);
            assertThat(register.presence()).containsExactly(PHONE + " online");
        }
    }

    @Test
    void hundredsOfTerminalsShareAnEventLoop() throws IOException {
        Jt808Settings settings = Jt808Settings.at("127.0.0.1", 0).withEventLoopThreads(2);
        List<TerminalClient> terminals = new ArrayList<>();
        try (ServerUnderTest server =
                new ServerUnderTest(new Register().selfRegistering(), settings, RowBudget.DEFAULT_LIMIT)) {
            for (int i = 0; i < 300; i++) {
                Layout layout =
                        List.of(Layout.V2011, Layout.V2013, Layout.V2019).get(i % 3);
                String phone = "1390000%04d".formatted(i);
                terminals.add(client(TerminalSettings.of(server.address, layout, phone))
                        .start());
            }
            for (TerminalClient terminal : terminals) {
                report(terminal, 0, 10);
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> acknowledged.size() == 3000);
            assertThat(server.server.terminalsOnline()).isEqualTo(300);
            assertThat(server.store.rows().stream().collect(Collectors.groupingBy(MemoryStore.Row::device)))
                    .hasSize(300)
                    .allSatisfy((_, rows) -> assertThat(rows).hasSize(10));
        } finally {
            terminals.forEach(TerminalClient::close);
        }
    }

    private TerminalClient client(TerminalSettings settings) {
        return new TerminalClient(group, settings, (fixMillis, _) -> acknowledged.add(fixMillis));
    }

    private static TerminalSettings settings(InetSocketAddress server, Layout layout) {
        return TerminalSettings.of(server, layout, PHONE)
                .withDelays(Duration.ofSeconds(10), Duration.ofMillis(20), Duration.ofMillis(100));
    }

    private static void report(TerminalClient terminal, int from, int count) {
        for (int i = from; i < from + count; i++) {
            terminal.report(TerminalPosition.at(START + i * 1000L, 121.47 + i * 1e-6, 31.23, 36.5, 90));
        }
    }

    private static List<Long> fixTimes(MemoryStore store) {
        return store.rows().stream().map(MemoryStore.Row::fixTime).toList();
    }
}
