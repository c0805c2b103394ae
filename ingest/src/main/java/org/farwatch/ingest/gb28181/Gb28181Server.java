package org.farwatch.ingest.gb28181;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.farwatch.ingest.DeviceDirectory;
import org.farwatch.ingest.FaultKind;
import org.farwatch.ingest.Faults;
import org.farwatch.ingest.PositionSink;
import org.farwatch.ingest.Protocol;
import org.farwatch.ingest.RowBudget;
import org.farwatch.ingest.UndecodedSink;
import org.farwatch.ingest.media.push.Upstream;
import org.farwatch.ingest.media.rtp.RtpSessions;
import org.farwatch.ingest.media.rtp.RtpTransport;
import org.farwatch.ingest.sip.Digest;
import org.farwatch.ingest.sip.SipHandler;
import org.farwatch.ingest.sip.SipPeer;
import org.farwatch.ingest.sip.SipPort;
import org.farwatch.ingest.sip.SipRefused;
import org.farwatch.ingest.sip.SipRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Devices and platforms of GB/T 28181 register here, and are asked and told. {@link #start} and {@link #close} once each;
 * the rest by any thread in between, none waits.
 */
public final class Gb28181Server implements AutoCloseable, SipHandler {
    /** The most days that one question for recordings may span. */
    public static final int MAX_DAYS = 31;

    private static final Logger LOG = LoggerFactory.getLogger(Gb28181Server.class);

    private final Gb28181Settings settings;
    private final Faults faults;
    private final ChannelSink sink;
    private final RtpSessions receivers;
    private final SipPort port;
    private final Sessions sessions;
    private final Questions questions = new Questions();
    private final Registrar registrar;
    private final Inbox inbox;
    private final Subscriptions subscriptions;
    private final StreamQuota quota;
    private final Ssrcs ssrcs;
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("gb28181-clock").daemon().factory());

    public Gb28181Server(
            Gb28181Settings settings,
            Passwords passwords,
            DeviceDirectory directory,
            ChannelSink sink,
            PositionSink positions,
            RowBudget budget,
            UndecodedSink undecoded,
            RtpSessions receivers,
            Faults faults,
            Clock clock) {
        this.settings = settings;
        this.faults = faults;
        this.sink = sink;
        this.receivers = receivers;
        port = new SipPort(settings.sip(), this);
        sessions = new Sessions(settings, directory, clock);
        quota = new StreamQuota(settings.streamsPerDevice());
        ssrcs = new Ssrcs(settings.sip().domain());
        subscriptions = new Subscriptions(port, questions, settings.positionInterval());
        Complaints complaints = new Complaints(faults);
        registrar = new Registrar(
                sessions,
                new Digest(settings.sip().domain(), clock),
                passwords,
                directory,
                complaints,
                clock,
                this::came);
        inbox = new Inbox(
                sessions,
                questions,
                new PositionIntake(directory, positions, budget, clock),
                sink,
                undecoded,
                complaints,
                clock,
                this::confirm);
    }

    /** @throws IOException naming setting, address and port when it cannot be bound */
    public InetSocketAddress start() throws IOException {
        InetSocketAddress address = port.start();
        var _ = ticks.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
        return address;
    }

    @Override
    public void close() {
        ticks.shutdownNow();
        sessions.all().forEach(sessions::end);
        port.close();
    }

    @Override
    public void request(SipRequest request) {
        switch (request.method()) {
            case "REGISTER" -> registrar.register(request);
            case "MESSAGE", "NOTIFY" -> inbox.take(request);
            case "OPTIONS" -> request.answer(200);
            default -> request.answer(405, Map.of("Allow", "REGISTER, MESSAGE, NOTIFY, OPTIONS, BYE"));
        }
    }

    @Override
    public void flooded(SipPeer peer) {
        faults.report(
                Protocol.GB28181,
                FaultKind.OVER_LIMIT,
                peer.host(),
                "messages: more in a second than farwatch.gb28181.messages-per-second",
                new byte[0],
                0,
                0);
    }

    /** Whether the device with this code is registered. */
    public boolean online(String code) {
        return sessions.find(code) != null;
    }

    /** Where it really is, null when it is not registered. */
    public SipPeer peer(String code) {
        Session session = sessions.find(code);
        return session == null ? null : session.peer();
    }

    public int devicesOnline() {
        return sessions.size();
    }

    public int streamsOpen() {
        return quota.open();
    }

    /**
     * Asks a device for its catalogue; what it answers goes to the {@link ChannelSink}.
     *
     * @return whether it was asked: it is registered, and no catalogue of it is on its way
     */
    public boolean askCatalogue(String code) {
        Session session = sessions.find(code);
        if (session == null || !session.catalogueAsked().compareAndSet(false, true)) {
            return false;
        }
        var _ = ask(session, code, sn -> Body.query("Catalog", sn, code)).thenAccept(answer -> {
            session.catalogueAsked().set(false);
            if (answer.whole() || !answer.items().isEmpty()) {
                sink.catalogue(
                        session.known(),
                        answer.items().stream().map(Channel.class::cast).toList(),
                        answer.whole());
            }
        });
        return true;
    }

    /** The presets of a channel; fails with {@link SipRefused} when the device is not registered or refuses. */
    public CompletionStage<List<Message.Preset>> presets(String device, String channel) {
        return withSession(device, session -> ask(session, channel, sn -> Body.query("PresetQuery", sn, channel)))
                .thenApply(answer ->
                        answer.items().stream().map(Message.Preset.class::cast).toList());
    }

    /** How a device is; empty when it does not answer. */
    public CompletionStage<List<Message.DeviceStatus>> status(String device) {
        return withSession(device, session -> ask(session, device, sn -> Body.query("DeviceStatus", sn, device)))
                .thenApply(answer -> answer.items().stream()
                        .map(Message.DeviceStatus.class::cast)
                        .toList());
    }

    /**
     * The recordings that a device has of a channel, asked for day by day: many answer nothing for more.
     *
     * @param to at most {@link #MAX_DAYS} after {@code from}
     */
    public CompletionStage<List<Message.Recorded>> recordings(String device, String channel, Instant from, Instant to) {
        if (!from.isBefore(to) || Duration.between(from, to).toDays() > MAX_DAYS) {
            throw new IllegalArgumentException("to must be after from by at most " + MAX_DAYS + " days");
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
                    answer.items().stream()
                            .map(Message.Recorded.class::cast)
                            .filter(item -> !all.contains(item))
                            .forEach(all::add);
                    return end.isBefore(to)
                            ? recordings(device, channel, end, to, all)
                            : CompletableFuture.completedFuture(List.copyOf(all));
                });
    }

    /** Tells a channel to do something. @return completes when the device has taken it; fails with {@link SipRefused} */
    public CompletionStage<Void> control(String device, String channel, Control control) {
        return withSession(
                        device,
                        session -> port.message(
                                        session.peer(), channel, Body.TYPE, control.body(questions.next(), channel))
                                .toCompletableFuture())
                .thenCompose(status -> status < 300
                        ? CompletableFuture.<Void>completedFuture(null)
                        : CompletableFuture.failedFuture(new SipRefused(status, "the device refuses")));
    }

    /** Live pictures of a channel; asks nothing before it begins. */
    public Upstream live(String device, String channel, RtpTransport transport) {
        return new LiveCall(settings, port, receivers, sessions, quota, ssrcs, device, channel, transport);
    }

    private interface Question {
        Body with(int sn);
    }

    private CompletableFuture<Gathering.Gathered> ask(Session session, String target, Question question) {
        int sn = questions.next();
        CompletableFuture<Gathering.Gathered> answer = questions.ask(session.code(), sn, settings.maxItems());
        var _ = port.message(
                        session.peer(), target, Body.TYPE, question.with(sn).bytes())
                .thenAccept(status -> {
                    if (status >= 300) {
                        questions.forget(session.code(), sn);
                    }
                });
        return answer.whenComplete((_, _) -> questions.forget(session.code(), sn));
    }

    private <T> CompletableFuture<T> withSession(
            String device, java.util.function.Function<Session, CompletableFuture<T>> work) {
        Session session = sessions.find(device);
        return session == null
                ? CompletableFuture.failedFuture(new SipRefused(480, "device " + device + " is not registered"))
                : work.apply(session);
    }

    private void came(Session session) {
        String code = session.code();
        askCatalogue(code);
        var _ = ask(session, code, sn -> Body.query("DeviceInfo", sn, code));
        ticks.execute(() -> subscriptions.begin(session));
    }

    private void confirm(Session session, Message.Alarm alarm) {
        byte[] body = Body.response("Alarm", alarm.sn(), alarm.about())
                .element("Result", "OK")
                .bytes();
        var _ = port.message(session.peer(), session.code(), Body.TYPE, body);
    }

    private void tick() {
        try {
            sessions.sweep();
            long now = System.nanoTime();
            questions.sweep(now);
            sessions.all().forEach(session -> subscriptions.refresh(session, now));
        } catch (RuntimeException e) {
            LOG.error("gb28181: what is due each second was not done", e);
        }
    }
}
