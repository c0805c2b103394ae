package org.farwatch.ingest.simulator.gb28181;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.farwatch.ingest.media.MediaUnit;
import org.farwatch.ingest.simulator.SceneEncoder;
import org.farwatch.ingest.simulator.camera.Scene;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call in which a device plays what it recorded: drawn again, sent at the speed that it is told by a platform thread
 * of its own. Orders are guarded by itself.
 */
final class RecordedStream implements CallStream {
    private static final Logger LOG = LoggerFactory.getLogger(RecordedStream.class);
    private static final int BIT_RATE = 800_000;
    private static final long STAMPS_A_MILLI = 90;
    private static final long NOWHERE = -1;

    private final RtpSender sender;
    private final PsWriter program;
    private final Supplier<Scene> scenes;
    /** Milliseconds. */
    private final long length;

    private final double fastest;
    private final Runnable played;
    private double speed;
    private boolean paused;
    private long target = NOWHERE;
    private boolean over;

    /** @param played told once when all of it was sent */
    RecordedStream(
            RtpSender sender,
            PsWriter program,
            Supplier<Scene> scenes,
            long length,
            double speed,
            double fastest,
            Runnable played) {
        this.sender = sender;
        this.program = program;
        this.scenes = scenes;
        this.length = length;
        this.speed = Math.min(speed, fastest);
        this.fastest = fastest;
        this.played = played;
    }

    @Override
    public void begin() {
        Thread.ofPlatform().name("gb-recorded").daemon().start(this::run);
    }

    @Override
    public synchronized void control(String order) {
        if (order.startsWith("PAUSE")) {
            paused = true;
        } else if (order.startsWith("PLAY")) {
            paused = false;
            String scale = MediaOffer.group(order, "Scale: ([0-9.]+)");
            speed = scale.isEmpty() ? speed : Math.min(fastest, Double.parseDouble(scale));
            String place = MediaOffer.group(order, "npt=(\\d+)-");
            target = place.isEmpty() ? target : TimeUnit.SECONDS.toMillis(Long.parseLong(place));
        }
        notifyAll();
    }

    private void run() {
        try (sender;
                Scene scene = scenes.get();
                SceneEncoder encoder = new SceneEncoder(scene.width(), scene.height(), scene.rate(), BIT_RATE)) {
            sender.connect();
            BufferedImage picture = new BufferedImage(scene.width(), scene.height(), BufferedImage.TYPE_3BYTE_BGR);
            long due = System.nanoTime();
            long period = TimeUnit.SECONDS.toNanos(1) / scene.rate();
            for (long at = 0; at < length; at += 1_000 / scene.rate()) {
                long from = next(at);
                if (from < 0) {
                    return;
                }
                if (from != at) {
                    encoder.wantKey();
                    at = from;
                }
                scene.next(picture);
                MediaUnit unit = encoder.encode(picture, at);
                byte[] accessUnit =
                        ChannelStream.startCoded(unit, encoder.format().video().configuration());
                long stamp = at * STAMPS_A_MILLI;
                sender.send(program.write(accessUnit, unit.key(), stamp), stamp);
                due = Math.max(due + (long) (period / speed()), System.nanoTime() - period);
                LockSupport.parkNanos(due - System.nanoTime());
            }
            played.run();
        } catch (IOException e) {
            LOG.debug("the recording is not sent on: {}", e.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where to send from now; waits while it is paused. Negative when it is closed. */
    private synchronized long next(long at) throws InterruptedException {
        while (paused && !over) {
            wait();
        }
        long next = over ? -1 : target == NOWHERE ? at : target;
        target = NOWHERE;
        return next;
    }

    private synchronized double speed() {
        return speed;
    }

    @Override
    public void close() {
        synchronized (this) {
            over = true;
            notifyAll();
        }
        sender.close();
    }
}
