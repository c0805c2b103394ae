package org.farwatch.api.cameras;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.springframework.stereotype.Component;

/** What {@code /actuator/metrics} tells of looking at cameras. */
@Component
class LookCounts implements MeterBinder {
    final LongAdder taken = new LongAdder();
    /** Too many waited. */
    final LongAdder leftOut = new LongAdder();
    /** Could not be decoded. */
    final LongAdder broken = new LongAdder();
    /** What is known of the camera could not be read, as the database did not answer. */
    final LongAdder unread = new LongAdder();
    /** Pictures of all cameras that wait to be looked at. */
    final AtomicInteger waiting = new AtomicInteger();

    @Override
    public void bindTo(MeterRegistry registry) {
        count(registry, "taken", taken);
        count(registry, "left-out", leftOut);
        count(registry, "broken", broken);
        count(registry, "unread", unread);
        Gauge.builder("farwatch.cameras.waiting", waiting, AtomicInteger::get).register(registry);
    }

    private static void count(MeterRegistry registry, String outcome, LongAdder counted) {
        FunctionCounter.builder("farwatch.cameras.looks", counted, LongAdder::sum)
                .tag("outcome", outcome)
                .register(registry);
    }
}
