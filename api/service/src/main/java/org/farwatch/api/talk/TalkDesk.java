package org.farwatch.api.talk;

import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.ViewLog;
import org.farwatch.api.database.LaterWrites;
import org.farwatch.api.web.Refusal;
import org.farwatch.ingest.media.voice.VoiceCall;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Who speaks to which loudspeaker: one at a time, an operator takes it from an inspector and nobody from himself. Every
 * call is in the log before the device is called, and what became of it afterwards. The calls are guarded by this object;
 * one thread paces the sound of all of them and ends those whose time is up.
 */
@Component
class TalkDesk {
    private static final Logger LOG = LoggerFactory.getLogger(TalkDesk.class);
    private static final Duration TICK = Duration.ofMillis(1_000L * VoiceCall.PIECE / VoiceCall.RATE);
    /** Outcomes that may wait for the database. */
    private static final int WRITES = 1_000;

    private final Map<String, VoiceKind> kinds;
    private final ShoutTable table;
    private final ViewLog views;
    private final TalkSettings settings;
    private final TalkCounts counts;
    private final Clock clock;
    private final LaterWrites writes = new LaterWrites("talk-outcomes", WRITES);
    private final ScheduledExecutorService pacer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("talk-pacer").daemon().factory());
    private final Map<String, LoudspeakerCall> calls = new HashMap<>();
    /** Those whose outcome is not in the table yet, by the id of the shout. */
    private final Map<Long, LoudspeakerCall> unwritten = new ConcurrentHashMap<>();

    private ScheduledFuture<?> pacing;

    TalkDesk(
            List<VoiceKind> kinds,
            ShoutTable table,
            ViewLog views,
            TalkSettings settings,
            TalkCounts counts,
            Clock clock) {
        this.kinds = kinds.stream().collect(Collectors.toMap(VoiceKind::scheme, Function.identity()));
        this.table = table;
        this.views = views;
        this.settings = settings;
        this.counts = counts;
        this.clock = clock;
    }

    /**
     * Who speaks to a loudspeaker.
     *
     * @param until the call is over then at the latest
     */
    record Holder(String username, String displayName, Instant until) {}

    /** What can call the loudspeaker of a stream with this address; empty when nobody can speak to it. */
    Optional<VoiceKind> kind(String address) {
        int colon = address == null ? -1 : address.indexOf(':');
        return colon < 0 ? Optional.empty() : Optional.ofNullable(kinds.get(address.substring(0, colon)));
    }

    /**
     * Calls a loudspeaker.
     *
     * @param batch id of the first of those that are called together, null when this is the first
     * @param told of every change of the call, on any thread; must not wait
     * @throws Refusal 409 naming who speaks to it, 503 when too many are spoken to; that it was tried is in the log
     */
    LoudspeakerCall begin(Order order, Long batch, Sound sound, Consumer<LoudspeakerCall> told) {
        views.record(
                order.caller(),
                order.viewing(),
                order.kind() == ShoutKind.TALK ? "talk" : "shout",
                Long.toString(order.stream().id()),
                order.stream().name(),
                null,
                null);
        long id = table.insert(order, batch, clock.instant());
        LoudspeakerCall call = new LoudspeakerCall(id, order, sound, settings, clock, told);
        unwritten.put(id, call);
        try {
            take(call)
                    .ifPresent(before ->
                            finish(before, Outcome.TAKEN_OVER, order.caller().displayName()));
        } catch (Refusal e) {
            // Nobody is told: whoever asked is answered.
            if (call.end(refused(e), e.getMessage())) {
                written(call);
            }
            throw e;
        }
        told.accept(call);
        try {
            VoiceCall voice = order.voice().call(order.address());
            call.attach(voice);
            listen(call, voice);
        } catch (RuntimeException e) {
            LOG.warn("loudspeaker of stream {} cannot be called", order.stream().id(), e);
            finish(call, Outcome.REFUSED, e.getMessage());
        }
        return call;
    }

    /** What a call becomes that was not made. */
    static Outcome refused(Refusal refusal) {
        return refusal.status() == 409 ? Outcome.IN_USE : Outcome.REFUSED;
    }

    private void listen(LoudspeakerCall call, VoiceCall voice) {
        var _ = voice.open().whenComplete((_, failure) -> {
            if (failure == null) {
                call.open();
            } else {
                finish(call, Outcome.REFUSED, words(failure));
            }
        });
        var _ = voice.ended()
                .whenComplete(
                        (reason, failure) -> finish(call, Outcome.HUNG_UP, failure == null ? reason : words(failure)));
    }

    private static String words(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    /** @return whoever spoke to it before and has to give way */
    private synchronized Optional<LoudspeakerCall> take(LoudspeakerCall call) {
        Order order = call.order();
        LoudspeakerCall before = calls.get(order.loudspeaker());
        if (before != null) {
            Order held = before.order();
            if (!held.ofSameUser(order) && (held.byOperator() || !order.byOperator())) {
                Instant since = before.opened() == null ? clock.instant() : before.opened();
                Holder holder = new Holder(
                        held.caller().username(), held.caller().displayName(), since.plus(settings.longest()));
                throw new Refusal(
                                409,
                                "loudspeaker is in use",
                                holder.displayName() + " is speaking to it, until " + holder.until() + " at the latest")
                        .with("holder", holder);
            }
        } else if (calls.size() >= settings.calls()) {
            throw new Refusal(
                    503,
                    "too many calls",
                    "no more than " + settings.calls() + " loudspeakers are spoken to at a time");
        }
        calls.put(order.loudspeaker(), call);
        counts.calls.set(calls.size());
        if (pacing == null) {
            pacing = pacer.scheduleAtFixedRate(this::pace, TICK.toNanos(), TICK.toNanos(), TimeUnit.NANOSECONDS);
        }
        return Optional.ofNullable(before);
    }

    /** Ends the calls of which this is so. */
    void endWhere(Predicate<LoudspeakerCall> which, Outcome outcome) {
        for (LoudspeakerCall call : calls()) {
            if (which.test(call)) {
                finish(call, outcome, null);
            }
        }
    }

    /** Ends the calls of those whose rights have ended. */
    void endOf(Predicate<Caller> whose) {
        endWhere(call -> whose.test(call.order().caller()), Outcome.ACCESS_ENDED);
    }

    /** Ends the calls of loudspeakers whose holder has gone off duty. Called each second. */
    void look() {
        for (LoudspeakerCall call : calls()) {
            Order order = call.order();
            try {
                order.voice().offDuty(order.address()).ifPresent(why -> finish(call, Outcome.REFUSED, why));
            } catch (RuntimeException e) {
                // It is asked again in a second, and the other calls go on being looked after.
                LOG.warn(
                        "loudspeaker of stream {}: whether its holder is on duty could not be asked",
                        order.stream().id(),
                        e);
            }
        }
    }

    /** Those that the table does not know the end of, by the id of the shout. */
    Map<Long, LoudspeakerCall> underWay() {
        return Map.copyOf(unwritten);
    }

    private synchronized Collection<LoudspeakerCall> calls() {
        return new ArrayList<>(calls.values());
    }

    private void pace() {
        long now = System.nanoTime();
        Collection<LoudspeakerCall> all = calls();
        for (LoudspeakerCall call : all) {
            try {
                LoudspeakerCall.End end = call.pace(now);
                if (end != null) {
                    finish(call, end.outcome(), end.reason());
                }
            } catch (RuntimeException e) {
                LOG.error(
                        "loudspeaker of stream {}: sound cannot be sent",
                        call.order().stream().id(),
                        e);
                finish(call, Outcome.HUNG_UP, e.getMessage());
            }
        }
        rest();
    }

    private synchronized void rest() {
        if (calls.isEmpty() && pacing != null) {
            pacing.cancel(false);
            pacing = null;
        }
    }

    private void finish(LoudspeakerCall call, Outcome outcome, String reason) {
        if (!call.end(outcome, reason)) {
            return;
        }
        synchronized (this) {
            calls.remove(call.order().loudspeaker(), call);
            counts.calls.set(calls.size());
        }
        written(call);
        call.tell();
    }

    private void written(LoudspeakerCall call) {
        LoudspeakerCall.Result record = call.result();
        counts.ended(record.outcome(), call.sent(), record.lost());
        boolean taken = writes.write(() -> {
            table.end(record);
            unwritten.remove(record.id());
        });
        if (!taken) {
            unwritten.remove(record.id());
            LOG.error("shout {}: its outcome {} could not be written", record.id(), record.outcome());
        }
    }

    @PreDestroy
    void close() {
        endWhere(_ -> true, Outcome.STOPPED);
        pacer.shutdownNow();
        writes.close();
    }
}
