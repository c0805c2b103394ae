package org.farwatch.api.telemetry;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import org.farwatch.api.Sealer;
import org.farwatch.geo.PositionBatch;

/**
 * Encrypts what a person's device sent off duty, each row bound to its identity. The key lies in {@code
 * FARWATCH_HOME/keys}, not in the database, so neither a dump nor an administrator's query shows a path.
 */
final class SealedPositions {
    private final Sealer sealer;

    /** @param secret URL-safe Base64 of 32 bytes */
    SealedPositions(String secret) {
        sealer = new Sealer(secret);
    }

    byte[] seal(PositionBatch batch, int row) {
        int items = batch.itemLength(row);
        ByteBuffer content = ByteBuffer.allocate(2 * 8 + 4 * 4 + 3 * 4 + items)
                .putDouble(batch.longitude(row))
                .putDouble(batch.latitude(row))
                .putFloat(batch.altitude(row))
                .putFloat(batch.speed(row))
                .putFloat(batch.heading(row))
                .putFloat(batch.accuracy(row))
                .putInt(batch.alarms(row))
                .putInt(batch.status(row))
                .putInt(batch.flags(row))
                .put(batch.itemBytes(), batch.itemOffset(row), items);
        return sealer.seal(content.array(), identity(batch.device(row), batch.fixTime(row), batch.bodyHash(row)));
    }

    /**
     * Appends the row that {@link #seal} hid.
     *
     * @throws IllegalStateException when key, identity or content were changed
     */
    void open(byte[] sealed, int device, long fixTime, long receiveTime, long bodyHash, PositionBatch into) {
        ByteBuffer content;
        try {
            content = ByteBuffer.wrap(sealer.open(sealed, identity(device, fixTime, bodyHash)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "the sealed position of device " + device + " at " + fixTime + " cannot be opened", e);
        }
        int row = into.append(device, fixTime, receiveTime, bodyHash);
        into.place(row, content.getDouble(), content.getDouble());
        into.motion(row, content.getFloat(), content.getFloat(), content.getFloat());
        into.accuracy(row, content.getFloat());
        into.state(row, content.getInt(), content.getInt());
        into.flags(row, content.getInt());
        int items = content.remaining();
        int offset = into.reserveItems(items);
        content.get(into.itemBytes(), offset, items);
    }

    private static byte[] identity(int device, long fixTime, long bodyHash) {
        return ByteBuffer.allocate(20)
                .putInt(device)
                .putLong(fixTime)
                .putLong(bodyHash)
                .array();
    }
}
