package org.farwatch.api.inspection;

import java.util.stream.IntStream;

/** Pearson's test of whether counts are as they would be if everything were equally likely. */
final class ChiSquare {
    /** One in a thousand: seeds are fixed, so a test passes always or never. */
    private static final double NORMAL_QUANTILE = 3.0902;

    private ChiSquare() {}

    static double of(int[] counts, long total) {
        double expected = (double) total / counts.length;
        return IntStream.of(counts)
                .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                .sum();
    }

    /** What one in a thousand exceeds by chance, after Wilson and Hilferty (1931). */
    static double critical(int degrees) {
        double ninth = 2.0 / (9 * degrees);
        double root = 1 - ninth + NORMAL_QUANTILE * Math.sqrt(ninth);
        return degrees * root * root * root;
    }
}
