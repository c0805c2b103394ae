package org.farwatch.ingest.gb28181;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.farwatch.ingest.media.OfflineCause;
import org.farwatch.ingest.media.Packets;
import org.farwatch.ingest.media.Priority;
import org.farwatch.ingest.media.pull.PullFailure;
import org.farwatch.ingest.media.push.Feed;
import org.farwatch.ingest.media.push.Upstream;
import org.farwatch.ingest.media.rtp.RtpSession;
import org.farwatch.ingest.media.rtp.RtpTransport;
import org.farwatch.ingest.sip.SipCall;
import org.farwatch.ingest.sip.SipRefused;

/** Live pictures of one channel (9.2): one call, one port. Owned by the stream's thread. */
final class LiveCall implements Upstream {
    private static final String LET_GO =
            "the device sends as many streams as it may, and one that is wanted more urgently took the place";

    private final Calls shared;
    private final String device;
    private final String channel;
    private final boolean sub;
    private final RtpTransport transport;
    private final Supplier<Priority> wanted;
    private StreamQuota.Place place;
    private String ssrc;
    private volatile RtpSession receiver;
    private SipCall call;

    /** @param wanted for what it is wanted, at any time until it ends */
    LiveCall(
            Calls shared,
            String device,
            String channel,
            boolean sub,
            RtpTransport transport,
            Supplier<Priority> wanted) {
        this.shared = shared;
        this.device = device;
        this.channel = channel;
        this.sub = sub;
        this.transport = transport;
        this.wanted = wanted;
    }

    @Override
    public void begin(Feed feed, Duration limit) throws PullFailure, InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        Session session = shared.sessions().find(device);
        if (session == null) {
            throw new PullFailure(OfflineCause.UNREACHABLE, "device " + device + " is not registered");
        }
        place = shared.quota().take(device, wanted, () -> feed.failed(OfflineCause.PREEMPTED, LET_GO), limit);
        if (place == null) {
            throw new PullFailure(
                    OfflineCause.UNREACHABLE,
                    "device " + device + " sends as many streams as farwatch.gb28181.streams-per-device allows");
        }
        try {
            ssrc = shared.ssrcs().take();
            receiver = shared.receivers().open(transport, Long.parseLong(ssrc), feed);
            receiver.takesFrom(shared.senders(session, ""));
        } catch (IOException | IllegalStateException e) {
            throw new PullFailure(OfflineCause.UNREACHABLE, e.getMessage());
        }
        Sdp.Answered answered = Sdp.read(invite(session, feed, end - System.nanoTime()));
        if (answered.proprietary() != null) {
            throw new PullFailure(
                    OfflineCause.NOT_VIDEO,
                    "sends a form of its own (" + answered.proprietary() + "), not the standard's");
        }
        receiver.takesFrom(shared.senders(session, answered.host()));
        receiver.expect(answered.answer());
        if (transport == RtpTransport.TCP_ACTIVE) {
            if (answered.port() == 0) {
                throw new PullFailure(OfflineCause.UNREACHABLE, "the answer names no port to connect to");
            }
            receiver.connectTo(new InetSocketAddress(mediaHost(session, answered), answered.port()));
        }
    }

    /** A device could name any host: one that is not its own must be known. */
    private String mediaHost(Session session, Sdp.Answered answered) {
        return shared.settings().mediaHosts().contains(answered.host())
                ? answered.host()
                : session.peer().host();
    }

    private byte[] invite(Session session, Feed feed, long nanos) throws PullFailure, InterruptedException {
        Gb28181Settings settings = shared.settings();
        String us = settings.sip().user();
        byte[] offer = Sdp.live(us, settings.sip().advertised(), receiver.port(), sub, transport, ssrc);
        try {
            call = shared.port()
                    .invite(
                            session.peer(),
                            channel,
                            channel + ":" + ssrc + "," + us + ":0",
                            offer,
                            () -> feed.failed(OfflineCause.ENDED, "the device ended the stream"));
            return call.answer().get(Math.min(nanos, settings.inviteTimeout().toNanos()), TimeUnit.NANOSECONDS);
        } catch (SipRefused e) {
            throw refused(e);
        } catch (TimeoutException _) {
            throw new PullFailure(OfflineCause.TIMEOUT, "the device does not answer the call");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SipRefused refused) {
                throw refused(refused);
            }
            throw new IllegalStateException(e);
        }
    }

    static PullFailure refused(SipRefused refused) {
        return new PullFailure(cause(refused), "the device refuses the call: " + refused.getMessage());
    }

    /** What the status of a refusal says. */
    static OfflineCause cause(SipRefused refused) {
        return switch (refused.status()) {
            case 401, 403, 407 -> OfflineCause.UNAUTHORISED;
            case 404, 410, 604 -> OfflineCause.NOT_FOUND;
            case SipRefused.NO_ANSWER, 504 -> OfflineCause.TIMEOUT;
            case 415, 488, 606 -> OfflineCause.UNSUPPORTED_CODEC;
            default -> OfflineCause.UNREACHABLE;
        };
    }

    @Override
    public Optional<Packets> packets() {
        RtpSession open = receiver;
        return open == null ? Optional.empty() : Optional.of(open.counters().packets());
    }

    @Override
    public void end() {
        if (call != null) {
            call.hangUp();
        }
        if (receiver != null) {
            receiver.close();
        }
        if (ssrc != null) {
            shared.ssrcs().give(ssrc);
        }
        if (place != null) {
            place.give();
        }
    }
}
