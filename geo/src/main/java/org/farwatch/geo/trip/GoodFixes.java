package org.farwatch.geo.trip;

import java.util.Arrays;
import org.farwatch.geo.place.LocalMetres;
import org.farwatch.geo.track.Track;

/**
 * The positions of a track that can be true: placed, timed, accurate, and none that nothing could have driven to. Three
 * in a row that agree with each other are believed against what was before.
 *
 * @param fixes indices of the track, ascending
 * @param broken whether the way to this one is unknown, though it may have come without a gap
 */
@SuppressWarnings("ArrayRecordComponent") // passed from one class to the next, never compared
record GoodFixes(int[] fixes, boolean[] broken) {
    private static final float WORST_ACCURACY_METRES = 100;
    private static final int BELIEVED = 3;
    private static final double LONGEST_JUMP_METRES = 100;

    static GoodFixes of(Track track, TripRules rules) {
        int[] fixes = new int[track.size()];
        boolean[] broken = new boolean[track.size()];
        int size = 0;
        int[] doubted = new int[BELIEVED];
        int doubts = 0;
        for (int i = 0; i < track.size(); i++) {
            if (!track.isPlaced(i) || track.accuracy(i) > WORST_ACCURACY_METRES) {
                continue;
            }
            if (size == 0 || isDrivable(track, fixes[size - 1], i)) {
                fixes[size++] = i;
                doubts = 0;
                continue;
            }
            if (doubts > 0 && !isDrivable(track, doubted[doubts - 1], i)) {
                doubts = 0;
            }
            doubted[doubts++] = i;
            if (doubts == BELIEVED) {
                broken[size] = true;
                System.arraycopy(doubted, 0, fixes, size, BELIEVED);
                size += BELIEVED;
                doubts = 0;
            }
        }
        return new GoodFixes(Arrays.copyOf(fixes, size), Arrays.copyOf(broken, size));
    }

    private static boolean isDrivable(Track track, int from, int to) {
        double seconds = (track.time(to) - track.time(from)) / 1000.0;
        return metres(track, from, to) <= LONGEST_JUMP_METRES + LegFold.FASTEST_METRES_PER_SECOND * seconds;
    }

    static double metres(Track track, int a, int b) {
        return metres(track.longitude(a), track.latitude(a), track.longitude(b), track.latitude(b));
    }

    static double metres(double lonA, double latA, double lonB, double latB) {
        return LocalMetres.between(lonA, latA, lonB, latB);
    }
}
