package org.farwatch.ingest.mqtt;

/**
 * Which messages of one connection may be acknowledged: only the contiguous prefix in arrival order, as MQTT 5 wants it
 * (4.6, MQTT-4.6.0-2: PUBACK in the order in which the PUBLISH packets were received).
 *
 * <p>A message arrives with one hold, its decoder's; each of its rows that goes to be stored is another. At no hold it
 * is done, and goes out as soon as everything that arrived before it is done too. A ring of {@code receiveMaximum}
 * entries; not synchronised, the owner is {@link Link}.
 */
final class AckWindow {
    private final int[] messageId;
    private final int[] holds;
    private long first;
    private long next;

    AckWindow(int receiveMaximum) {
        messageId = new int[receiveMaximum];
        holds = new int[receiveMaximum];
    }

    /**
     * Takes in a message with one hold.
     *
     * @return its arrival number, or -1 when more than Receive Maximum messages would be out (the broker then breaks
     *     MQTT-3.3.4-9)
     */
    long arrive(int id) {
        if (next - first == messageId.length) {
            return -1;
        }
        int slot = slot(next);
        messageId[slot] = id;
        holds[slot] = 1;
        return next++;
    }

    void hold(long arrival, int rows) {
        holds[slot(arrival)] += rows;
    }

    void release(long arrival, int rows) {
        int slot = slot(arrival);
        if (arrival < first || arrival >= next || holds[slot] < rows) {
            throw new IllegalStateException("arrival " + arrival + " is not held " + rows + " times");
        }
        holds[slot] -= rows;
    }

    /** Takes the next message id to acknowledge out of the window; 0, which is no id, when the first is not done. */
    int next() {
        if (first == next || holds[slot(first)] > 0) {
            return 0;
        }
        return messageId[slot(first++)];
    }

    /** Messages that arrived and are not acknowledged. */
    int outstanding() {
        return (int) (next - first);
    }

    private int slot(long arrival) {
        return (int) (arrival % messageId.length);
    }
}
