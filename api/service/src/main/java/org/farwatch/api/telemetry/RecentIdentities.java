package org.farwatch.api.telemetry;

import java.util.Arrays;

/**
 * The last few identities of each device, so that an ordinary resend costs no trip to the database. A miss is harmless:
 * the table's key decides. Owned by one writer thread; bounded by the register's size.
 */
final class RecentIdentities {
    private static final int PER_DEVICE = 16;

    private static final class Ring {
        private final long[] fixTime = new long[PER_DEVICE];
        private final long[] hash = new long[PER_DEVICE];
        private int next;
        private int filled;
    }

    /** By device number, which the register gives out densely. */
    private Ring[] rings = new Ring[1024];

    /** Remembers the identity. @return false when it was there already */
    boolean add(int device, long fixTime, long hash) {
        Ring ring = ring(device);
        for (int i = 0; i < ring.filled; i++) {
            if (ring.fixTime[i] == fixTime && ring.hash[i] == hash) {
                return false;
            }
        }
        ring.fixTime[ring.next] = fixTime;
        ring.hash[ring.next] = hash;
        ring.next = (ring.next + 1) % PER_DEVICE;
        ring.filled = Math.min(PER_DEVICE, ring.filled + 1);
        return true;
    }

    /** Forgets a device's identities: after one of its rows was refused. */
    void forget(int device) {
        if (device < rings.length) {
            rings[device] = null;
        }
    }

    private Ring ring(int device) {
        if (device >= rings.length) {
            rings = Arrays.copyOf(rings, Math.max(device + 1, rings.length * 2));
        }
        Ring ring = rings[device];
        if (ring == null) {
            ring = new Ring();
            rings[device] = ring;
        }
        return ring;
    }
}
