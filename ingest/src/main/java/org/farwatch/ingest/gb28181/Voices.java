package org.farwatch.ingest.gb28181;

import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.farwatch.ingest.FaultKind;
import org.farwatch.ingest.media.rtp.RtpSessions;
import org.farwatch.ingest.media.rtp.RtpTransport;
import org.farwatch.ingest.media.voice.VoiceCall;
import org.farwatch.ingest.sip.SipPort;
import org.farwatch.ingest.sip.SipRequest;

/**
 * Loudspeakers that are spoken to: at most one call for each channel. Knows by which way each device took sound last.
 * Safe for use by many threads.
 */
final class Voices {
    private static final Pattern CODE = Pattern.compile("[0-9A-Za-z_.-]{1,40}");

    final Gb28181Settings settings;
    final SipPort port;
    final RtpSessions senders;
    final Sessions sessions;
    final Questions questions;
    final Ssrcs ssrcs;
    final BroadcastWay broadcast = new BroadcastWay(this);
    final TalkWay talk = new TalkWay(this);
    private final Complaints complaints;
    private final ScheduledExecutorService clock;
    private final Map<Key, SpokenCall> open = new ConcurrentHashMap<>();
    /** By device, those forgotten first that were not spoken to for longest. Guarded by itself. */
    private final Map<String, Way> worked = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Way> eldest) {
            return size() > settings.maxDevices();
        }
    };

    private record Key(String device, String channel) {}

    /** How a device is brought to take sound. */
    enum Way {
        /** It is told to call us (9.12). */
        BROADCAST,
        /** We call it, as many manufacturers have it. */
        TALK
    }

    Voices(
            Gb28181Settings settings,
            SipPort port,
            RtpSessions senders,
            Sessions sessions,
            Questions questions,
            Ssrcs ssrcs,
            Complaints complaints,
            ScheduledExecutorService clock) {
        this.settings = settings;
        this.port = port;
        this.senders = senders;
        this.sessions = sessions;
        this.questions = questions;
        this.ssrcs = ssrcs;
        this.complaints = complaints;
        this.clock = clock;
    }

    /** @param transport of a talk; of a broadcast the device chooses */
    VoiceCall call(String device, String channel, RtpTransport transport) {
        return new SpokenCall(this, device, channel, transport);
    }

    int size() {
        return open.size();
    }

    /** A device calls: because it was told to, or it is refused. */
    void invited(SipRequest request) {
        if (request.within()) {
            // Nothing of a call of ours can be changed; it goes on as it is.
            request.answer(488);
            return;
        }
        Optional<SpokenCall> waiting = waiting(request);
        if (waiting.isEmpty()) {
            complaints.refuse(request, 403, FaultKind.NOT_ADMITTED, "INVITE: no broadcast waits for it");
            return;
        }
        SpeechSdp.Said offer = SpeechSdp.read(request.body());
        if (offer == null) {
            complaints.refuse(request, 488, FaultKind.BAD_BODY, "INVITE: offers to take no G.711");
            waiting.get().unfit("its call offers to take no G.711");
            return;
        }
        if (!waiting.get().invited(request, offer)) {
            complaints.refuse(request, 486, FaultKind.NOT_ADMITTED, "INVITE: another one has answered the broadcast");
        }
    }

    /**
     * The call that a device answers: it comes from where the device is registered, and names it or its channel, or
     * comes from its very port. A device may name another channel of its own, such as its loudspeaker.
     */
    private Optional<SpokenCall> waiting(SipRequest request) {
        Set<String> codes = codes(request);
        return open.values().stream()
                .filter(SpokenCall::waits)
                .filter(call -> {
                    Session session = sessions.find(call.device());
                    return session != null
                            && session.peer().host().equals(request.peer().host())
                            && (codes.contains(call.device())
                                    || codes.contains(call.channel())
                                    || session.peer().equals(request.peer()));
                })
                .min(Comparator.comparing((SpokenCall call) -> !codes.contains(call.channel()))
                        .thenComparing(call -> !codes.contains(call.device()))
                        .thenComparingLong(SpokenCall::number));
    }

    /** In From, and in Subject: sender and receiver, each with the number of its stream behind a colon. */
    private static Set<String> codes(SipRequest request) {
        String subject = request.header("Subject");
        Stream<String> named = subject == null
                ? Stream.empty()
                : Stream.of(subject.split(",", -1))
                        .map(part -> CODE.matcher(part.strip()))
                        .filter(Matcher::lookingAt)
                        .map(Matcher::group);
        return Stream.concat(Stream.of(request.from()), named)
                .filter(code -> !code.isEmpty())
                .collect(Collectors.toSet());
    }

    /** Ends what is spoken to a device that is gone. */
    void sweep() {
        for (SpokenCall call : open.values()) {
            if (sessions.find(call.device()) == null) {
                call.gone();
            }
        }
    }

    void closeAll() {
        open.values().forEach(SpokenCall::close);
    }

    /** @return false when that channel is being spoken to */
    boolean begin(SpokenCall call) {
        return open.putIfAbsent(new Key(call.device(), call.channel()), call) == null;
    }

    void end(SpokenCall call) {
        open.remove(new Key(call.device(), call.channel()), call);
    }

    /** What is tried first. */
    Way first(String device) {
        synchronized (worked) {
            return worked.getOrDefault(device, Way.BROADCAST);
        }
    }

    void worked(String device, Way way) {
        synchronized (worked) {
            worked.put(device, way);
        }
    }

    /** Does something soon, on a thread that may wait for a port; nothing once the server is closed. */
    void soon(Runnable work) {
        try {
            clock.execute(work);
        } catch (RejectedExecutionException _) {
            // All calls are being closed.
        }
    }

    Future<?> later(Duration delay, Runnable work) {
        try {
            return clock.schedule(work, delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException _) {
            return CompletableFuture.completedFuture(null);
        }
    }
}
