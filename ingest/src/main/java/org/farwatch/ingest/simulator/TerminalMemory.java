package org.farwatch.ingest.simulator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.farwatch.ingest.jt808.MessageId;

/**
 * The positions that a terminal has taken and the platform has not acknowledged: stored ones from while it was cut off,
 * fresh ones, and messages under way. Bounded; when full the oldest waiting position is overwritten. Owned by one
 * thread.
 */
final class TerminalMemory {
    /** A message under way. */
    static final class Sent {
        final int serial;
        final int messageId;
        final List<TerminalPosition> positions;
        int tries = 1;
        long dueNanos;

        Sent(int serial, int messageId, List<TerminalPosition> positions) {
            this.serial = serial;
            this.messageId = messageId;
            this.positions = positions;
        }
    }

    private final ArrayDeque<TerminalPosition> stored = new ArrayDeque<>();
    private final ArrayDeque<TerminalPosition> fresh = new ArrayDeque<>();
    private final ArrayDeque<Sent> underWay = new ArrayDeque<>();
    private final int capacity;
    private final int batch;
    private final boolean batches;
    private int positionsUnderWay;
    private long overwritten;

    /**
     * @param capacity most positions kept
     * @param batch most positions of one message
     * @param batches whether stored positions go in batches (0x0704) at all
     */
    TerminalMemory(int capacity, int batch, boolean batches) {
        this.capacity = capacity;
        this.batch = batch;
        this.batches = batches;
    }

    /** @param live whether the terminal is connected, so that the position goes out by itself */
    void add(TerminalPosition position, boolean live) {
        if (waiting() == capacity) {
            overwritten++;
            if (stored.poll() == null && fresh.poll() == null) {
                return; // all are under way: it is this one that is lost
            }
        }
        (live ? fresh : stored).add(position);
    }

    /** Takes the positions of the next message, which counts as under way from now on; null when none wait. */
    Sent next(int serial) {
        Sent sent;
        if (!stored.isEmpty()) {
            List<TerminalPosition> positions = new ArrayList<>();
            int most = batches ? batch : 1;
            while (positions.size() < most && !stored.isEmpty()) {
                positions.add(stored.poll());
            }
            sent = new Sent(serial, batches ? MessageId.LOCATION_BATCH : MessageId.LOCATION, positions);
        } else if (!fresh.isEmpty()) {
            sent = new Sent(serial, MessageId.LOCATION, List.of(fresh.poll()));
        } else {
            return null;
        }
        underWay.add(sent);
        positionsUnderWay += sent.positions.size();
        return sent;
    }

    /** The message with this serial was answered. @return null when it was not under way */
    Sent answered(int serial, int messageId) {
        for (Iterator<Sent> i = underWay.iterator(); i.hasNext(); ) {
            Sent sent = i.next();
            if (sent.serial == serial && sent.messageId == messageId) {
                i.remove();
                positionsUnderWay -= sent.positions.size();
                return sent;
            }
        }
        return null;
    }

    /** The connection is lost: whatever was not acknowledged is stored, in order, to be sent again. */
    void connectionLost() {
        while (!underWay.isEmpty()) {
            List<TerminalPosition> back = underWay.pollLast().positions;
            for (int i = back.size() - 1; i >= 0; i--) {
                stored.addFirst(back.get(i));
            }
        }
        positionsUnderWay = 0;
        stored.addAll(fresh);
        fresh.clear();
    }

    /** Messages under way, oldest first. */
    Iterable<Sent> underWay() {
        return underWay;
    }

    int messagesUnderWay() {
        return underWay.size();
    }

    /** Positions that are not acknowledged. */
    int waiting() {
        return stored.size() + fresh.size() + positionsUnderWay;
    }

    long overwritten() {
        return overwritten;
    }
}
