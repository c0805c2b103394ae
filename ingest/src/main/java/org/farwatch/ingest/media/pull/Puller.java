package org.farwatch.ingest.media.pull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.farwatch.ingest.media.MediaFormat;
import org.farwatch.ingest.media.MediaSink;
import org.farwatch.ingest.media.MediaUnit;
import org.farwatch.ingest.media.OfflineCause;
import org.farwatch.ingest.media.Packets;
import org.farwatch.ingest.media.StreamState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches one stream for as long as it is open, on a platform thread of its own, because libavformat waits inside native
 * code and sound is encoded there: one dead camera stops no other. Tries again after each failure, with growing pauses.
 * Files are read in real time, so that to everybody behind they are cameras.
 */
public final class Puller implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Puller.class);
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);
    private static final Passing SYSTEM = new Passing() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        // Who asks for it asks again.
        @Override
        @SuppressWarnings("WaitNotInLoop")
        public long await(Condition condition, long nanos) throws InterruptedException {
            return condition.awaitNanos(nanos);
        }
    };

    private final StreamSource source;
    private final PullSettings settings;
    private final MediaSink sink;
    private final Listener listener;
    private final Passing time;
    private final Backoff backoff;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closed = lock.newCondition();
    private boolean closing;
    private Connection connection;
    /** When the present connection became live; only while it is. Owned by the stream's thread. */
    private long liveSince;

    private volatile long lastUnit;
    private volatile String leftOutSound;
    private volatile OptionalLong clockOffset = OptionalLong.empty();
    private volatile StreamState state = StreamState.CONNECTING;

    /** How time goes by: that of the machine, or of a test. */
    interface Passing {
        /** As {@link System#nanoTime}. */
        long nanos();

        /** Waits at most so long for a condition whose lock is held. @return what is left of it, nanoseconds */
        long await(Condition condition, long nanos) throws InterruptedException;
    }

    /** Told of each change, on the stream's thread. */
    @FunctionalInterface
    public interface Listener {
        /**
         * @param cause why it is offline, otherwise null
         * @param detail in the words of who noticed it, or null
         */
        void changed(StreamState state, OfflineCause cause, String detail);
    }

    /** @param name of the stream, for the thread and the log */
    public Puller(String name, StreamSource source, PullSettings settings, MediaSink sink, Listener listener) {
        this(name, source, settings, sink, listener, SYSTEM);
    }

    Puller(String name, StreamSource source, PullSettings settings, MediaSink sink, Listener listener, Passing time) {
        this.time = time;
        this.source = source;
        this.settings = settings;
        this.sink = sink;
        this.listener = listener;
        this.backoff = new Backoff(settings);
        this.thread = Thread.ofPlatform().name("pull-" + name).daemon().unstarted(this::run);
        // Not before the field is set: a source that refuses at once is named in the log by it.
        thread.start();
    }

    /** Stalled is said here, because the stream's own thread waits inside native code meanwhile. */
    public StreamState state() {
        boolean quiet = state == StreamState.LIVE
                && time.nanos() - lastUnit > settings.quiet().toNanos();
        return quiet ? StreamState.STALLED : state;
    }

    /** The codec of a sound that the source sends and that is not taken; null when there is none. */
    public String leftOutSound() {
        return leftOutSound;
    }

    /** Milliseconds that the source's clock is ahead of ours, negative when behind; empty while that is not known. */
    public OptionalLong clockOffset() {
        return clockOffset;
    }

    /** When the last picture came, now when none did. */
    public Instant lastFrame() {
        long quiet = lastUnit == 0 ? 0 : time.nanos() - lastUnit;
        return Instant.now().minusNanos(quiet);
    }

    /** What came and what was lost since it was connected; empty while it is not, and where nobody counts it. */
    public Optional<Packets> packets() {
        lock.lock();
        try {
            return connection == null ? Optional.empty() : connection.packets();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the stream and waits until its thread is done with its sink, at most 5 s. */
    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            closed.signalAll();
            if (connection != null) {
                connection.interrupt();
            }
        } finally {
            lock.unlock();
        }
        try {
            if (!Thread.currentThread().equals(thread) && !thread.join(CLOSE_WAIT)) {
                LOG.warn("{}: {} was not let go of in time", thread.getName(), source);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (true) {
            change(StreamState.CONNECTING, null, null);
            PullFailure failure = attempt();
            Duration live = wasLive();
            boolean over = failure.offlineCause() == OfflineCause.STOPPED
                    || failure.offlineCause() == OfflineCause.ENDED && source.paced();
            change(StreamState.OFFLINE, failure.offlineCause(), failure.getMessage());
            if (over) {
                return;
            }
            LOG.info("{}: {} {}", thread.getName(), source, failure.getMessage());
            if (pause(backoff.after(live))) {
                change(StreamState.OFFLINE, OfflineCause.STOPPED, null);
                return;
            }
        }
    }

    /** From its first key picture to its last one: neither the wait for the first nor the silence behind the last. */
    private Duration wasLive() {
        return state == StreamState.LIVE ? Duration.ofNanos(lastUnit - liveSince) : Duration.ZERO;
    }

    /** One connection, from its beginning to its end. @return why it ended */
    private PullFailure attempt() {
        try (Connection opened = begin()) {
            opened.open(settings.connect());
            return follow(opened);
        } catch (PullFailure e) {
            return e;
        } catch (RuntimeException e) {
            // The stream is fetched anew; its thread must not die and leave it live for ever.
            LOG.error("{}: {} cannot be read on", thread.getName(), source, e);
            return new PullFailure(OfflineCause.BROKEN, "cannot be read: " + e);
        } finally {
            forget();
        }
    }

    private PullFailure follow(Connection opened) {
        leftOutSound = opened.leftOutSound();
        if (leftOutSound != null) {
            LOG.info("{}: sound in {} is left out, it is not taken", thread.getName(), leftOutSound);
        }
        MediaFormat format = null;
        long start = time.nanos();
        boolean keySeen = false;
        try {
            while (true) {
                MediaUnit unit = opened.read(format == null ? settings.connect() : settings.stall());
                if (source.paced()) {
                    start = format == null ? time.nanos() : start;
                    if (pause(Duration.ofNanos(start + unit.decodeTime() * 1_000 - time.nanos()))) {
                        return stopped();
                    }
                }
                MediaFormat now = opened.format();
                if (!now.equals(format)) {
                    format = now;
                    sink.format(format);
                }
                if (unit.isVideo()) {
                    lastUnit = time.nanos();
                    if (unit.key()) {
                        clockOffset = opened.clockOffset();
                    }
                    keySeen |= unit.key();
                    requireKey(keySeen, start);
                }
                sink.unit(unit);
            }
        } catch (PullFailure e) {
            return format != null && e.offlineCause() == OfflineCause.TIMEOUT
                    ? new PullFailure(
                            OfflineCause.STALLED,
                            "has sent no picture for " + settings.stall().toSeconds() + " s")
                    : e;
        } finally {
            if (format != null) {
                sink.end();
            }
        }
    }

    /** Nothing can be shown or recorded before the first key picture, so the stream is not live before it. */
    private void requireKey(boolean seen, long start) throws PullFailure {
        if (seen) {
            if (state != StreamState.LIVE) {
                liveSince = lastUnit;
                change(StreamState.LIVE, null, null);
            }
        } else if (time.nanos() - start > settings.key().toNanos()) {
            throw new PullFailure(
                    OfflineCause.NO_KEY_PICTURE,
                    "has sent no key picture for " + settings.key().toSeconds() + " s");
        }
    }

    private Connection begin() throws PullFailure {
        lock.lock();
        try {
            if (closing) {
                throw stopped();
            }
            connection = source.connect();
            return connection;
        } finally {
            lock.unlock();
        }
    }

    private void forget() {
        clockOffset = OptionalLong.empty();
        lock.lock();
        try {
            connection = null;
        } finally {
            lock.unlock();
        }
    }

    /** @return whether the stream was closed meanwhile */
    private boolean pause(Duration duration) {
        lock.lock();
        try {
            long left = duration.toNanos();
            while (!closing && left > 0) {
                left = time.await(closed, left);
            }
            return closing;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private static PullFailure stopped() {
        return new PullFailure(OfflineCause.STOPPED, "is not fetched any more");
    }

    private void change(StreamState next, OfflineCause cause, String detail) {
        state = next;
        listener.changed(next, cause, detail);
    }
}
