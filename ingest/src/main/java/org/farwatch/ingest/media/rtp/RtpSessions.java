package org.farwatch.ingest.media.rtp;

import java.io.IOException;
import java.time.Clock;
import org.farwatch.ingest.media.push.Feed;

/**
 * Owns the event loops and the ports on which devices push RTP. Safe for use by many threads.
 */
public final class RtpSessions implements AutoCloseable {
    /** In place of an SSRC: any is expected. */
    public static final long ANY_SSRC = -1;

    private final RtpCounters totals = new RtpCounters();

    public RtpSessions(RtpSettings settings, Clock clock) {}

    /**
     * Takes a port of its own and, but for {@link RtpTransport#TCP_ACTIVE}, begins to listen on it. Waits for the system
     * to bind, which is quick; may be called by any thread but those of a {@link Feed}.
     *
     * @param expectedSsrc the source that was asked for, 0 to 2^32 - 1, or {@link #ANY_SSRC}; speech goes out under it
     * @param feed called by this session's event loop only, until {@link RtpSession#close}
     * @throws IOException when no port is free, naming the range
     */
    public RtpSession open(RtpTransport transport, long expectedSsrc, Feed feed) throws IOException {
        throw new IOException("no port");
    }

    /** Sums over all sessions, also closed ones. */
    public RtpCounters totals() {
        return totals;
    }

    /** Sessions that are open now. */
    public int openSessions() {
        return 0;
    }

    /** Closes all sessions and ends the threads. */
    @Override
    public void close() {}
}
