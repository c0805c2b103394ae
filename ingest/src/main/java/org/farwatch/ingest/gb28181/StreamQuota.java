package org.farwatch.ingest.gb28181;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many streams a device or platform may send at a time. Who comes when all are taken waits: an emergency before an
 * operator, an operator before detection, and each in turn. Safe for use by many threads.
 */
final class StreamQuota {
    /** Who may wait for one device; more are refused at once. */
    static final int WAITING = 256;

    private final int perDevice;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Line> lines = new HashMap<>();
    private long arrivals;

    /** Who wants the stream; the first goes first. */
    enum Priority {
        SOS,
        OPERATOR,
        VISION
    }

    private record Waiting(Priority priority, long arrival, Condition turn) implements Comparable<Waiting> {
        @Override
        public int compareTo(Waiting other) {
            int first = priority.compareTo(other.priority);
            return first != 0 ? first : Long.compare(arrival, other.arrival);
        }
    }

    private static final class Line {
        private int open;
        private final PriorityQueue<Waiting> waiting = new PriorityQueue<>();
    }

    StreamQuota(int perDevice) {
        this.perDevice = perDevice;
    }

    /** @return false when nothing became free in time, or too many wait already */
    boolean take(String device, Priority priority, Duration limit) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Line line = lines.computeIfAbsent(device, _ -> new Line());
            if (line.open < perDevice && line.waiting.isEmpty()) {
                line.open++;
                return true;
            }
            if (line.waiting.size() >= WAITING) {
                return false;
            }
            Waiting mine = new Waiting(priority, arrivals++, lock.newCondition());
            line.waiting.add(mine);
            try {
                long left = limit.toNanos();
                while (line.open >= perDevice || line.waiting.peek().arrival() != mine.arrival()) {
                    if (left <= 0) {
                        return false;
                    }
                    left = mine.turn.awaitNanos(left);
                }
                line.open++;
                return true;
            } finally {
                line.waiting.remove(mine);
                wake(device, line);
            }
        } finally {
            lock.unlock();
        }
    }

    void give(String device) {
        lock.lock();
        try {
            Line line = lines.get(device);
            line.open--;
            wake(device, line);
        } finally {
            lock.unlock();
        }
    }

    int open() {
        lock.lock();
        try {
            return lines.values().stream().mapToInt(line -> line.open).sum();
        } finally {
            lock.unlock();
        }
    }

    private void wake(String device, Line line) {
        if (line.open == 0 && line.waiting.isEmpty()) {
            lines.remove(device);
        } else if (line.open < perDevice && !line.waiting.isEmpty()) {
            line.waiting.peek().turn.signal();
        }
    }
}
