package org.farwatch.api.telemetry;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.farwatch.geo.PositionBatch;

/**
 * Rows in PostgreSQL's binary COPY format (PostgreSQL manual, COPY, "Binary Format"), reused from group to group.
 * Owned by one writer thread.
 */
public final class CopyBuffer {
    /** The columns of {@link #add}, in order. */
    public static final String COLUMNS = "device_no, fix_time, body_hash, receive_time, longitude, latitude,"
            + " altitude, speed, heading, accuracy, alarms, status, flags, items";

    private static final int COLUMN_COUNT = 14;
    /** Fixed bytes of a row: field count, 14 lengths, the values. */
    private static final int ROW_BYTES = 2 + COLUMN_COUNT * 4 + 4 + 3 * 8 + 2 * 8 + 4 * 4 + 3 * 4;
    /** 2000-01-01 UTC in milliseconds since 1970: PostgreSQL's epoch. */
    private static final long POSTGRES_EPOCH_MILLIS = 946_684_800_000L;

    private static final byte[] HEADER = header();
    private static final int NULL = -1;

    private byte[] bytes = new byte[64 * 1024];
    private int length;

    public CopyBuffer() {
        clear();
    }

    /** Starts a new COPY: signature, no flags, no header extension. */
    public void clear() {
        System.arraycopy(HEADER, 0, bytes, 0, HEADER.length);
        length = HEADER.length;
    }

    /** The bytes to send are {@code bytes()[0, length())}, valid until the next change. */
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    public void add(PositionBatch batch, int row) {
        int itemLength = batch.itemLength(row);
        ensure(ROW_BYTES + itemLength);
        putShort(COLUMN_COUNT);
        int4(batch.device(row));
        timestamp(batch.fixTime(row));
        int8(batch.bodyHash(row));
        timestamp(batch.receiveTime(row));
        float8(batch.longitude(row));
        float8(batch.latitude(row));
        float4(batch.altitude(row));
        float4(batch.speed(row));
        float4(batch.heading(row));
        float4(batch.accuracy(row));
        int4(batch.alarms(row));
        int4(batch.status(row));
        int4(batch.flags(row));
        if (itemLength == 0) {
            putInt(NULL);
        } else {
            putInt(itemLength);
            System.arraycopy(batch.itemBytes(), batch.itemOffset(row), bytes, length, itemLength);
            length += itemLength;
        }
    }

    /** Ends the COPY with its trailer. */
    public void finish() {
        ensure(2);
        putShort(-1);
    }

    private void timestamp(long epochMillis) {
        int8((epochMillis - POSTGRES_EPOCH_MILLIS) * 1000);
    }

    private void int4(int value) {
        putInt(4);
        putInt(value);
    }

    private void int8(long value) {
        putInt(8);
        putLong(value);
    }

    private void float4(float value) {
        if (Float.isNaN(value)) {
            putInt(NULL);
        } else {
            int4(Float.floatToRawIntBits(value));
        }
    }

    private void float8(double value) {
        if (Double.isNaN(value)) {
            putInt(NULL);
        } else {
            int8(Double.doubleToRawLongBits(value));
        }
    }

    private void putShort(int value) {
        bytes[length++] = (byte) (value >>> 8);
        bytes[length++] = (byte) value;
    }

    private void putInt(int value) {
        bytes[length++] = (byte) (value >>> 24);
        bytes[length++] = (byte) (value >>> 16);
        bytes[length++] = (byte) (value >>> 8);
        bytes[length++] = (byte) value;
    }

    private void putLong(long value) {
        putInt((int) (value >>> 32));
        putInt((int) value);
    }

    private void ensure(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
        }
    }

    private static byte[] header() {
        byte[] signature = "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
        return Arrays.copyOf(signature, signature.length + 8);
    }
}
