package org.farwatch.ingest.jt808;

import java.util.concurrent.RejectedExecutionException;
import org.farwatch.geo.PositionBatch;
import org.farwatch.ingest.PositionSink;

/**
 * A batch of positions together with the answers that are due once it is stored: one entry per message, in columns.
 * Belongs to an event loop's {@link RowCollector}, to the sink while it stores the rows.
 */
final class PendingRows implements PositionSink.Completion, Runnable {
    final PositionBatch rows;
    private final RowCollector collector;
    private final Session[] session;
    private final int[] message;
    private final byte[] protocolVersion;
    private final boolean[] v2019;
    private final int[] firstRow;
    private int messages;

    PendingRows(RowCollector collector, int capacity) {
        this.collector = collector;
        rows = new PositionBatch(capacity);
        session = new Session[capacity];
        message = new int[capacity];
        protocolVersion = new byte[capacity];
        v2019 = new boolean[capacity];
        firstRow = new int[capacity];
    }

    /** Notes that the rows from {@code first} to the batch's present end came in this message. */
    void due(Session from, Frame frame, int first) {
        int i = messages++;
        session[i] = from;
        message[i] = (frame.messageId() << 16) | frame.serial();
        protocolVersion[i] = (byte) frame.protocolVersion();
        v2019[i] = frame.v2019();
        firstRow[i] = first;
    }

    int messages() {
        return messages;
    }

    Session session(int i) {
        return session[i];
    }

    int messageId(int i) {
        return message[i] >>> 16;
    }

    int serial(int i) {
        return message[i] & 0xFFFF;
    }

    boolean v2019(int i) {
        return v2019[i];
    }

    int protocolVersion(int i) {
        return protocolVersion[i] & 0xFF;
    }

    int firstRow(int i) {
        return firstRow[i];
    }

    /** The row after the last one of message {@code i}. */
    int endRow(int i) {
        return i + 1 < messages ? firstRow[i + 1] : rows.size();
    }

    void clear() {
        rows.clear();
        for (int i = 0; i < messages; i++) {
            session[i] = null;
        }
        messages = 0;
    }

    /** Any thread: hops to the event loop, which alone writes to its channels. */
    @Override
    public void done(PositionBatch batch) {
        try {
            collector.eventLoop().execute(this);
        } catch (RejectedExecutionException _) {
            // The server was closed while the store still worked: nobody is left to answer.
            collector.abandoned(this);
        }
    }

    @Override
    public void run() {
        collector.stored(this);
    }
}
