package org.farwatch.ingest.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FloodgateTest {
    private final AtomicLong nanos = new AtomicLong();
    private final Floodgate gate = new Floodgate(10, 20, nanos::get);

    @Test
    void aBurstPassesAndThenSoManyASecond() {
        assertThat(passed("10.0.0.1", 50)).isEqualTo(20);
        nanos.addAndGet(1_000_000_000L);
        assertThat(passed("10.0.0.1", 50)).isEqualTo(10);
        nanos.addAndGet(3_600_000_000_000L);
        assertThat(passed("10.0.0.1", 50)).as("never more than a burst").isEqualTo(20);
    }

    @Test
    void oneAddressCostsNoOtherAnything() {
        assertThat(passed("10.0.0.1", 50)).isEqualTo(20);
        assertThat(passed("10.0.0.2", 50)).isEqualTo(20);
    }

    private int passed(String address, int messages) {
        int passed = 0;
        for (int i = 0; i < messages; i++) {
            passed += gate.passes(address) ? 1 : 0;
        }
        return passed;
    }
}
