package org.farwatch.api.video;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.farwatch.api.web.Refusal;
import org.farwatch.vision.picture.EncodedPicture;
import org.farwatch.vision.picture.Jpeg;
import org.farwatch.vision.picture.Picture;
import org.farwatch.vision.picture.PictureDecoder;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Turns key pictures into JPEG. Native code waits for nobody and must not hold the threads of requests: two platform
 * threads of its own behind a bounded queue.
 */
@Component
class Snapshots implements DisposableBean {
    private static final int THREADS = 2;
    private static final int QUEUE = 32;
    /** The first one of all loads the native libraries. */
    private static final long SECONDS = 10;
    /** Wider pictures are made smaller, pixels. */
    private static final int WIDEST = 1_920;

    private final ExecutorService pool = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(QUEUE),
            Thread.ofPlatform().name("snapshot-", 0).daemon().factory());

    /** @throws Refusal 503 when too many are asked for or the picture is broken */
    byte[] jpeg(EncodedPicture picture) {
        try {
            Future<byte[]> made = pool.submit(() -> make(picture));
            return made.get(SECONDS, TimeUnit.SECONDS);
        } catch (RejectedExecutionException | TimeoutException e) {
            throw new Refusal(503, "busy", "too many pictures are asked for at once; try again");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Refusal refusal) {
                throw refusal;
            }
            throw new IllegalStateException("a picture could not be made", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(503, "busy", "the service is being stopped");
        }
    }

    @Override
    public void destroy() {
        pool.shutdownNow();
    }

    private static byte[] make(EncodedPicture picture) {
        List<byte[]> made = new ArrayList<>();
        try (PictureDecoder decoder = new PictureDecoder(decoded -> add(made, decoded))) {
            decoder.decode(picture);
            decoder.drain();
        }
        if (made.isEmpty()) {
            throw new Refusal(503, "broken picture", "the newest picture of the stream cannot be decoded; try again");
        }
        return made.getFirst();
    }

    private static void add(List<byte[]> made, Picture decoded) {
        try (decoded) {
            made.add(Jpeg.of(decoded.bgr(), WIDEST));
        }
    }
}
