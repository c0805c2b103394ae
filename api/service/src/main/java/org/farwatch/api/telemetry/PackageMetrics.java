package org.farwatch.api.telemetry;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.farwatch.ingest.jt808.Jt808Counters;
import org.springframework.stereotype.Component;

/** What {@code /actuator/metrics} tells of messages that come in several packages. */
@Component
class PackageMetrics implements MeterBinder {
    private final Jt808Intake intake;

    PackageMetrics(Jt808Intake intake) {
        this.intake = intake;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Jt808Counters counters = intake.server().counters();
        FunctionCounter.builder("farwatch.jt808.packages", counters, Jt808Counters::packages)
                .register(registry);
        FunctionCounter.builder("farwatch.jt808.packages.assembled", counters, Jt808Counters::assembled)
                .register(registry);
        FunctionCounter.builder("farwatch.jt808.packages.asked", counters, Jt808Counters::askedAgain)
                .register(registry);
        Gauge.builder(
                        "farwatch.jt808.packages.bytes",
                        intake,
                        all -> all.server().packageBytes())
                .register(registry);
    }
}
