package org.farwatch.ingest;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds the rows between sockets and the database. A reader takes rows as it decodes them; when the budget is spent it
 * stops reading ({@code autoRead} off) and asks to be woken. Memory thus stays flat while the database is slow or away.
 *
 * <p>The limit is soft by what the readers decode in one turn. Safe for use by many threads.
 */
public final class RowBudget {
    /** Default of {@code farwatch.ingest.rows-in-flight}. */
    public static final int DEFAULT_LIMIT = 50_000;

    private final int limit;
    /** Rows in flight at or below which those who wait go on: a tenth of the budget is free, at least one row. */
    private final int wakeAt;

    private final AtomicInteger inFlight = new AtomicInteger();
    private final ConcurrentLinkedQueue<Runnable> waiting = new ConcurrentLinkedQueue<>();

    public RowBudget(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("rows in flight must be at least 1, was " + limit);
        }
        this.limit = limit;
        this.wakeAt = Math.min(limit - 1, limit - limit / 10);
    }

    public int limit() {
        return limit;
    }

    public int inFlight() {
        return inFlight.get();
    }

    /** Takes {@code rows}, even beyond the limit. @return whether the caller may go on reading */
    public boolean take(int rows) {
        return inFlight.addAndGet(rows) < limit;
    }

    /** Gives rows back and wakes those who wait once a tenth of the budget is free again. */
    public void give(int rows) {
        if (inFlight.addAndGet(-rows) <= wakeAt) {
            wake();
        }
    }

    /**
     * Runs {@code task} once there is room; at once when there is. The task must be short and usually hops to an event
     * loop. Each paused reader registers once, so the queue is bounded by their number.
     */
    public void whenRoom(Runnable task) {
        waiting.add(task);
        if (inFlight.get() <= wakeAt) {
            wake();
        }
    }

    private void wake() {
        for (Runnable task = waiting.poll(); task != null; task = waiting.poll()) {
            task.run();
        }
    }
}
