package org.farwatch.benchmarks.video;

import java.util.Arrays;
import java.util.Collection;

/**
 * How values are spread.
 *
 * @param p95 the least value that 95 % of them do not exceed
 */
public record Spread(int count, double least, double median, double p95, double most) {
    /** @throws IllegalArgumentException when there are none */
    static Spread of(Collection<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return new Spread(sorted.length, sorted[0], at(sorted, 0.5), at(sorted, 0.95), sorted[sorted.length - 1]);
    }

    private static double at(double[] sorted, double share) {
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }
}
