package org.farwatch.ingest.record;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forces a stream's complete files to the disk and writes their sidecars, one after the other, off the stream's thread:
 * forcing a minute of video can take a disk seconds. A file that cannot be finished stays first in the line until
 * {@link #retry} succeeds with it. Threads may share it; the files are worked on by one at a time.
 */
final class Finishing {
    /** Complete files that may wait; a recorder begins no further one before there is room. */
    static final int MOST_WAITING = 4;

    private static final Logger LOG = LoggerFactory.getLogger(Finishing.class);

    private final Executor executor;
    private final Consumer<Sidecar> done;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Work> waiting = new ArrayDeque<>();
    private boolean running;
    private boolean failed;
    private IOException failure;

    /** @param told when it is finished; null for what this recorder wrote itself */
    private record Work(Path video, Sidecar sidecar, CompletableFuture<Sidecar> told) {}

    /** Of those that wait, what the recorder wrote itself. */
    private int own;

    /** @param done told of each finished segment, in order */
    Finishing(Executor executor, Consumer<Sidecar> done) {
        this.executor = executor;
        this.done = done;
    }

    void add(Path video, Sidecar sidecar) {
        add(new Work(video, sidecar, null));
    }

    /** An uploaded file, whose content is on the disk already; keeps no file of the recorder from being begun. */
    void add(Path video, Sidecar sidecar, CompletableFuture<Sidecar> told) {
        add(new Work(video, sidecar, told));
    }

    private void add(Work work) {
        lock.lock();
        try {
            waiting.add(work);
            own += work.told() == null ? 1 : 0;
            if (running || failed) {
                return;
            }
            running = true;
        } finally {
            lock.unlock();
        }
        start();
    }

    /** Whether another file may be begun. */
    boolean ready() {
        lock.lock();
        try {
            return !failed && own < MOST_WAITING;
        } finally {
            lock.unlock();
        }
    }

    /** Segments that are complete and not finished, by sequence. */
    List<Sidecar> waiting() {
        lock.lock();
        try {
            return waiting.stream().map(Work::sidecar).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Why the first in the line cannot be finished, null when it can or nobody knows. */
    IOException failure() {
        lock.lock();
        try {
            return failure;
        } finally {
            lock.unlock();
        }
    }

    /** Tries again what failed; returns at once. */
    void retry() {
        lock.lock();
        try {
            if (!failed || running) {
                return;
            }
            failed = false;
            failure = null;
            running = true;
        } finally {
            lock.unlock();
        }
        start();
    }

    /** Waits until everything is finished or something has failed. @return whether all is finished */
    boolean await(Duration limit) {
        lock.lock();
        try {
            long left = limit.toNanos();
            while (running && left > 0) {
                left = changed.awaitNanos(left);
            }
            return waiting.isEmpty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void start() {
        try {
            executor.execute(this::work);
        } catch (RejectedExecutionException _) {
            // The house is closing; the caller does it himself rather than leave it to the next start.
            work();
        }
    }

    private void work() {
        while (true) {
            Work next = next();
            if (next == null) {
                return;
            }
            try {
                finish(next);
            } catch (IOException e) {
                LOG.warn("{} cannot be finished yet: {}", next.video(), e.toString());
                fail(e);
                return;
            } catch (RuntimeException | Error e) {
                fail(null);
                throw e;
            }
            // Whoever looks for a segment finds it here or with whom is told; for a moment with both.
            done.accept(next.sidecar());
            if (next.told() != null) {
                next.told().complete(next.sidecar());
            }
            remove();
        }
    }

    /** The first in the line; when there is none, this thread's work ends. */
    private Work next() {
        lock.lock();
        try {
            Work next = waiting.peek();
            if (next == null) {
                running = false;
                changed.signalAll();
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    private void remove() {
        lock.lock();
        try {
            own -= waiting.remove().told() == null ? 1 : 0;
        } finally {
            lock.unlock();
        }
    }

    private void fail(IOException cause) {
        lock.lock();
        try {
            failed = true;
            failure = cause;
            running = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static void finish(Work work) throws IOException {
        try (FileChannel file = FileChannel.open(work.video(), StandardOpenOption.WRITE)) {
            if (file.size() > work.sidecar().bytes()) {
                // Of a fragment that the disk took only in part.
                file.truncate(work.sidecar().bytes());
            }
            file.force(true);
        } catch (NoSuchFileException _) {
            LOG.error("{} was recorded and is gone; its sidecar stays to say so", work.video());
            Files.createDirectories(work.video().getParent());
        }
        SidecarJson.write(SegmentName.sidecarOf(work.video()), work.sidecar());
        SidecarJson.forceFolder(work.video().getParent().getParent());
    }
}
