package org.farwatch.api.zones;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.farwatch.vision.detect.NanoDet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A platform thread on which some cameras' pictures are decoded and looked at, with the detector that they share. Who hands
 * it pictures bounds how many of them wait.
 */
final class VisionThread {
    private static final Logger LOG = LoggerFactory.getLogger(VisionThread.class);
    private static final int CLOSE_SECONDS = 5;

    private final ExecutorService executor;
    private NanoDet detector;

    VisionThread(int number) {
        executor = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("vision-" + number).daemon().factory());
    }

    void run(Runnable work) {
        try {
            executor.execute(() -> {
                try {
                    work.run();
                } catch (RuntimeException e) {
                    LOG.error("looking at pictures failed", e);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("pictures come while the service ends", e);
        }
    }

    /** On this thread only. */
    NanoDet detector() {
        if (detector == null) {
            detector = new NanoDet();
        }
        return detector;
    }

    void close() throws InterruptedException {
        run(() -> {
            if (detector != null) {
                detector.close();
            }
        });
        executor.shutdown();
        if (!executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("looking at pictures did not end in time");
        }
    }
}
