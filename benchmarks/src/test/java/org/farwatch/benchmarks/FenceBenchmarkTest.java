package org.farwatch.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FenceBenchmarkTest {
    /** Each position's areas are compared where the benchmark is prepared, which throws when two differ. */
    @Test
    void theIndexFindsWhatJtsFindsForAHundredThousandPositionsInTenThousandAreas() {
        FenceBenchmark benchmark = new FenceBenchmark();
        benchmark.prepare();
        assertThat(benchmark.index()).isEqualTo(benchmark.jts()).isGreaterThan(FenceBenchmark.POINTS / 2);
    }
}
