package org.farwatch.ingest.gb28181;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.farwatch.ingest.media.OfflineCause;
import org.farwatch.ingest.media.Priority;
import org.farwatch.ingest.media.pull.PullFailure;
import org.farwatch.ingest.media.push.Feed;
import org.farwatch.ingest.media.push.PlayOrder;
import org.farwatch.ingest.media.push.Player;
import org.farwatch.ingest.media.rtp.RtpSession;
import org.farwatch.ingest.media.rtp.RtpTransport;
import org.farwatch.ingest.sip.SipCall;
import org.farwatch.ingest.sip.SipRefused;

/**
 * A stretch of what a device recorded of one channel: played (9.8) or downloaded (9.9), one call, one port. Begun and
 * ended on the thread that reads it; orders by any.
 */
final class PlaybackCall implements Player {
    private final Calls means;
    private final Playbacks open;
    private final RecordedStretch stretch;
    private final RtpTransport transport;
    private final AtomicInteger sequence = new AtomicInteger(1);
    private StreamQuota.Place place;
    private String ssrc;
    private RtpSession receiver;
    private volatile SipCall call;
    private volatile Feed feed;
    private volatile double times = 1;

    PlaybackCall(Calls means, Playbacks open, RecordedStretch stretch, RtpTransport transport) {
        this.means = means;
        this.open = open;
        this.stretch = stretch;
        this.transport = transport;
    }

    RecordedStretch stretch() {
        return stretch;
    }

    @Override
    public void begin(Feed to, Duration limit) throws PullFailure, InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        feed = to;
        String device = stretch.device();
        Session session = means.sessions().find(device);
        if (session == null) {
            throw new PullFailure(OfflineCause.UNREACHABLE, "device " + device + " is not registered");
        }
        place = means.quota().take(device, () -> Priority.OPERATOR, () -> {}, limit);
        if (place == null) {
            throw new PullFailure(
                    OfflineCause.UNREACHABLE,
                    "device " + device + " sends as many streams as farwatch.gb28181.streams-per-device allows");
        }
        try {
            // The first digit says that it is no live stream (annex F).
            ssrc = "1" + means.ssrcs().take().substring(1);
            receiver = means.receivers().open(transport, Long.parseLong(ssrc), to);
            receiver.takesFrom(means.senders(session, ""));
        } catch (IOException | IllegalStateException e) {
            throw new PullFailure(OfflineCause.UNREACHABLE, e.getMessage());
        }
        Sdp.Answered answered = Sdp.read(invite(session, end - System.nanoTime()));
        if (answered.proprietary() != null) {
            throw new PullFailure(
                    OfflineCause.NOT_VIDEO,
                    "sends a form of its own (" + answered.proprietary() + "), not the standard's");
        }
        receiver.takesFrom(means.senders(session, answered.host()));
        receiver.expect(answered.answer());
        if (transport == RtpTransport.TCP_ACTIVE) {
            if (answered.port() == 0) {
                throw new PullFailure(OfflineCause.UNREACHABLE, "the answer names no port to connect to");
            }
            // A device could name any host: one that is not its own must be known.
            boolean known = means.settings().mediaHosts().contains(answered.host());
            receiver.connectTo(new InetSocketAddress(
                    known ? answered.host() : session.peer().host(), answered.port()));
        }
    }

    private byte[] invite(Session session, long nanos) throws PullFailure, InterruptedException {
        Gb28181Settings settings = means.settings();
        String us = settings.sip().user();
        byte[] offer =
                stretch.offer(Sdp.live(us, settings.sip().advertised(), receiver.port(), false, transport, ssrc));
        open.begun(this);
        try {
            call = means.port()
                    .invite(
                            session.peer(),
                            stretch.channel(),
                            stretch.channel() + ":" + ssrc + "," + us + ":0",
                            offer,
                            () -> open.ended(this));
            return call.answer().get(Math.min(nanos, settings.inviteTimeout().toNanos()), TimeUnit.NANOSECONDS);
        } catch (SipRefused e) {
            throw LiveCall.refused(e);
        } catch (TimeoutException _) {
            throw new PullFailure(OfflineCause.TIMEOUT, "the device does not answer the call");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SipRefused refused) {
                throw LiveCall.refused(refused);
            }
            throw new IllegalStateException(e);
        }
    }

    @Override
    public CompletionStage<Void> order(PlayOrder order) {
        SipCall now = call;
        if (now == null) {
            return CompletableFuture.failedFuture(
                    new PullFailure(OfflineCause.UNREACHABLE, "the device has not agreed to play yet"));
        }
        String text = switch (order) {
            case PlayOrder.Pause _ -> text("PAUSE", "PauseTime: now");
            case PlayOrder.Resume _ -> text("PLAY", scale(times), "Range: npt=now-");
            case PlayOrder.Speed(double wanted) -> text("PLAY", scale(wanted));
            case PlayOrder.Seek(long at) ->
                text("PLAY", "Range: npt=" + Math.max(0, (at - stretch.from()) / 1_000) + "-");
        };
        return now.info("Application/MANSRTSP", text.getBytes(StandardCharsets.US_ASCII))
                .thenCompose(status -> {
                    if (status >= 200 && status < 300) {
                        if (order instanceof PlayOrder.Speed(double wanted)) {
                            times = wanted;
                        }
                        return CompletableFuture.<Void>completedFuture(null);
                    }
                    return CompletableFuture.failedFuture(new PullFailure(
                            OfflineCause.UNREACHABLE, "the device does not take the order: SIP status " + status));
                });
    }

    /** Annex B of the standard: a request of RTSP with the lines that say what is wanted. */
    private String text(String method, String... lines) {
        return method + " RTSP/1.0\r\nCSeq: " + sequence.incrementAndGet() + "\r\n" + String.join("\r\n", lines)
                + "\r\n\r\n";
    }

    /** As devices read it: six digits behind the point. */
    static String scale(double times) {
        return "Scale: " + String.format(java.util.Locale.ROOT, "%.6f", times);
    }

    /** The device said that there is no more, or hung up. */
    void over() {
        Feed to = feed;
        if (to != null) {
            to.failed(OfflineCause.ENDED, "the device ended the playback");
        }
    }

    @Override
    public void end() {
        open.left(this);
        if (call != null) {
            call.hangUp();
        }
        if (receiver != null) {
            receiver.close();
        }
        if (ssrc != null) {
            means.ssrcs().give(ssrc);
        }
        if (place != null) {
            place.give();
        }
    }
}
