package org.farwatch.ingest.jt808;

import org.farwatch.geo.PositionBatch;
import org.farwatch.geo.PositionFlag;
import org.farwatch.ingest.FaultKind;
import org.farwatch.ingest.KnownDevice;

/**
 * Puts the positions of a message into the rows of its event loop. What is wrong with one position is counted and costs
 * nothing but that position. Owned by the event loop.
 */
final class Positions {
    private final Jt808Server server;
    private final RowCollector collector;

    Positions(Jt808Server server, RowCollector collector) {
        this.server = server;
        this.collector = collector;
    }

    /**
     * Appends the positions of a message that carries some; its answer is due when they are stored.
     *
     * @return false when no position was usable: the message is to be answered as a bad one
     */
    boolean store(Session session, Frame frame, long receiveMillis) {
        PositionBatch rows = frame.assembled() ? collector.rowsOfLongMessage(frame.bodyLength()) : collector.rows();
        int first = rows.size();
        int at = frame.bodyOffset();
        int length = frame.bodyLength();
        switch (frame.messageId()) {
            case MessageId.LOCATION -> append(session, frame, at, length, rows, receiveMillis);
            case MessageId.LOCATION_BATCH -> appendBatch(session, frame, rows, receiveMillis);
            // 0x0201 and 0x0500: the serial that is answered goes before the same body.
            default -> append(session, frame, at + 2, length - 2, rows, receiveMillis);
        }
        if (rows.size() == first) {
            return false;
        }
        collector.due(session, frame, first);
        return true;
    }

    private void append(Session session, Frame frame, int offset, int length, PositionBatch rows, long receiveMillis) {
        LocationBody body = collector.locationBody();
        KnownDevice device = session.device;
        int row = body.append(frame.bytes(), offset, length, device.no(), device.datum(), receiveMillis, rows);
        if (row == LocationBody.TOO_SHORT) {
            String reason = "location body: %d bytes, at least %d are needed"
                    .formatted(Math.max(length, 0), LocationBody.FIXED_BYTES);
            server.report(FaultKind.BAD_BODY, session.phone, reason, frame);
        } else if (body.itemsTruncated()) {
            server.report(FaultKind.TRUNCATED_ITEM, session.phone, "items: the last one is cut short", frame);
        }
    }

    /** 0x0704 (since JT/T 808-2013): count, type, then each body after its length. What is whole is kept. */
    private void appendBatch(Session session, Frame frame, PositionBatch rows, long receiveMillis) {
        byte[] bytes = frame.bytes();
        int at = frame.bodyOffset() + 3;
        int end = frame.bodyOffset() + frame.bodyLength();
        int count = at <= end ? Bytes.word(bytes, at - 3) : 0;
        boolean buffered = at <= end && bytes[at - 1] == 1;
        int read = 0;
        while (read < count && at + 2 <= end && at + 2 + Bytes.word(bytes, at) <= end) {
            int length = Bytes.word(bytes, at);
            int before = rows.size();
            append(session, frame, at + 2, length, rows, receiveMillis);
            if (buffered && rows.size() > before) {
                rows.flag(before, PositionFlag.BUFFERED);
            }
            at += 2 + length;
            read++;
        }
        if (read < count || at != end) {
            String reason = "batch: says %d items, %d are whole, %d bytes are left"
                    .formatted(count, read, Math.max(end - at, 0));
            server.report(FaultKind.BAD_BODY, session.phone, reason, frame);
        }
    }
}
