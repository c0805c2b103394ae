package org.farwatch.api.zones;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.springframework.stereotype.Component;

/** What {@code /actuator/metrics} tells of looking at pictures. */
@Component
class PictureCounts implements MeterBinder {
    /** Decoded for a zone. */
    final LongAdder taken = new LongAdder();
    /** Came faster than they could be looked at. */
    final LongAdder leftOut = new LongAdder();
    /** Could not be decoded. */
    final LongAdder broken = new LongAdder();

    final LongAdder leads = new LongAdder();
    /** Pictures of all cameras that wait to be looked at. */
    final AtomicInteger waiting = new AtomicInteger();

    @Override
    public void bindTo(MeterRegistry registry) {
        count(registry, "taken", taken);
        count(registry, "left-out", leftOut);
        count(registry, "broken", broken);
        FunctionCounter.builder("farwatch.zones.leads", leads, LongAdder::sum).register(registry);
        Gauge.builder("farwatch.zones.waiting", waiting, AtomicInteger::get).register(registry);
    }

    private static void count(MeterRegistry registry, String outcome, LongAdder counted) {
        FunctionCounter.builder("farwatch.zones.pictures", counted, LongAdder::sum)
                .tag("outcome", outcome)
                .register(registry);
    }
}
