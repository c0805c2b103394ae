package org.farwatch.ingest.media.rtsp;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.farwatch.ingest.media.MediaFormat;
import org.farwatch.ingest.media.MediaUnit;
import org.farwatch.ingest.media.Packets;
import org.farwatch.ingest.media.pull.Connection;
import org.farwatch.ingest.media.pull.PullFailure;
import org.farwatch.ingest.media.pull.PullSource;
import org.farwatch.ingest.media.push.PushedConnection;
import org.farwatch.ingest.media.rtp.RtpCounters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection to a camera: ours, or where it sends what we do not read, libavformat's. */
final class RtspConnection implements Connection {
    private static final Logger LOG = LoggerFactory.getLogger(RtspConnection.class);

    private final PullSource source;
    private final RtspCall call;
    private final Runnable leave;
    /** Changed while it is opened only; guarded by this object. */
    private Connection serving;

    private boolean interrupted;

    /** @param leave told when a camera that is not for us refused libavformat as well, which came right behind us */
    RtspConnection(PullSource source, RtpCounters counters, Runnable leave) {
        this.source = source;
        this.leave = leave;
        boolean datagrams = source.transport() == PullSource.Transport.UDP;
        call = new RtspCall(RtspAddress.of(source.url()), datagrams, counters);
        serving = new PushedConnection(call);
    }

    @Override
    public void open(Duration limit) throws PullFailure {
        long began = System.nanoTime();
        try {
            serving().open(limit);
        } catch (PullFailure failure) {
            if (!call.unfit()) {
                throw failure;
            }
            LOG.debug("{} is fetched by libavformat: {}", source, failure.getMessage());
            serving().close();
            reopen(limit.minusNanos(System.nanoTime() - began));
        }
    }

    /**
     * A server that shares one picture among those who watch it (GStreamer's answers 503) may refuse who comes while the
     * last one leaves. Tried in the same order again it would refuse for ever.
     */
    private void reopen(Duration limit) throws PullFailure {
        try {
            instead(source.connect()).open(limit);
        } catch (PullFailure failure) {
            leave.run();
            throw failure;
        }
    }

    private synchronized Connection serving() {
        return serving;
    }

    private synchronized Connection instead(Connection other) {
        serving = other;
        if (interrupted) {
            other.interrupt();
        }
        return other;
    }

    @Override
    public MediaUnit read(Duration limit) throws PullFailure {
        return serving().read(limit);
    }

    @Override
    public MediaFormat format() {
        return serving().format();
    }

    @Override
    public String leftOutSound() {
        return serving().leftOutSound();
    }

    @Override
    public OptionalLong clockOffset() {
        OptionalLong own = call.clockOffset();
        return own.isPresent() ? own : serving().clockOffset();
    }

    @Override
    public Optional<Packets> packets() {
        return serving().packets();
    }

    @Override
    public synchronized void interrupt() {
        interrupted = true;
        serving.interrupt();
    }

    @Override
    public void close() {
        serving().close();
    }
}
