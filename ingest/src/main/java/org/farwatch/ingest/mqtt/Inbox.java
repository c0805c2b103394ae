package org.farwatch.ingest.mqtt;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.farwatch.ingest.mqtt.Work.Arrival;
import org.farwatch.ingest.mqtt.Work.Decision;

/**
 * Between the connection's callback thread and the intake's thread. Bounded in messages and in bytes of those that
 * wait or are being worked on. When full, a message with QoS 1 waits at the door, which stops the connection from being
 * read; one with QoS 0 is turned away. Decisions are bounded by the messages that wait for them. Safe for any thread.
 */
final class Inbox {
    private final int maxMessages;
    private final long maxBytes;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition room = lock.newCondition();
    private final ArrayDeque<Arrival> arrivals = new ArrayDeque<>();
    private final ArrayDeque<Decision> decisions = new ArrayDeque<>();
    private int messages;
    private long bytes;
    private boolean paused;
    private boolean closed;

    Inbox(int maxMessages, long maxBytes) {
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
    }

    /** @return whether it was taken in; if not it was of QoS 0 and there was no room, or its link has ended */
    boolean offer(Arrival arrival) {
        lock.lock();
        try {
            while (!hasRoom(arrival)) {
                if (arrival.number() < 0 || closed || arrival.link().closed()) {
                    return false;
                }
                room.awaitUninterruptibly();
            }
            if (closed || arrival.link().closed()) {
                return false;
            }
            messages++;
            bytes += arrival.payload().length;
            arrivals.add(arrival);
            work.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** One message always fits, however long. */
    private boolean hasRoom(Arrival arrival) {
        return messages == 0 || (messages < maxMessages && bytes + arrival.payload().length <= maxBytes);
    }

    void decide(Decision decision) {
        lock.lock();
        try {
            decisions.add(decision);
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The next piece of work, decisions first. Waits while there is none or the inbox is paused.
     *
     * @return null when {@code nanos} have passed or the inbox is closed
     */
    Work take(long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (!closed) {
                if (!paused) {
                    Work next = decisions.isEmpty() ? arrivals.poll() : decisions.poll();
                    if (next != null) {
                        return next;
                    }
                }
                if (left <= 0) {
                    return null;
                }
                left = work.awaitNanos(left);
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** A message that was taken is done with; until then it counts. */
    void free(Arrival arrival) {
        lock.lock();
        try {
            leave(arrival);
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void leave(Arrival arrival) {
        messages--;
        bytes -= arrival.payload().length;
    }

    /** Drops what a connection that ended brought; the broker sends it again. */
    void forget(Link link) {
        lock.lock();
        try {
            for (Iterator<Arrival> each = arrivals.iterator(); each.hasNext(); ) {
                Arrival arrival = each.next();
                if (arrival.link() == link) {
                    each.remove();
                    leave(arrival);
                }
            }
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Holds back all work until {@link #resume}. @return false when it was held back already */
    boolean pause() {
        lock.lock();
        try {
            boolean was = paused;
            paused = true;
            return !was;
        } finally {
            lock.unlock();
        }
    }

    void resume() {
        lock.lock();
        try {
            paused = false;
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Wakes everybody; nothing is taken in or out any more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            work.signalAll();
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean closed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Messages that wait or are being worked on. */
    int messages() {
        lock.lock();
        try {
            return messages;
        } finally {
            lock.unlock();
        }
    }
}
