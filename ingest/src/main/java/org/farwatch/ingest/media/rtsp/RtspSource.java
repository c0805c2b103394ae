package org.farwatch.ingest.media.rtsp;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.farwatch.ingest.media.pull.Connection;
import org.farwatch.ingest.media.pull.PullSource;
import org.farwatch.ingest.media.pull.StreamSource;
import org.farwatch.ingest.media.rtp.RtpCounters;

/** A camera of RTSP: read by us, or where it sends what we do not read, by libavformat. */
public final class RtspSource implements StreamSource {
    private final PullSource source;
    private final RtpCounters counters;
    /** The next connection is libavformat's from its beginning. */
    private final AtomicBoolean left = new AtomicBoolean();

    private RtspSource(PullSource source, RtpCounters counters) {
        this.source = source;
        this.counters = counters;
    }

    /**
     * The way in which an address is fetched best.
     *
     * @param counters of the packets of all cameras that are read here
     */
    public static StreamSource best(PullSource source, RtpCounters counters) {
        boolean plain = source.url().toLowerCase(Locale.ROOT).startsWith("rtsp://");
        return plain ? new RtspSource(source, counters) : source;
    }

    @Override
    public Connection connect() {
        return left.getAndSet(false) ? source.connect() : new RtspConnection(source, counters, () -> left.set(true));
    }

    @Override
    public String toString() {
        return source.toString();
    }
}
