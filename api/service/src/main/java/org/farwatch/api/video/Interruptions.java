package org.farwatch.api.video;

import jakarta.annotation.PreDestroy;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * When streams had no pictures, and why: each stretch is one row, of its first cause. Written by one thread behind a
 * bounded queue, so that a slow database stops no stream.
 */
@Component
class Interruptions {
    private static final Logger LOG = LoggerFactory.getLogger(Interruptions.class);
    private static final int QUEUE = 10_000;
    private static final int CLOSE_SECONDS = 5;
    private static final int RETRY_SECONDS = 5;

    private final JdbcClient jdbc;
    private final ExecutorService writer = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(QUEUE),
            Thread.ofPlatform().name("interruptions").daemon().factory());

    Interruptions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Who knows why there is nothing. */
    enum Origin {
        /** No pictures came. */
        SOURCE,
        /** They came and could not be written. */
        RECORDER;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Pictures or recording stopped, unless they had stopped before.
     *
     * @param cause label of an {@code OfflineCause} or of what keeps the recorder from writing
     */
    void begun(long stream, Origin origin, Instant at, String cause, String detail) {
        write(() -> jdbc.sql("""
                        insert into stream_interruption (stream_id, origin, starts, cause, detail)
                        values (:stream, :origin, :at, :cause, :detail)
                        on conflict (stream_id, origin) where ends is null do nothing""")
                .param("stream", stream)
                .param("origin", origin.label())
                .param("at", Timestamp.from(at))
                .param("cause", cause)
                .param("detail", detail)
                .update());
    }

    /** They came again. */
    void over(long stream, Origin origin, Instant at) {
        write(() -> jdbc.sql("""
                        update stream_interruption set ends = greatest(starts, :at)
                        where stream_id = :stream and origin = :origin and ends is null""")
                .param("stream", stream)
                .param("origin", origin.label())
                .param("at", Timestamp.from(at))
                .update());
    }

    @PreDestroy
    void close() throws InterruptedException {
        writer.shutdown();
        if (!writer.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
            writer.shutdownNow();
            LOG.warn("interruptions of streams were not written in time");
        }
    }

    private void write(Runnable change) {
        try {
            writer.execute(() -> untilWritten(change));
        } catch (RejectedExecutionException e) {
            LOG.warn("an interruption of a stream was not written: too many are waiting or the service ends");
        }
    }

    /** While the database is away, what comes later waits behind. */
    private static void untilWritten(Runnable change) {
        try {
            while (true) {
                try {
                    change.run();
                    return;
                } catch (TransientDataAccessException | DataAccessResourceFailureException e) {
                    LOG.warn("interruptions of streams wait for the database: {}", e.getMessage());
                    TimeUnit.SECONDS.sleep(RETRY_SECONDS);
                }
            }
        } catch (DataAccessException e) {
            LOG.error("an interruption of a stream cannot be written: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
