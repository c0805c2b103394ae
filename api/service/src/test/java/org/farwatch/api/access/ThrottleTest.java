package org.farwatch.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private final AtomicLong nanos = new AtomicLong();
    private final Throttle throttle = new Throttle(3, nanos::get);

    @Test
    void afterItsTriesAnAddressWaitsForTheEndOfTheMinuteAndOthersDoNot() {
        for (int i = 0; i < 3; i++) {
            assertThat(throttle.take("10.0.0.1")).isZero();
        }
        nanos.addAndGet(Duration.ofSeconds(20).toNanos());

        assertThat(throttle.take("10.0.0.1")).isEqualTo(Duration.ofSeconds(40));
        assertThat(throttle.take("10.0.0.2")).isZero();

        nanos.addAndGet(Duration.ofSeconds(40).toNanos());
        assertThat(throttle.take("10.0.0.1")).isZero();
    }

    @Test
    void waitingDoesNotBeginAnewWithEachTryInVain() {
        for (int i = 0; i < 10; i++) {
            throttle.take("10.0.0.1");
            nanos.addAndGet(Duration.ofSeconds(6).toNanos());
        }

        assertThat(throttle.take("10.0.0.1")).isZero();
    }

    @Test
    void aRightTryGivesBackItsOwnPlaceOnly() {
        throttle.take("10.0.0.1");
        throttle.take("10.0.0.1");
        throttle.take("10.0.0.1");
        throttle.giveBack("10.0.0.1");

        assertThat(throttle.take("10.0.0.1")).isZero();
        assertThat(throttle.take("10.0.0.1")).isPositive();
    }

    @Test
    void theAddressesOfOneIpv6SubscriberCountTogether() {
        throttle.take("2001:db8:0:1:0:0:0:1");
        throttle.take("2001:db8:0:1::2");
        throttle.take("2001:db8:0:1:ffff:ffff:ffff:ffff");

        assertThat(throttle.take("2001:db8:0:1::3")).isPositive();
        assertThat(throttle.take("2001:db8:0:2::3")).isZero();
    }
}
