package org.farwatch.geo;

/**
 * The third part of a position's identity (device, fix time, hash): 64 bits over what the device sent. JT/T 808 times
 * have a resolution of one second, so two different reports of one second must differ here while a resend must not.
 *
 * <p>The mixing steps are the 64-bit finaliser of MurmurHash3 (Appleby, public domain description); the value is stored,
 * so the function may never change. Not a defence against forgery; the proof chain is elsewhere.
 */
public final class BodyHash {
    private static final long SEED = 0x9E3779B97F4A7C15L;

    private BodyHash() {}

    /**
     * Hash of the fixed part of a JT/T 808 location body.
     *
     * @param a bytes 0 to 7 as a big-endian long (alarm, status)
     * @param b bytes 8 to 15 (latitude, longitude)
     * @param c bytes 16 to 23 (altitude, speed, direction, first two bytes of the time)
     * @param d bytes 24 to 27 (rest of the time)
     */
    public static long of(long a, long b, long c, int d) {
        long h = mix(SEED ^ a);
        h = mix(h * 31 + b);
        h = mix(h * 31 + c);
        return mix(h * 31 + d);
    }

    private static long mix(long value) {
        long h = value;
        h ^= h >>> 33;
        h *= 0xFF51AFD7ED558CCDL;
        h ^= h >>> 33;
        h *= 0xC4CEB9FE1A85EC53L;
        h ^= h >>> 33;
        return h;
    }
}
