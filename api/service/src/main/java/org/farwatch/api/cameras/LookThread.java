package org.farwatch.api.cameras;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A platform thread on which some cameras' key pictures are decoded and judged, behind a bounded queue. */
final class LookThread {
    private static final Logger LOG = LoggerFactory.getLogger(LookThread.class);
    private static final int CLOSE_SECONDS = 5;

    private final ThreadPoolExecutor executor;

    LookThread(int number, int queue) {
        executor = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(queue),
                Thread.ofPlatform().name("cameras-" + number).daemon().factory());
    }

    /** @return false when too many wait or the service ends */
    boolean run(Runnable work) {
        try {
            executor.execute(() -> {
                try {
                    work.run();
                } catch (RuntimeException e) {
                    LOG.error("looking at a camera failed", e);
                }
            });
            return true;
        } catch (RejectedExecutionException _) {
            return false;
        }
    }

    /** What waits is left out. */
    void close() throws InterruptedException {
        executor.getQueue().clear();
        executor.shutdown();
        if (!executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("looking at cameras did not end in time");
        }
    }
}
