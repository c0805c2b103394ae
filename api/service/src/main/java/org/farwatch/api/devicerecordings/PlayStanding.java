package org.farwatch.api.devicerecordings;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.farwatch.api.video.PictureViewer;
import org.farwatch.ingest.media.push.PlayOrder;

/**
 * How playing stands, and what the viewer is told of it. Used by the session's thread and by those of the socket;
 * guarded by itself, it calls nothing but the viewer.
 */
final class PlayStanding {
    static final Duration SILENCE = Duration.ofSeconds(10);

    private final PictureViewer viewer;
    private final ReentrantLock lock = new ReentrantLock();
    private State state = State.CONNECTING;
    private double speed = 1;
    /** When the newest picture was recorded. */
    private Instant position;
    /** When the last picture came or the last order was taken, and since when it rests; {@link System#nanoTime}. */
    private long heardAt = System.nanoTime();

    private enum State {
        CONNECTING,
        PLAYING,
        PAUSED,
        ENDED
    }

    PlayStanding(PictureViewer viewer, Instant position) {
        this.viewer = viewer;
        this.position = position;
    }

    void connecting() {
        lock.lock();
        try {
            state = State.CONNECTING;
        } finally {
            lock.unlock();
        }
    }

    /** The device plays, at the single speed. @return the speed that is wanted of it */
    double begun() {
        lock.lock();
        try {
            state = State.PLAYING;
            heardAt = System.nanoTime();
            return speed;
        } finally {
            lock.unlock();
        }
    }

    /** A speed for when the device plays. */
    void wanted(double times) {
        lock.lock();
        try {
            speed = times;
        } finally {
            lock.unlock();
        }
    }

    /** The device took an order. @return whether it went elsewhere while it was paused, and has to be told to go on */
    boolean taken(PlayOrder order) {
        lock.lock();
        try {
            heardAt = System.nanoTime();
            return switch (order) {
                case PlayOrder.Pause _ -> {
                    state = State.PAUSED;
                    yield false;
                }
                case PlayOrder.Resume _ -> {
                    state = State.PLAYING;
                    yield false;
                }
                case PlayOrder.Speed(double times) -> {
                    speed = times;
                    state = State.PLAYING;
                    yield false;
                }
                case PlayOrder.Seek _ -> state == State.PAUSED;
            };
        } finally {
            lock.unlock();
        }
    }

    /** A picture came. */
    void shown(Instant recorded) {
        lock.lock();
        try {
            heardAt = System.nanoTime();
            position = recorded;
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more comes until the viewer orders something. */
    void rest(String reason, String detail) {
        lock.lock();
        try {
            state = State.ENDED;
            heardAt = System.nanoTime();
        } finally {
            lock.unlock();
        }
        say(reason, detail);
    }

    /** Whether it has been paused or at its end for longer than that. */
    boolean restsBeyond(Duration longest) {
        lock.lock();
        try {
            return (state == State.PAUSED || state == State.ENDED) && quiet() > longest.toNanos();
        } finally {
            lock.unlock();
        }
    }

    boolean plays() {
        lock.lock();
        try {
            return state == State.PLAYING;
        } finally {
            lock.unlock();
        }
    }

    /** Whether pictures should come and none did; at a slow speed they come further apart. */
    boolean silent() {
        lock.lock();
        try {
            return state == State.PLAYING && quiet() > SILENCE.toNanos() / Math.min(1, speed);
        } finally {
            lock.unlock();
        }
    }

    private long quiet() {
        return System.nanoTime() - heardAt;
    }

    /** Tells the viewer how it stands. */
    void say() {
        say(null, null);
    }

    /**
     * The same, with a reason.
     *
     * @param reason a word, null for none
     * @param detail in the words of whoever refused or ended it, null for none
     */
    void say(String reason, String detail) {
        Map<String, Object> members = new LinkedHashMap<>();
        lock.lock();
        try {
            members.put("state", state.name().toLowerCase(Locale.ROOT));
            members.put("speed", speed);
            members.put("position", position.toString());
        } finally {
            lock.unlock();
        }
        if (reason != null) {
            members.put("reason", reason);
        }
        if (detail != null) {
            members.put("detail", detail);
        }
        viewer.say(members);
    }
}
