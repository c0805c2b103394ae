package org.farwatch.api.telemetry;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.farwatch.api.telemetry.PositionStore.Pending;
import org.farwatch.geo.StoreResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that commits the positions of its share of the devices. While the database is away it tries again with
 * growing pauses and completes nothing.
 */
final class PositionWriter implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(PositionWriter.class);
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;
    private static final long IDLE_MILLIS = 500;
    private static final Duration STOP_WAIT = Duration.ofSeconds(20);

    /** Bounded by the readers' row budget. */
    private final LinkedBlockingQueue<Pending> queue = new LinkedBlockingQueue<>();

    private final PositionGroup group;
    private final PositionTable table;
    private final List<PositionListener> listeners;
    private final Consumer<StoreResult> counter;
    private final Thread thread;
    private volatile boolean stopping;
    private volatile String trouble;

    PositionWriter(
            int share,
            PositionGroup group,
            PositionTable table,
            List<PositionListener> listeners,
            Consumer<StoreResult> counter) {
        this.group = group;
        this.table = table;
        this.listeners = listeners;
        this.counter = counter;
        this.thread = Thread.ofPlatform().name("position-writer-" + share).unstarted(this);
    }

    void start() {
        thread.start();
    }

    void offer(Pending pending) {
        queue.add(pending);
    }

    String trouble() {
        return trouble;
    }

    /** Ends after what is queued, or at once when the database is away. */
    void stop() {
        stopping = true;
    }

    void join() {
        try {
            if (!thread.join(STOP_WAIT)) {
                LOG.warn("{} did not finish within {}; what it held is not acknowledged", thread.getName(), STOP_WAIT);
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        try (table) {
            while (!stopping || !queue.isEmpty()) {
                Pending first = queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    commit(first);
                }
            }
        } catch (InterruptedException e) {
            LOG.info("{} stops", thread.getName());
        }
    }

    private void commit(Pending first) throws InterruptedException {
        group.clear();
        group.add(first);
        while (!group.isFull()) {
            Pending next = queue.poll();
            if (next == null) {
                break;
            }
            group.add(next);
        }
        long pause = FIRST_PAUSE_MILLIS;
        while (true) {
            try {
                table.write(group);
                if (trouble != null) {
                    LOG.info("positions are stored again");
                    trouble = null;
                }
                break;
            } catch (SQLException e) {
                if (trouble == null) {
                    LOG.error("positions cannot be stored, nothing is acknowledged meanwhile: {}", e.getMessage());
                }
                trouble = e.getMessage();
                if (stopping) {
                    throw new InterruptedException("stopped while the database is away");
                }
                Thread.sleep(pause);
                pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
            }
        }
        tell();
        group.finish();
    }

    private void tell() {
        for (int i = 0; i < group.size(); i++) {
            counter.accept(group.result(i));
            if (group.result(i) == StoreResult.STORED || group.result(i) == StoreResult.SUSPECT) {
                tellOf(i, group.result(i) == StoreResult.STORED);
            }
        }
    }

    private void tellOf(int index, boolean stored) {
        for (PositionListener listener : listeners) {
            try {
                if (stored) {
                    listener.stored(group.batch(index), group.row(index));
                } else {
                    listener.suspect(group.batch(index), group.row(index));
                }
            } catch (RuntimeException e) {
                // The position is safe in the database; a feature that stumbles over it must not stop the storing.
                LOG.error("{} failed on a stored position", listener.getClass().getSimpleName(), e);
            }
        }
    }
}
