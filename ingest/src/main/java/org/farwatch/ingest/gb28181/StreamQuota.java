package org.farwatch.ingest.gb28181;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.farwatch.ingest.media.Priority;

/**
 * How many streams a device or platform may send at a time. Who comes when all are taken waits in the order of {@link
 * Priority} and, within one, in turn; who {@link Priority#displaces} a holder tells the least urgent one to leave, of
 * several the one that came last. What a stream is wanted for may change while it waits and while it is sent: it is asked
 * each time. Safe for use by many threads.
 */
final class StreamQuota {
    /** Who may wait for one device; more are refused at once. */
    static final int WAITING = 256;

    /** So often it is looked again whether somebody may be displaced: a viewer has left, an alarm has come. */
    private static final long LOOK_NANOS = Duration.ofMillis(500).toNanos();

    private final int perDevice;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Line> lines = new HashMap<>();
    private long arrivals;
    private long preempted;

    private record Waiting(Supplier<Priority> wanted, long arrival) {}

    /** What is taken of one device. */
    private static final class Line {
        private final Condition changed;
        private final List<Place> open = new ArrayList<>();
        private final List<Waiting> waiting = new ArrayList<>();

        Line(Condition changed) {
            this.changed = changed;
        }

        /** How many are served before this one. */
        int before(Waiting mine) {
            Priority own = mine.wanted().get();
            int before = 0;
            for (Waiting other : waiting) {
                int order = other.wanted().get().compareTo(own);
                if (other.arrival() != mine.arrival()
                        && (order < 0 || order == 0 && other.arrival() < mine.arrival())) {
                    before++;
                }
            }
            return before;
        }

        /** The least urgent that this may take the place of, null when there is none. */
        Place least(Priority wanted) {
            Place least = null;
            Priority lowest = null;
            for (Place place : open) {
                Priority its = place.wanted.get();
                if (!place.leaving && wanted.displaces(its) && (lowest == null || its.compareTo(lowest) >= 0)) {
                    least = place;
                    lowest = its;
                }
            }
            return least;
        }

        int leaving() {
            return (int) open.stream().filter(place -> place.leaving).count();
        }
    }

    /** One stream's place. Guarded by the lock of its quota. */
    final class Place {
        private final String device;
        private final Supplier<Priority> wanted;
        private final Runnable leave;
        private boolean leaving;

        private Place(String device, Supplier<Priority> wanted, Runnable leave) {
            this.device = device;
            this.wanted = wanted;
            this.leave = leave;
        }

        /** Once, when the device sends it no more. */
        void give() {
            lock.lock();
            try {
                Line line = lines.get(device);
                line.open.remove(this);
                changed(device, line);
            } finally {
                lock.unlock();
            }
        }
    }

    StreamQuota(int perDevice) {
        this.perDevice = perDevice;
    }

    /**
     * Waits for a place.
     *
     * @param wanted for what, at any time until the place is given back; must neither wait nor throw
     * @param leave tells whoever has the place to give it back soon, at most once; must not wait
     * @return null when none became free in time, or too many wait already
     */
    Place take(String device, Supplier<Priority> wanted, Runnable leave, Duration limit) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Line line = lines.computeIfAbsent(device, _ -> new Line(lock.newCondition()));
            if (line.waiting.size() >= WAITING) {
                return null;
            }
            Waiting mine = new Waiting(wanted, arrivals++);
            line.waiting.add(mine);
            try {
                return turn(line, mine, limit.toNanos()) ? begin(line, new Place(device, wanted, leave)) : null;
            } finally {
                line.waiting.remove(mine);
                changed(device, line);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean turn(Line line, Waiting mine, long limit) throws InterruptedException {
        long left = limit;
        while (true) {
            int free = perDevice - line.open.size();
            int before = line.before(mine);
            if (before < free) {
                return true;
            }
            if (left <= 0) {
                return false;
            }
            makeRoom(line, before + 1 - free, mine.wanted().get());
            long look = Math.min(left, LOOK_NANOS);
            left -= look - line.changed.awaitNanos(look);
        }
    }

    private static Place begin(Line line, Place place) {
        line.open.add(place);
        return place;
    }

    /** So many have to leave until it is this one's turn; those that do already count. */
    private void makeRoom(Line line, int places, Priority wanted) {
        for (int leaving = line.leaving(); leaving < places; leaving++) {
            Place least = line.least(wanted);
            if (least == null) {
                return;
            }
            least.leaving = true;
            preempted++;
            least.leave.run();
        }
    }

    private void changed(String device, Line line) {
        if (line.open.isEmpty() && line.waiting.isEmpty()) {
            lines.remove(device);
        } else {
            line.changed.signalAll();
        }
    }

    int open() {
        lock.lock();
        try {
            return lines.values().stream().mapToInt(line -> line.open.size()).sum();
        } finally {
            lock.unlock();
        }
    }

    /** Who waits now, of all devices, by what for. */
    Map<Priority, Integer> waiting() {
        Map<Priority, Integer> waiting = new EnumMap<>(Priority.class);
        lock.lock();
        try {
            lines.values()
                    .forEach(line -> line.waiting.forEach(
                            one -> waiting.merge(one.wanted().get(), 1, Integer::sum)));
        } finally {
            lock.unlock();
        }
        return waiting;
    }

    /** Streams that were told to leave for a more urgent one. */
    long preempted() {
        lock.lock();
        try {
            return preempted;
        } finally {
            lock.unlock();
        }
    }
}
