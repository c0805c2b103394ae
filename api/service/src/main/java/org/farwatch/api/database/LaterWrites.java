package org.farwatch.api.database;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Changes of the database that must not hold up the thread that noticed them: one thread of its own writes them in their
 * order behind a bounded queue. While the database is away, the first waits and the others wait behind it.
 */
public final class LaterWrites implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LaterWrites.class);
    private static final int CLOSE_SECONDS = 5;
    private static final int RETRY_SECONDS = 5;

    private final String name;
    private final ExecutorService writer;

    /**
     * @param name of the thread, also in the log
     * @param queue changes that may wait; more are refused
     */
    public LaterWrites(String name, int queue) {
        this.name = name;
        this.writer = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(queue),
                Thread.ofPlatform().name(name).daemon().factory());
    }

    /** @return false when too many wait already or the service ends; then the change is lost, which is logged */
    public boolean write(Runnable change) {
        try {
            writer.execute(() -> untilWritten(change));
            return true;
        } catch (RejectedExecutionException e) {
            LOG.warn("{}: a change was not written: too many are waiting or the service ends", name);
            return false;
        }
    }

    /** Waits a moment for what is to be written still. */
    @Override
    public void close() {
        writer.shutdown();
        try {
            if (!writer.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                writer.shutdownNow();
                LOG.warn("{}: not everything was written in time", name);
            }
        } catch (InterruptedException e) {
            writer.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void untilWritten(Runnable change) {
        try {
            while (!written(change)) {
                TimeUnit.SECONDS.sleep(RETRY_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return false when it has to be tried again */
    private boolean written(Runnable change) {
        try {
            change.run();
            return true;
        } catch (TransientDataAccessException
                | DataAccessResourceFailureException
                | CannotCreateTransactionException e) {
            LOG.warn("{}: waits for the database: {}", name, e.getMessage());
            return false;
        } catch (RuntimeException e) {
            LOG.error("{}: a change cannot be written: {}", name, e.getMessage(), e);
            return true;
        }
    }
}
