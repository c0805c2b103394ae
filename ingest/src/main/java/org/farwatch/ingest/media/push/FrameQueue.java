package org.farwatch.ingest.media.push;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.farwatch.ingest.media.OfflineCause;
import org.farwatch.ingest.media.SourceSound;
import org.farwatch.ingest.media.VideoCodec;
import org.farwatch.ingest.media.pull.PullFailure;

/** What has come from a device and waits for the stream's thread. */
final class FrameQueue implements Feed {
    /** About ten seconds of a stream of 6 Mb/s. */
    static final int MAX_BYTES = 8 * 1024 * 1024;

    static final int MAX_FRAMES = 2_000;

    private final Upstream upstream;
    private final Deque<Arrived> waiting = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int bytes;
    private long dropped;
    private boolean interrupted;
    /** The stream's thread while it asks the device, or fetches from it. */
    private Thread asking;

    private boolean failed;
    private String leftOutSound;
    /** When the last picture was taken out, less what the caller did meanwhile, {@link System#nanoTime}. */
    private long pictureAt;

    private long returnedAt;

    FrameQueue(Upstream upstream) {
        this.upstream = upstream;
    }

    /** What a receiver put here. */
    sealed interface Arrived {
        default int bytes() {
            return 0;
        }

        record Picture(VideoCodec codec, long decode, long presentation, long receiveTime, byte[] accessUnit)
                implements Arrived {
            @Override
            public int bytes() {
                return accessUnit.length;
            }
        }

        record Sound(SourceSound sound, long stamp, long receiveTime, byte[] payload) implements Arrived {
            @Override
            public int bytes() {
                return payload.length;
            }
        }

        record Aac(long stamp, long receiveTime, byte[] frames) implements Arrived {
            @Override
            public int bytes() {
                return frames.length;
            }
        }

        record Lost() implements Arrived {}

        record Failed(OfflineCause cause, String detail) implements Arrived {}
    }

    @Override
    public void video(VideoCodec codec, long decode, long presentation, long receiveTime, byte[] accessUnit) {
        put(new Arrived.Picture(codec, decode, Math.max(decode, presentation), receiveTime, accessUnit));
    }

    @Override
    public void sound(SourceSound sound, long stamp, long receiveTime, byte[] payload) {
        put(new Arrived.Sound(sound, stamp, receiveTime, payload));
    }

    @Override
    public void aac(long stamp, long receiveTime, byte[] frames) {
        put(new Arrived.Aac(stamp, receiveTime, frames));
    }

    @Override
    public void leftOut(String codec) {
        lock.lock();
        try {
            leftOutSound = codec;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void lost() {
        put(new Arrived.Lost());
    }

    @Override
    public void failed(OfflineCause cause, String detail) {
        put(new Arrived.Failed(cause, detail));
    }

    String leftOutSound() {
        lock.lock();
        try {
            return leftOutSound;
        } finally {
            lock.unlock();
        }
    }

    long dropped() {
        lock.lock();
        try {
            return dropped;
        } finally {
            lock.unlock();
        }
    }

    void interrupt() {
        lock.lock();
        try {
            interrupted = true;
            changed.signalAll();
            if (asking != null) {
                asking.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    /** From now on {@link #interrupt} interrupts this thread. @throws InterruptedException when it has been called */
    void asks(Thread thread) throws InterruptedException {
        lock.lock();
        try {
            if (interrupted) {
                throw new InterruptedException();
            }
            asking = thread;
        } finally {
            lock.unlock();
        }
    }

    /** The stream's thread asks no longer; an interrupt that came too late is forgotten. */
    void asked() {
        lock.lock();
        try {
            asking = null;
            if (interrupted) {
                Thread.interrupted();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The wait for the first picture begins. */
    void picturesFromNow() {
        pictureAt = System.nanoTime();
        returnedAt = pictureAt;
    }

    /**
     * What came first.
     *
     * @param limit longest wait since the last picture
     * @param millis longest wait of this call
     * @return null when nothing came in {@code millis}
     * @throws PullFailure when nothing came within the limit, or {@link #interrupt} was called
     */
    Arrived take(Duration limit, long millis) throws PullFailure {
        pictureAt += System.nanoTime() - returnedAt;
        long until = millis >= limit.toMillis() ? Long.MAX_VALUE : System.nanoTime() + millis * 1_000_000;
        lock.lock();
        try {
            while (waiting.isEmpty()) {
                long now = System.nanoTime();
                long left = pictureAt + limit.toNanos() - now;
                if (interrupted) {
                    throw new PullFailure(OfflineCause.STOPPED, "is not fetched any more");
                }
                if (left <= 0) {
                    throw new PullFailure(OfflineCause.TIMEOUT, "has sent nothing for " + limit.toSeconds() + " s");
                }
                if (until != Long.MAX_VALUE) {
                    left = Math.min(left, until - now);
                    if (left <= 0) {
                        return null;
                    }
                }
                // Receivers may have been here meanwhile.
                if (!fetch(left) && waiting.isEmpty()) {
                    changed.awaitNanos(left);
                }
            }
            Arrived next = waiting.remove();
            bytes -= next.bytes();
            if (interrupted) {
                throw new PullFailure(OfflineCause.STOPPED, "is not fetched any more");
            }
            if (next instanceof Arrived.Picture) {
                pictureAt = System.nanoTime();
            } else if (System.nanoTime() - pictureAt > limit.toNanos() && !(next instanceof Arrived.Failed)) {
                throw new PullFailure(OfflineCause.TIMEOUT, "has sent no picture for " + limit.toSeconds() + " s");
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PullFailure(OfflineCause.STOPPED, "is not fetched any more");
        } finally {
            returnedAt = System.nanoTime();
            lock.unlock();
        }
    }

    /** Without the lock, so that it can be interrupted. */
    private boolean fetch(long nanos) {
        asking = Thread.currentThread();
        lock.unlock();
        try {
            return upstream.fetch(nanos);
        } catch (InterruptedException _) {
            // Whoever asks next sees it: an interrupt that is kept would close the files of the recording.
            return true;
        } finally {
            lock.lock();
            asked();
        }
    }

    private void put(Arrived arrived) {
        lock.lock();
        try {
            if (failed) {
                return;
            }
            failed = arrived instanceof Arrived.Failed;
            if (!failed && (bytes + arrived.bytes() > MAX_BYTES || waiting.size() >= MAX_FRAMES)) {
                dropped += waiting.size();
                waiting.clear();
                bytes = 0;
                waiting.add(new Arrived.Lost());
            }
            waiting.add(arrived);
            bytes += arrived.bytes();
            changed.signal();
        } finally {
            lock.unlock();
        }
    }
}
