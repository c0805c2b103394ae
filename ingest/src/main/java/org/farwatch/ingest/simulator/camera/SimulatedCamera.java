package org.farwatch.ingest.simulator.camera;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.farwatch.ingest.media.MediaUnit;
import org.farwatch.ingest.media.VideoFormat;
import org.farwatch.ingest.simulator.SceneEncoder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One camera: its scene is drawn and encoded on a platform thread of its own, at the scene's rate and only while somebody
 * watches; the scene's time stands still meanwhile. Whoever begins to watch
 * gets a key picture with the next one.
 */
final class SimulatedCamera implements AutoCloseable {
    /** What a watcher is told, on the camera's thread, for which it must not wait. */
    interface Watcher {
        void frame(SceneFrame frame);

        /** There are no more pictures; may be said twice. */
        void over();
    }

    private static final Logger LOG = LoggerFactory.getLogger(SimulatedCamera.class);
    private static final long CLOSE_WAIT_MILLIS = 5_000;
    /** Farther behind than this a camera leaves pictures out instead of hurrying after its clock. */
    private static final long MOST_BEHIND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Scene scene;
    private final int bitRate;
    private final String path;
    private final Thread thread;
    private final long origin = System.nanoTime();
    private final CompletableFuture<VideoFormat> format = new CompletableFuture<>();
    private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean closing;
    private volatile boolean keyWanted;
    private volatile boolean over;
    private final AtomicLong pictures = new AtomicLong();

    /** @param bitRate bits a second */
    SimulatedCamera(String path, Scene scene, int bitRate) {
        this.path = path;
        this.scene = scene;
        this.bitRate = bitRate;
        thread = Thread.ofPlatform().name("camera-" + path).daemon().start(this::run);
    }

    String path() {
        return path;
    }

    int rate() {
        return scene.rate();
    }

    int width() {
        return scene.width();
    }

    int height() {
        return scene.height();
    }

    /** Pictures encoded so far. */
    long pictures() {
        return pictures.get();
    }

    int watching() {
        return watchers.size();
    }

    /** Known after the first picture; exceptionally when there will be none. */
    CompletableFuture<VideoFormat> format() {
        return format;
    }

    /** RTP's clock now: no later picture has an earlier timestamp. */
    int clock() {
        return timestamp(System.nanoTime());
    }

    void watch(Watcher watcher) {
        watchers.add(watcher);
        keyWanted = true;
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (over) {
            watcher.over();
        }
    }

    void leave(Watcher watcher) {
        watchers.remove(watcher);
    }

    private void run() {
        try (scene;
                SceneEncoder encoder = new SceneEncoder(scene.width(), scene.height(), scene.rate(), bitRate)) {
            BufferedImage picture = new BufferedImage(scene.width(), scene.height(), BufferedImage.TYPE_3BYTE_BGR);
            scene.next(picture);
            encoder.encode(picture, System.currentTimeMillis());
            VideoFormat known = encoder.format().video();
            List<byte[]> sets = AvcPayloads.parameterSets(known);
            format.complete(known);
            while (awaitWatcher()) {
                play(encoder, picture, sets);
            }
        } catch (RuntimeException e) {
            LOG.error("the simulated camera {} ends", path, e);
            format.completeExceptionally(e);
        } finally {
            format.completeExceptionally(new IllegalStateException("the camera is closed"));
            over = true;
            watchers.forEach(Watcher::over);
        }
    }

    private void play(SceneEncoder encoder, BufferedImage picture, List<byte[]> sets) {
        long period = TimeUnit.SECONDS.toNanos(1) / scene.rate();
        long due = System.nanoTime();
        while (!watchers.isEmpty()) {
            scene.next(picture);
            if (keyWanted) {
                keyWanted = false;
                encoder.wantKey();
            }
            MediaUnit unit = encoder.encode(picture, System.currentTimeMillis());
            pictures.incrementAndGet();
            SceneFrame frame = new SceneFrame(
                    AvcPayloads.of(unit.payload(), unit.key() ? sets : List.of()),
                    timestamp(due),
                    unit.receiveTime(),
                    unit.key());
            watchers.forEach(watcher -> watcher.frame(frame));
            due += period;
            long now = System.nanoTime();
            if (now - due > MOST_BEHIND_NANOS) {
                due = now;
            }
            if (!pause(due - now)) {
                return;
            }
        }
    }

    /** 90 kHz from nanoseconds. */
    private int timestamp(long nanos) {
        return (int) ((nanos - origin) * 9 / 100_000);
    }

    /** @return false when the camera is closed */
    private boolean awaitWatcher() {
        lock.lock();
        try {
            while (!closing && watchers.isEmpty()) {
                changed.await();
            }
            return !closing;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private boolean pause(long nanos) {
        lock.lock();
        try {
            long left = nanos;
            while (!closing && left > 0) {
                left = changed.awaitNanos(left);
            }
            return !closing;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(CLOSE_WAIT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
