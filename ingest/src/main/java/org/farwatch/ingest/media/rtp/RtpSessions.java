package org.farwatch.ingest.media.rtp;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.farwatch.ingest.media.push.Feed;

/**
 * Owns the event loops and the ports on which devices push RTP. A port that is given back is used again as late as
 * possible, so that what its last device still sends meets nobody. Safe for use by many threads.
 */
public final class RtpSessions implements AutoCloseable {
    /** In place of an SSRC: any is expected. */
    public static final long ANY_SSRC = -1;

    private final RtpSettings settings;
    private final Clock clock;
    private final EventLoopGroup group;
    private final RtpCounters totals = new RtpCounters();
    private final Set<RtpSession> open = ConcurrentHashMap.newKeySet();
    /** Ports of no session, the one longest free first. Guarded by itself. */
    private final Deque<Integer> free = new ArrayDeque<>();

    private volatile boolean closed;

    public RtpSessions(RtpSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        group = new MultiThreadIoEventLoopGroup(
                settings.eventLoopThreads(),
                new DefaultThreadFactory("rtp", true),
                Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        int first = settings.firstPort() + (settings.firstPort() & 1);
        for (int port = first; port <= settings.lastPort(); port += 2) {
            free.add(port);
        }
    }

    /**
     * Takes a port of its own and, but for {@link RtpTransport#TCP_ACTIVE}, begins to listen on it. Waits for the system
     * to bind, which is quick; may be called by any thread but those of a {@link Feed}.
     *
     * @param expectedSsrc the source that was asked for, 0 to 2^32 - 1, or {@link #ANY_SSRC}; speech goes out under it
     * @param feed called by this session's event loop only, until {@link RtpSession#close}
     * @throws IOException when no port is free, naming the range
     */
    public RtpSession open(RtpTransport transport, long expectedSsrc, Feed feed) throws IOException {
        if (expectedSsrc != ANY_SSRC && (expectedSsrc < 0 || expectedSsrc > 0xffff_ffffL)) {
            throw new IllegalArgumentException("SSRC must be 0 to 4294967295, was " + expectedSsrc);
        }
        for (int tries = 0; tries < settings.maxSessions() && !closed; tries++) {
            Integer port;
            synchronized (free) {
                port = free.poll();
            }
            if (port == null) {
                break;
            }
            RtpSession session =
                    new RtpSession(this, group.next(), settings.host(), port, transport, expectedSsrc, feed);
            if (session.bind()) {
                open.add(session);
                if (closed) {
                    session.close();
                }
                return session;
            }
            // Another program has it.
            free(port);
        }
        throw new IOException("RTP: no port is free from %d to %d on %s, %d sessions are open"
                .formatted(settings.firstPort(), settings.lastPort(), settings.host(), open.size()));
    }

    /** Sums over all sessions, also closed ones. */
    public RtpCounters totals() {
        return totals;
    }

    /** Sessions that are open now. */
    public int openSessions() {
        return open.size();
    }

    /** Closes all sessions and ends the threads. */
    @Override
    public void close() {
        closed = true;
        List.copyOf(open).forEach(RtpSession::close);
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    Clock clock() {
        return clock;
    }

    /** Its port has been closed. */
    void ended(RtpSession session) {
        if (open.remove(session)) {
            free(session.port());
        }
    }

    private void free(int port) {
        synchronized (free) {
            free.addLast(port);
        }
    }
}
