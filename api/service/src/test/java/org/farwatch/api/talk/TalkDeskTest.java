package org.farwatch.api.talk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.farwatch.api.RunningService;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.People;
import org.farwatch.api.access.Role;
import org.farwatch.api.access.ViewLog;
import org.farwatch.api.access.Viewing;
import org.farwatch.api.video.StreamBook;
import org.farwatch.api.web.Refusal;
import org.farwatch.ingest.media.OfflineCause;
import org.farwatch.ingest.media.pull.PullFailure;
import org.farwatch.ingest.media.voice.VoiceCall;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who speaks to which loudspeaker, with the real log and loudspeakers of the test's own. */
class TalkDeskTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final RunningService service = RunningService.shared();
    private final List<HeardCall> called = new CopyOnWriteArrayList<>();
    private final List<LoudspeakerCall.State> states = new CopyOnWriteArrayList<>();
    private final Caller operator = caller(Role.OPERATOR);
    private final StreamBook.Entry stream = stream();
    private TalkDesk desk = desk(MINUTE, MINUTE, 8);
    /** That whoever holds the loudspeakers is off duty, in words. */
    private String offDuty;

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void whatIsSaidIsHeardWholeInItsOrderAndAtItsPace() {
        LoudspeakerCall call = talk(operator);
        call.say(Sounds.pieces(3));
        HeardCall device = called.getFirst();
        device.opens();
        byte[] said = Sounds.pieces(10);
        call.say(Arrays.copyOf(said, 333));
        call.say(Arrays.copyOfRange(said, 333, said.length));
        call.finish();

        Map<String, Object> outcome = outcome(call);
        assertThat(outcome)
                .containsEntry("outcome", "done")
                .containsEntry("millis", 200)
                .containsEntry("lost", 0);
        assertThat(device.heard()).as("and nothing from before it was open").isEqualTo(said);
        assertThat(device.took()).isGreaterThan(Duration.ofMillis(120));
        assertThat(device.closed()).isTrue();
        assertThat(states)
                .containsExactly(
                        LoudspeakerCall.State.CALLING, LoudspeakerCall.State.OPEN, LoudspeakerCall.State.ENDED);
        assertThat(jdbc().sql("select purpose from view_log where kind = 'talk' and subject_id = :id")
                        .param("id", Long.toString(stream.id()))
                        .query(String.class)
                        .list())
                .containsExactly("核实");
    }

    @Test
    void whatComesTooFastIsDroppedFromItsBeginning() {
        LoudspeakerCall call = talk(operator);
        called.getFirst().opens();
        byte[] said = Sounds.pieces(30);
        call.say(said);
        call.finish();

        assertThat(outcome(call)).containsEntry("lost", 10).containsEntry("millis", 400);
        assertThat(called.getFirst().heard()).isEqualTo(Arrays.copyOfRange(said, 10 * VoiceCall.PIECE, said.length));
    }

    @Test
    void anOperatorTakesItFromAnInspectorAndNotTheOtherWayRound() {
        Caller inspector = caller(Role.INSPECTOR);
        LoudspeakerCall first = talk(inspector);
        called.getFirst().opens();
        LoudspeakerCall second = talk(operator);

        assertThat(outcome(first))
                .containsEntry("outcome", "taken-over")
                .containsEntry("reason", operator.displayName());
        assertThat(called.getFirst().closed()).isTrue();
        assertThat(second.state()).isEqualTo(LoudspeakerCall.State.CALLING);
        for (Caller other : List.of(inspector, caller(Role.OPERATOR))) {
            assertThatExceptionOfType(Refusal.class)
                    .isThrownBy(() -> talk(other))
                    .withMessageContaining(operator.displayName())
                    .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(409))
                    .satisfies(refusal -> assertThat(
                                    ((TalkDesk.Holder) refusal.extras().get("holder")).username())
                            .isEqualTo(operator.username()));
        }
        assertThat(called).as("nobody else was called").hasSize(2);
        await().untilAsserted(() -> assertThat(outcomes()).containsExactly("taken-over", "in-use", "in-use"));
    }

    @Test
    void oneTakesItFromOneselfAsAfterAReload() {
        LoudspeakerCall first = talk(operator);
        talk(operator);
        assertThat(outcome(first)).containsEntry("outcome", "taken-over");
    }

    @Test
    void aCallLastsNoLongerThanItMay() {
        desk = desk(Duration.ofSeconds(1), MINUTE, 8);
        LoudspeakerCall call = talk(operator);
        called.getFirst().opens();
        assertThat(outcome(call)).containsEntry("outcome", "too-long");
        assertThat(called.getFirst().closed()).isTrue();
    }

    @Test
    void whatADeviceAnswersIsInTheLog() {
        desk = desk(MINUTE, Duration.ofSeconds(1), 8);
        LoudspeakerCall refused = talk(operator);
        called.getFirst().refuses(new PullFailure(OfflineCause.NOT_FOUND, "the device has no loudspeaker"));
        assertThat(outcome(refused))
                .containsEntry("outcome", "refused")
                .containsEntry("reason", "the device has no loudspeaker")
                .containsEntry("opened_at", null);

        LoudspeakerCall silent = talk(operator);
        assertThat(outcome(silent)).containsEntry("outcome", "no-answer");

        LoudspeakerCall ended = talk(operator);
        called.getLast().opens();
        called.getLast().hangsUp("the device hung up");
        assertThat(outcome(ended)).containsEntry("outcome", "hung-up").containsEntry("reason", "the device hung up");

        LoudspeakerCall cancelled = talk(operator);
        cancelled.finish();
        assertThat(outcome(cancelled)).containsEntry("outcome", "cancelled");
        called.getLast().opens();
        assertThat(cancelled.state()).isEqualTo(LoudspeakerCall.State.ENDED);
    }

    @Test
    void noMoreAreSpokenToThanMayBe() {
        desk = desk(MINUTE, MINUTE, 1);
        talk(operator);
        Order other = order(operator, stream(), ShoutKind.TALK);
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> desk.begin(other, null, new LiveSound(Duration.ofMillis(400)), _ -> {}))
                .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(503));
    }

    @Test
    void whoLosesHisRightsIsHeardNoLonger() {
        LoudspeakerCall call = talk(operator);
        called.getFirst().opens();
        desk.endOf(caller -> caller.userId() != operator.userId());
        assertThat(call.state()).isEqualTo(LoudspeakerCall.State.OPEN);
        desk.endOf(caller -> caller.userId() == operator.userId());
        assertThat(outcome(call)).containsEntry("outcome", "access-ended");
    }

    @Test
    void whoeverGoesOffDutyIsSpokenToNoLonger() {
        LoudspeakerCall call = talk(operator);
        called.getFirst().opens();
        desk.look();
        assertThat(call.state()).isEqualTo(LoudspeakerCall.State.OPEN);
        offDuty = "device 7 is held by somebody who is off duty";
        desk.look();
        assertThat(outcome(call)).containsEntry("outcome", "refused").containsEntry("reason", offDuty);
        assertThat(called.getFirst().closed()).isTrue();
        assertThat(states).endsWith(LoudspeakerCall.State.OPEN, LoudspeakerCall.State.ENDED);
    }

    @Test
    void anAnnouncementIsSaidAsOftenAsItIsAskedFor() {
        byte[] clip = Sounds.pieces(5);
        LoudspeakerCall call = desk.begin(
                new Order(
                        stream,
                        "fake:1",
                        kind(),
                        operator,
                        new Viewing("核实", null),
                        ShoutKind.ANNOUNCEMENT,
                        null,
                        "劝离",
                        2),
                null,
                new ClipSound(clip, 2),
                _ -> {});
        called.getFirst().opens();

        assertThat(outcome(call)).containsEntry("outcome", "done").containsEntry("millis", 200);
        ByteArrayOutputStream twice = new ByteArrayOutputStream();
        twice.writeBytes(clip);
        twice.writeBytes(clip);
        assertThat(called.getFirst().heard()).isEqualTo(twice.toByteArray());
        assertThat(called.getFirst().took()).as("with a pause").isGreaterThan(Duration.ofSeconds(1));
    }

    private LoudspeakerCall talk(Caller caller) {
        return desk.begin(
                order(caller, stream, ShoutKind.TALK),
                null,
                new LiveSound(Duration.ofMillis(400)),
                call -> states.add(call.state()));
    }

    private Order order(Caller caller, StreamBook.Entry entry, ShoutKind what) {
        return new Order(entry, "fake:" + entry.id(), kind(), caller, new Viewing("核实", null), what, null, null, null);
    }

    private VoiceKind kind() {
        return new VoiceKind() {
            @Override
            public String scheme() {
                return "fake";
            }

            @Override
            public Optional<String> offDuty(String address) {
                return Optional.ofNullable(offDuty);
            }

            @Override
            public VoiceCall call(String address) {
                HeardCall made = new HeardCall();
                called.add(made);
                return made;
            }
        };
    }

    private TalkDesk desk(Duration longest, Duration opening, int calls) {
        return new TalkDesk(
                List.of(kind()),
                service.bean(ShoutTable.class),
                service.bean(ViewLog.class),
                new TalkSettings(longest, opening, calls, 32, Duration.ofMillis(400), 100, MINUTE),
                new TalkCounts(),
                Clock.systemUTC());
    }

    private Map<String, Object> outcome(LoudspeakerCall call) {
        return await().until(
                        () -> jdbc().sql("select * from shout_outcome where shout_id = :id")
                                .param("id", call.id())
                                .query()
                                .listOfRows(),
                        rows -> !rows.isEmpty())
                .getFirst();
    }

    private List<String> outcomes() {
        return jdbc().sql("""
                        select o.outcome from shout h join shout_outcome o on o.shout_id = h.id where h.stream_id = :id
                        order by h.id""").param("id", stream.id()).query(String.class).list();
    }

    private static Caller caller(Role role) {
        int number = NUMBER.incrementAndGet();
        return new Caller(number, "speaker-" + number, "讲话人 " + number, Set.of(role), 0, Set.of(), false, 1, null);
    }

    private static final AtomicInteger NUMBER = new AtomicInteger(1_000_000);

    private StreamBook.Entry stream() {
        String name = People.unique("音柱");
        long id = jdbc().sql("insert into stream (name) values (:name) returning id")
                .param("name", name)
                .query(Long.class)
                .single();
        return new StreamBook.Entry(id, name, 0, 0, null, null);
    }

    private JdbcClient jdbc() {
        return service.bean(JdbcClient.class);
    }
}
