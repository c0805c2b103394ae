package org.farwatch.api.uploads;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes what devices say of themselves, in its order, as much in one transaction as has arrived; who brought it hears of
 * it behind the commit. While the database is away all of it waits, and is tried again with growing pauses. One thread of
 * its own writes; any thread brings.
 */
final class ReportWriter implements AutoCloseable {
    /**
     * Reports that may wait. What devices send with QoS 1 is bounded by MQTT's Receive Maximum, and all of it by {@code
     * farwatch.telemetry.rows-in-flight}, which stops the reading long before.
     */
    private static final int QUEUE = 200_000;

    /** The most in one transaction. */
    private static final int GROUP = 500;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration CLOSING = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(ReportWriter.class);

    private final TransactionTemplate transaction;
    private final ArrayBlockingQueue<Report> queue = new ArrayBlockingQueue<>(QUEUE);
    private final Thread writer;
    private volatile boolean closing;

    private record Report(Runnable change, Runnable stored) {}

    ReportWriter(TransactionTemplate transaction) {
        this.transaction = transaction;
        writer = Thread.ofPlatform().name("camera-reports").daemon().start(this::run);
    }

    /**
     * @param stored run once behind the commit; never, if the service ends before
     * @throws IllegalStateException when too many wait or the service ends
     */
    void write(Runnable change, Runnable stored) {
        if (closing || !queue.offer(new Report(change, stored))) {
            throw new IllegalStateException(
                    closing ? "the service ends" : QUEUE + " reports of devices wait for the database already");
        }
    }

    /** Reports that wait, without those being written. */
    int waiting() {
        return queue.size();
    }

    /** Waits a moment for what is to be written still. */
    @Override
    public void close() {
        closing = true;
        try {
            if (!writer.join(CLOSING)) {
                writer.interrupt();
                LOG.warn("what {} devices said was not written in time; it was not acknowledged", queue.size());
            }
        } catch (InterruptedException _) {
            writer.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        List<Report> group = new ArrayList<>(GROUP);
        try {
            while (!closing || !queue.isEmpty()) {
                Report first = queue.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                if (first != null) {
                    group.add(first);
                    queue.drainTo(group, GROUP - 1);
                    writeAll(group);
                    group.clear();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeAll(List<Report> group) throws InterruptedException {
        try {
            untilCommitted(group);
        } catch (RuntimeException e) {
            // One of them cannot be written; the others can.
            LOG.debug("{} reports are written one by one: {}", group.size(), e.getMessage());
            for (Report report : group) {
                writeOne(report);
            }
        }
    }

    /** What the database refuses it would refuse again, and its message would block everything behind it for ever. */
    private void writeOne(Report report) throws InterruptedException {
        try {
            untilCommitted(List.of(report));
        } catch (RuntimeException e) {
            LOG.error("what a device said of itself cannot be written: {}", e.getMessage(), e);
            report.stored().run();
        }
    }

    /** @throws RuntimeException when the database is there and refuses; nothing of the group is written then */
    private void untilCommitted(List<Report> group) throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        while (!committed(group)) {
            Thread.sleep(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
        group.forEach(report -> report.stored().run());
    }

    /** @return false when the database is away */
    private boolean committed(List<Report> group) {
        try {
            transaction.executeWithoutResult(
                    _ -> group.forEach(report -> report.change().run()));
            return true;
        } catch (TransientDataAccessException
                | DataAccessResourceFailureException
                | CannotCreateTransactionException
                | TransactionSystemException e) {
            LOG.warn("what {} devices said waits for the database: {}", group.size() + queue.size(), e.getMessage());
            return false;
        }
    }
}
