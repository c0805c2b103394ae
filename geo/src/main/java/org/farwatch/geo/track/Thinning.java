package org.farwatch.geo.track;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Leaves out positions that a map of some zoom does not need. Whoever moves evenly in time from one kept position to the
 * next is at each fix time nearer than {@value #MOST_PIXELS} pixels to where the device was; so the line is right to
 * that too, and a stop keeps its beginning and its end.
 *
 * <p>Douglas and Peucker (1973) with the distance at equal time (Meratnia and de By 2004, "top-down time ratio"), without
 * recursion. Cost: for n positions between n and n²/2 distances, n log n for a real track; hand long tracks over in
 * parts, which share their ends. Threads: one owner; the room is used again.
 */
public final class Thinning {
    /** How far a position that was left out may lie off. */
    public static final double MOST_PIXELS = 0.5;

    private final double zoom;
    private double[] x = new double[0];
    private double[] y = new double[0];
    /** Ends of stretches that are still to be looked at, in pairs. */
    private int[] stack = new int[128];

    /** @param zoom of a map with tiles of 512 pixels, 0 to 24 */
    public Thinning(double zoom) {
        if (!(zoom >= 0 && zoom <= 24)) {
            throw new IllegalArgumentException("zoom must lie within 0 and 24, was " + zoom);
        }
        this.zoom = zoom;
    }

    /**
     * Which positions to keep: the first, the last, those in {@code needed}, and what the others ask for.
     *
     * @param track with placed positions only
     * @param needed indices of the track
     */
    public BitSet keep(Track track, BitSet needed) {
        int size = track.size();
        BitSet kept = new BitSet(size);
        if (size == 0) {
            return kept;
        }
        project(track);
        kept.or(needed);
        kept.set(0);
        kept.set(size - 1);
        int from = 0;
        for (int to = kept.nextSetBit(1); to > 0; to = kept.nextSetBit(to + 1)) {
            thin(track, from, to, kept);
            from = to;
        }
        return kept;
    }

    private void project(Track track) {
        if (x.length < track.size()) {
            x = new double[track.size()];
            y = new double[track.size()];
        }
        for (int i = 0; i < track.size(); i++) {
            x[i] = Mercator.x(track.longitude(i), zoom);
            y[i] = Mercator.y(track.latitude(i), zoom);
        }
    }

    private void thin(Track track, int first, int last, BitSet kept) {
        int depth = 0;
        stack[depth++] = first;
        stack[depth++] = last;
        while (depth > 0) {
            int to = stack[--depth];
            int from = stack[--depth];
            int farthest = farthest(track, from, to);
            if (farthest < 0) {
                continue;
            }
            kept.set(farthest);
            if (depth + 4 > stack.length) {
                stack = Arrays.copyOf(stack, stack.length * 2);
            }
            stack[depth++] = from;
            stack[depth++] = farthest;
            stack[depth++] = farthest;
            stack[depth++] = to;
        }
    }

    /** The position between the two that lies farthest off, -1 when none lies too far. */
    private int farthest(Track track, int from, int to) {
        long start = track.time(from);
        double span = Math.max(1, track.time(to) - start);
        double dx = x[to] - x[from];
        double dy = y[to] - y[from];
        double most = MOST_PIXELS * MOST_PIXELS;
        int found = -1;
        for (int i = from + 1; i < to; i++) {
            double part = (track.time(i) - start) / span;
            double offX = x[i] - x[from] - part * dx;
            double offY = y[i] - y[from] - part * dy;
            double off = offX * offX + offY * offY;
            if (off >= most) {
                most = off;
                found = i;
            }
        }
        return found;
    }
}
