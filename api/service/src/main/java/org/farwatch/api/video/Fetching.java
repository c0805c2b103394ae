package org.farwatch.api.video;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.farwatch.api.video.StreamSession.State;
import org.farwatch.ingest.media.MediaSink;
import org.farwatch.ingest.media.OfflineCause;
import org.farwatch.ingest.media.Packets;
import org.farwatch.ingest.media.StreamState;
import org.farwatch.ingest.media.pull.PullSettings;
import org.farwatch.ingest.media.pull.Puller;
import org.farwatch.ingest.media.pull.StreamSource;

/**
 * The connection to one address while somebody needs it: begun with the first who does, let go of some time after the
 * last. Guarded by the lock of its stream; frames go past it on the connection's own thread.
 */
final class Fetching implements AutoCloseable {
    private final String name;
    private final StreamSource source;
    private final MediaSink sink;
    private final Owner owner;
    private final Object demand;
    /** So long it is kept after it was last needed: one who changes pictures does not wait again. */
    private final Duration linger;

    private final Clock clock;
    private boolean closed;
    private Instant neededAt;
    /** Ends a connection that nobody needs any more; null while there is none to end. */
    private Thread lettingGo;

    /** Null while nothing is fetched. */
    private volatile Puller puller;

    private volatile State state;

    /** Whose address it is. */
    interface Owner {
        /** Under the stream's lock. */
        boolean needed();

        /** Of each change of state; on the connection's thread. */
        void told(State state);

        /** The source is free again; on a thread of its own, without the lock. */
        void released();
    }

    /**
     * @param name for the thread and the log
     * @param demand lock of the stream
     * @param first state until it is fetched
     */
    Fetching(
            String name,
            StreamSource source,
            MediaSink sink,
            Owner owner,
            Object demand,
            Duration linger,
            Clock clock,
            State first) {
        this.name = name;
        this.source = source;
        this.sink = sink;
        this.owner = owner;
        this.demand = demand;
        this.linger = linger;
        this.clock = clock;
        this.state = first;
    }

    State state() {
        State now = state;
        Puller fetching = puller;
        return now.state() == StreamState.LIVE && fetching != null && fetching.state() == StreamState.STALLED
                ? new State(StreamState.STALLED, null, null, fetching.lastFrame())
                : now;
    }

    /** What a viewer who has just come has to know: what is still to begin is on its way for him. */
    State awaited() {
        synchronized (demand) {
            return lettingGo == null && puller != null || closed ? state() : connecting();
        }
    }

    /** Whether the source is left alone. */
    boolean idle() {
        return puller == null;
    }

    /** The codec of a sound that is not taken; null when there is none. */
    String leftOutSound() {
        Puller fetching = puller;
        return fetching == null ? null : fetching.leftOutSound();
    }

    /** Milliseconds that the camera's clock is ahead of ours, negative when behind; empty while that is not known. */
    OptionalLong clockOffset() {
        Puller fetching = puller;
        return fetching == null ? OptionalLong.empty() : fetching.clockOffset();
    }

    /** What came and what was lost since it was connected; empty while it is not, and where nobody counts it. */
    Optional<Packets> packets() {
        Puller fetching = puller;
        return fetching == null ? Optional.empty() : fetching.packets();
    }

    /** Begins what is needed, and ends what has not been needed for a while. */
    void meetDemand() {
        synchronized (demand) {
            Instant now = clock.instant();
            if (owner.needed()) {
                neededAt = now;
                if (puller == null && lettingGo == null && !closed) {
                    state = connecting();
                    puller = new Puller(name, source, PullSettings.standard(), sink, this::changed);
                }
            } else if (puller != null && !neededAt.plus(linger).isAfter(now)) {
                drop();
            }
        }
    }

    /** Ends it at once, whoever needs it; who still does is served again afterwards. */
    void drop() {
        synchronized (demand) {
            if (puller != null && lettingGo == null) {
                Puller gone = puller;
                lettingGo = Thread.ofVirtual().name("let-go-" + name).start(() -> letGo(gone));
            }
        }
    }

    /** Waits until the last frame has gone past. */
    @Override
    public void close() {
        Puller gone;
        Thread ending;
        synchronized (demand) {
            closed = true;
            gone = puller;
            ending = lettingGo;
        }
        if (gone != null) {
            gone.close();
        }
        if (ending != null) {
            join(ending);
        }
    }

    private void letGo(Puller gone) {
        gone.close();
        synchronized (demand) {
            puller = null;
            lettingGo = null;
            state = new State(StreamState.IDLE, null, null, clock.instant());
        }
        owner.released();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** On the connection's thread. */
    private void changed(StreamState next, OfflineCause cause, String detail) {
        Instant now = clock.instant();
        if (next == StreamState.OFFLINE && cause == OfflineCause.STOPPED && letsGo(now)) {
            return;
        }
        boolean connecting = next == StreamState.CONNECTING && state.state() == StreamState.OFFLINE;
        if (connecting) {
            // It stays offline in the eyes of everybody until a frame comes; what it waits for is the last failure.
            return;
        }
        Instant since = next == state.state() && cause == state.cause() ? state.since() : now;
        state = new State(next, cause, detail, since);
        owner.told(state);
    }

    /**
     * Whether it stopped only because nobody needed it. That is no failure, and whoever came meanwhile is told that it is
     * fetched again and not that it is over.
     */
    private boolean letsGo(Instant now) {
        synchronized (demand) {
            if (lettingGo == null || closed) {
                return false;
            }
            state = new State(owner.needed() ? StreamState.CONNECTING : StreamState.IDLE, null, null, now);
        }
        owner.told(connecting());
        return true;
    }

    private State connecting() {
        return new State(StreamState.CONNECTING, null, null, clock.instant());
    }
}
