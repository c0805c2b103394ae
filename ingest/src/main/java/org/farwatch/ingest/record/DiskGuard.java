package org.farwatch.ingest.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Keeps recorders from filling a disk. It is full when less than the low mark is free and no longer full when the high
 * mark is free, so that it does not waver. The disk is asked once a second at most. Threads may share it.
 */
public final class DiskGuard {
    static final Duration ASK_EVERY = Duration.ofSeconds(1);

    private final long low;
    private final long high;
    private final FreeSpace space;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile long nextAsk;
    private volatile boolean full;
    private volatile long free = -1;

    /** Tells how much can still be written. */
    @FunctionalInterface
    public interface FreeSpace {
        /** @return bytes */
        long usable() throws IOException;
    }

    /**
     * @param root of the recordings; need not exist yet
     * @param low bytes that must stay free
     * @param high bytes from which recording goes on; at least {@code low}
     */
    public DiskGuard(Path root, long low, long high) {
        this(low, high, () -> usable(root), System::nanoTime);
    }

    /** @param nanos a clock in nanoseconds that only runs forward */
    public DiskGuard(long low, long high, FreeSpace space, LongSupplier nanos) {
        if (low < 0 || high < low) {
            throw new IllegalArgumentException("marks must be 0 <= low <= high, were " + low + " and " + high);
        }
        this.low = low;
        this.high = high;
        this.space = space;
        this.nanos = nanos;
        this.nextAsk = nanos.getAsLong();
    }

    /** Whether nothing more may be written. One thread asks the disk, the others go on with what is known. */
    public boolean full() {
        long now = nanos.getAsLong();
        if (now - nextAsk >= 0 && lock.tryLock()) {
            try {
                if (now - nextAsk >= 0) {
                    nextAsk = now + ASK_EVERY.toNanos();
                    ask();
                }
            } finally {
                lock.unlock();
            }
        }
        return full;
    }

    /** Bytes free when the disk was last asked, -1 when it never answered. */
    public long free() {
        return free;
    }

    private void ask() {
        try {
            long usable = space.usable();
            free = usable;
            full = full ? usable < high : usable < low;
        } catch (IOException _) {
            // A disk that cannot be asked says why when it is written to.
            free = -1;
        }
    }

    private static long usable(Path root) throws IOException {
        Path there = root.toAbsolutePath();
        while (there.getParent() != null && !Files.exists(there)) {
            there = there.getParent();
        }
        return Files.getFileStore(there).getUsableSpace();
    }
}
