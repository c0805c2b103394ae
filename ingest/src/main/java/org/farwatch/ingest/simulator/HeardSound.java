package org.farwatch.ingest.simulator;

import java.util.Arrays;

/** What came out of a simulated loudspeaker. Safe for use by many threads. */
public final class HeardSound {
    /** Bytes that are kept; the oldest go first. */
    public static final int KEPT = 1 << 20;

    private byte[] kept = new byte[8_192];
    private int size;
    private long bytes;
    private int payloadType = -1;

    /** @param payloadType of its packet */
    public synchronized void add(int payloadType, byte[] packet, int offset, int length) {
        this.payloadType = payloadType;
        bytes += length;
        if (size + length > KEPT) {
            int drop = Math.min(size, size + length - KEPT);
            System.arraycopy(kept, drop, kept, 0, size - drop);
            size -= drop;
        }
        if (size + length > kept.length) {
            kept = Arrays.copyOf(kept, Math.min(KEPT, Math.max(2 * kept.length, size + length)));
        }
        System.arraycopy(packet, offset, kept, size, length);
        size += length;
    }

    /** Of sound, without the heads of packets. */
    public synchronized long bytes() {
        return bytes;
    }

    /** The last bytes of it, at most {@link #KEPT}. */
    public synchronized byte[] last() {
        return Arrays.copyOf(kept, size);
    }

    /** Of the last packet, -1 before the first. */
    public synchronized int payloadType() {
        return payloadType;
    }
}
