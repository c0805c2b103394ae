package org.farwatch.ingest.gb28181;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.farwatch.ingest.sip.SipPort;
import org.farwatch.ingest.sip.SipRefused;

/** What registered devices are asked and told, and their answers. Any thread, none waits. */
final class Enquiries {
    /** Until a catalogue that could not be stored is asked for again, milliseconds; twice as long each time. */
    private static final long SHORTEST_PAUSE = 2_000;

    private static final long LONGEST_PAUSE = 300_000;

    /** So long a device has to say whether it did what it was told. */
    private static final long WORD_SECONDS = 5;

    private final Gb28181Settings settings;
    private final SipPort port;
    private final Sessions sessions;
    private final Questions questions;
    private final ChannelSink sink;
    private final Clock clock;

    Enquiries(
            Gb28181Settings settings,
            SipPort port,
            Sessions sessions,
            Questions questions,
            ChannelSink sink,
            Clock clock) {
        this.settings = settings;
        this.port = port;
        this.sessions = sessions;
        this.questions = questions;
        this.sink = sink;
        this.clock = clock;
    }

    /** @return whether it was asked: it is registered, and no catalogue of it is on its way */
    boolean catalogue(String code) {
        Session session = sessions.find(code);
        if (session == null || !session.catalogueAsked().compareAndSet(false, true)) {
            return false;
        }
        var _ = ask(session, code, sn -> Body.query("Catalog", sn, code)).thenAccept(answer -> {
            List<Channel> channels = items(answer, Channel.class);
            if (channels.size() == answer.items().size() && (answer.whole() || !channels.isEmpty())) {
                sink.catalogue(
                        session.known(),
                        channels,
                        answer.whole(),
                        stored -> session.catalogued(stored, clock.millis(), SHORTEST_PAUSE, LONGEST_PAUSE));
            } else {
                session.catalogueAsked().set(false);
            }
        });
        return true;
    }

    /** Asks again for the catalogues that came and could not be stored, once their pause is over. */
    void catalogues() {
        long now = clock.millis();
        sessions.all().stream()
                .filter(session -> session.catalogueDue() != 0 && session.catalogueDue() <= now)
                .forEach(session -> catalogue(session.code()));
    }

    /** What the device is; its answer goes to the {@link ChannelSink}. */
    void description(Session session) {
        var _ = ask(session, session.code(), sn -> Body.query("DeviceInfo", sn, session.code()));
    }

    /** Asks the devices for their time that are due; it stands in what they say of their state. */
    void clocks() {
        Duration interval = settings.clockInterval();
        if (interval.isZero()) {
            return;
        }
        long now = clock.millis();
        sessions.all().stream()
                .filter(session -> session.clock().due(now, interval))
                .forEach(session -> {
                    var _ = status(session);
                });
    }

    CompletionStage<List<Message.Preset>> presets(String device, String channel) {
        return withSession(device, session -> ask(session, channel, sn -> Body.query("PresetQuery", sn, channel)))
                .thenApply(answer -> items(answer, Message.Preset.class));
    }

    CompletionStage<List<Message.DeviceStatus>> status(String device) {
        return withSession(device, this::status).thenApply(answer -> items(answer, Message.DeviceStatus.class));
    }

    private CompletableFuture<Gathering.Gathered> status(Session session) {
        return ask(session, session.code(), sn -> Body.query("DeviceStatus", sn, session.code()));
    }

    /** @throws IllegalArgumentException unless {@code to} is after {@code from} by at most {@link Gb28181Server#MAX_DAYS} */
    CompletionStage<List<Message.Recorded>> recordings(String device, String channel, Instant from, Instant to) {
        if (!from.isBefore(to) || Duration.between(from, to).toDays() > Gb28181Server.MAX_DAYS) {
            throw new IllegalArgumentException("to must be after from by at most " + Gb28181Server.MAX_DAYS + " days");
        }
        return recordings(device, channel, from, to, List.of());
    }

    private CompletionStage<List<Message.Recorded>> recordings(
            String device, String channel, Instant from, Instant to, List<Message.Recorded> before) {
        Instant midnight = from.atOffset(GbTime.ZONE)
                .toLocalDate()
                .plusDays(1)
                .atStartOfDay()
                .toInstant(GbTime.ZONE);
        Instant end = midnight.isBefore(to) ? midnight : to;
        return withSession(
                        device,
                        session -> ask(
                                session,
                                channel,
                                sn -> Body.query("RecordInfo", sn, channel)
                                        .element("StartTime", GbTime.write(from))
                                        .element("EndTime", GbTime.write(end))
                                        .element("Secrecy", "0")
                                        .element("Type", "all")))
                .thenCompose(answer -> {
                    List<Message.Recorded> all = new ArrayList<>(before);
                    items(answer, Message.Recorded.class).stream()
                            .filter(item -> !all.contains(item))
                            .forEach(all::add);
                    return end.isBefore(to)
                            ? recordings(device, channel, end, to, all)
                            : CompletableFuture.completedFuture(List.copyOf(all));
                });
    }

    CompletionStage<Void> control(String device, String channel, Control control) {
        return withSession(
                        device,
                        session -> port.message(
                                        session.peer(), channel, Body.TYPE, control.body(questions.next(), channel))
                                .toCompletableFuture())
                .thenCompose(status -> status < 300
                        ? CompletableFuture.<Void>completedFuture(null)
                        : CompletableFuture.failedFuture(new SipRefused(status, "the device refuses")));
    }

    CompletionStage<Word> order(String device, Control control) {
        return withSession(device, session -> {
            int sn = questions.next();
            CompletableFuture<Gathering.Gathered> answer = questions.ask(device, sn, 1);
            return port.message(session.peer(), device, Body.TYPE, control.body(sn, device))
                    .toCompletableFuture()
                    .thenCompose(status -> status < 300
                            ? answer.thenApply(Enquiries::word)
                                    .completeOnTimeout(Word.NONE, WORD_SECONDS, TimeUnit.SECONDS)
                            : CompletableFuture.<Word>failedFuture(new SipRefused(status, "the device refuses")))
                    .whenComplete((_, _) -> questions.forget(device, sn));
        });
    }

    private static Word word(Gathering.Gathered answer) {
        return items(answer, Message.Result.class).stream()
                .findFirst()
                .map(result -> result.done() ? Word.DONE : Word.NOT_DONE)
                .orElse(Word.NONE);
    }

    /** Tells a device that its alarm is stored. */
    void confirm(Session session, Message.Alarm alarm) {
        byte[] body = Body.response("Alarm", alarm.sn(), alarm.about())
                .element("Result", "OK")
                .bytes();
        var _ = port.message(session.peer(), session.code(), Body.TYPE, body);
    }

    /** What answers another question than was asked, under its number, is none. */
    private static <T> List<T> items(Gathering.Gathered answer, Class<T> kind) {
        return answer.items().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private CompletableFuture<Gathering.Gathered> ask(Session session, String target, IntFunction<Body> question) {
        int sn = questions.next();
        CompletableFuture<Gathering.Gathered> answer = questions.ask(session.code(), sn, settings.maxItems());
        var _ = port.message(
                        session.peer(), target, Body.TYPE, question.apply(sn).bytes())
                .thenAccept(status -> {
                    if (status >= 300) {
                        questions.forget(session.code(), sn);
                    }
                });
        return answer.whenComplete((_, _) -> questions.forget(session.code(), sn));
    }

    private <T> CompletableFuture<T> withSession(String device, Function<Session, CompletableFuture<T>> work) {
        Session session = sessions.find(device);
        return session == null
                ? CompletableFuture.failedFuture(new SipRefused(480, "device " + device + " is not registered"))
                : work.apply(session);
    }
}
