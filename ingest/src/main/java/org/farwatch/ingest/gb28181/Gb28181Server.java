package org.farwatch.ingest.gb28181;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.farwatch.ingest.DeviceDirectory;
import org.farwatch.ingest.FaultKind;
import org.farwatch.ingest.Faults;
import org.farwatch.ingest.PositionSink;
import org.farwatch.ingest.Protocol;
import org.farwatch.ingest.RowBudget;
import org.farwatch.ingest.UndecodedSink;
import org.farwatch.ingest.media.Priority;
import org.farwatch.ingest.media.push.Player;
import org.farwatch.ingest.media.push.Upstream;
import org.farwatch.ingest.media.rtp.RtpSessions;
import org.farwatch.ingest.media.rtp.RtpTransport;
import org.farwatch.ingest.media.voice.VoiceCall;
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

    private final Faults faults;
    private final Clock clock;
    private final SipPort port;
    private final Sessions sessions;
    private final Questions questions;
    private final Registrar registrar;
    private final Inbox inbox;
    private final Subscriptions subscriptions;
    private final Enquiries enquiries;
    private final Calls calls;
    private final Voices voices;
    private final Playbacks playbacks;
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
        this.faults = faults;
        this.clock = clock;
        port = new SipPort(settings.sip(), this);
        questions = new Questions(settings.answerSilence());
        sessions = new Sessions(settings, directory, clock);
        enquiries = new Enquiries(settings, port, sessions, questions, sink, clock);
        calls = new Calls(settings, port, receivers, sessions);
        playbacks = new Playbacks(calls, ticks);
        subscriptions = new Subscriptions(port, questions, settings.positionInterval());
        Complaints complaints = new Complaints(faults);
        voices = new Voices(settings, port, receivers, sessions, questions, calls.ssrcs(), complaints, ticks);
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
                enquiries::confirm,
                playbacks::told);
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
        voices.closeAll();
        sessions.all().forEach(sessions::end);
        port.close();
    }

    @Override
    public void request(SipRequest request) {
        switch (request.method()) {
            case "REGISTER" -> registrar.register(request);
            case "MESSAGE", "NOTIFY" -> inbox.take(request);
            case "INVITE" -> voices.invited(request);
            case "OPTIONS" -> request.answer(200);
            // An INVITE is answered at once: there is never one left to take back.
            case "CANCEL" -> request.answer(481);
            default -> request.answer(405, Map.of("Allow", "REGISTER, MESSAGE, NOTIFY, OPTIONS, INVITE, ACK, BYE"));
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

    /** Milliseconds that a device's clock is ahead of ours, negative when it is behind; empty while that is not known. */
    public OptionalLong clockOffset(String code) {
        Session session = sessions.find(code);
        return session == null ? OptionalLong.empty() : session.clock().offset();
    }

    /** The same of all registered devices of which it is known, by their numbers. */
    public Map<Integer, Long> clockOffsets() {
        return sessions.all().stream()
                .filter(session -> session.clock().offset().isPresent())
                .collect(Collectors.toMap(
                        session -> session.known().no(),
                        session -> session.clock().offset().orElse(0),
                        (one, _) -> one));
    }

    public int devicesOnline() {
        return sessions.size();
    }

    /** Loudspeakers that are spoken to, or being called. */
    public int voicesOpen() {
        return voices.size();
    }

    public int streamsOpen() {
        return calls.quota().open();
    }

    /** How many streams wait until their device may send one more, by what they are wanted for. */
    public Map<Priority, Integer> streamsWaiting() {
        return calls.quota().waiting();
    }

    /** Streams that were let go for a more urgent one, since the start. */
    public long streamsPreempted() {
        return calls.quota().preempted();
    }

    /** Registered devices of which no catalogue was stored since they came. */
    public int withoutCatalogue() {
        return (int) sessions.all().stream()
                .filter(session -> session.cataloguedAt() == 0)
                .count();
    }

    /** Age of the oldest catalogue of a registered device; zero when there is none. */
    public Duration oldestCatalogue() {
        long now = clock.millis();
        return Duration.ofMillis(sessions.all().stream()
                .filter(session -> session.cataloguedAt() != 0)
                .mapToLong(session -> Math.max(0, now - session.cataloguedAt()))
                .max()
                .orElse(0));
    }

    /**
     * Asks a device for its catalogue; what it answers goes to the {@link ChannelSink}.
     *
     * @return whether it was asked: it is registered, and no catalogue of it is on its way
     */
    public boolean askCatalogue(String code) {
        return enquiries.catalogue(code);
    }

    /** The presets of a channel; fails with {@link SipRefused} when the device is not registered or refuses. */
    public CompletionStage<List<Message.Preset>> presets(String device, String channel) {
        return enquiries.presets(device, channel);
    }

    /** How a device is; empty when it does not answer. */
    public CompletionStage<List<Message.DeviceStatus>> status(String device) {
        return enquiries.status(device);
    }

    /**
     * The recordings that a device has of a channel, asked for day by day: many answer nothing for more.
     *
     * @param to at most {@link #MAX_DAYS} after {@code from}
     */
    public CompletionStage<List<Message.Recorded>> recordings(String device, String channel, Instant from, Instant to) {
        return enquiries.recordings(device, channel, from, to);
    }

    /** Tells a channel to do something. @return completes when the device has taken it; fails with {@link SipRefused} */
    public CompletionStage<Void> control(String device, String channel, Control control) {
        return enquiries.control(device, channel, control);
    }

    /** Tells a device to do something of which it says whether it did; fails with {@link SipRefused} as the others. */
    public CompletionStage<Word> order(String device, Control control) {
        return enquiries.order(device, control);
    }

    /** Live pictures of a channel that somebody watches; asks nothing before it begins. */
    public Upstream live(String device, String channel, RtpTransport transport) {
        return live(device, channel, false, transport, () -> Priority.OPERATOR);
    }

    /**
     * @param sub in its smaller quality
     * @param wanted for what they are wanted, at any time until they end; must neither wait nor throw
     */
    public Upstream live(
            String device, String channel, boolean sub, RtpTransport transport, Supplier<Priority> wanted) {
        return calls.live(device, channel, sub, transport, wanted);
    }

    /** What a device recorded of a channel, played or downloaded; asks nothing before it begins. */
    public Player recorded(RecordedStretch stretch, RtpTransport transport) {
        return playbacks.call(stretch, transport);
    }

    /**
     * The loudspeaker of a channel; asks nothing before it is opened.
     *
     * @param transport of the sound where we call; where the device does, it chooses
     */
    public VoiceCall voice(String device, String channel, RtpTransport transport) {
        return voices.call(device, channel, transport);
    }

    private void came(Session session) {
        enquiries.catalogue(session.code());
        enquiries.description(session);
        ticks.execute(() -> subscriptions.begin(session));
    }

    private void tick() {
        try {
            sessions.sweep();
            long now = System.nanoTime();
            questions.sweep(now);
            enquiries.catalogues();
            enquiries.clocks();
            voices.sweep();
            sessions.all().forEach(session -> subscriptions.refresh(session, now));
        } catch (RuntimeException e) {
            LOG.error("gb28181: what is due each second was not done", e);
        }
    }
}
