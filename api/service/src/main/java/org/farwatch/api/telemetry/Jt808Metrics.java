package org.farwatch.api.telemetry;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;
import org.farwatch.ingest.AckTimes;
import org.farwatch.ingest.jt808.Jt808Counters;
import org.springframework.stereotype.Component;

/** What the metrics tell of JT/T 808: connections, frames, acknowledgements and how long they took. */
@Component
class Jt808Metrics implements MeterBinder {
    private final Jt808Intake intake;

    Jt808Metrics(Jt808Intake intake) {
        this.intake = intake;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge(registry, "connections", all -> all.server().counters().openConnections());
        gauge(registry, "terminals", all -> all.server().terminalsOnline());
        gauge(registry, "packages.bytes", all -> all.server().packageBytes());
        count(registry, "frames", Jt808Counters::frames);
        count(registry, "positions", Jt808Counters::rows);
        count(registry, "acknowledged", Jt808Counters::acknowledgedRows);
        count(registry, "refused", Jt808Counters::refusedRows);
        count(registry, "answers.dropped", Jt808Counters::droppedAnswers);
        count(registry, "takeovers", Jt808Counters::takeovers);
        count(registry, "pauses", Jt808Counters::pauses);
        count(registry, "packages", Jt808Counters::packages);
        count(registry, "packages.assembled", Jt808Counters::assembled);
        count(registry, "packages.asked", Jt808Counters::askedAgain);
        AckTimes times = intake.server().counters().ackTimes();
        for (int i = 0; i < times.buckets(); i++) {
            int bucket = i;
            // A histogram as Prometheus reads one: histogram_quantile() over the label le.
            FunctionCounter.builder("farwatch.jt808.ack", times, all -> all.within(bucket))
                    .tag("le", times.upTo(i))
                    .register(registry);
        }
    }

    private void gauge(MeterRegistry registry, String name, ToDoubleFunction<Jt808Intake> figure) {
        Gauge.builder("farwatch.jt808." + name, intake, figure).register(registry);
    }

    private void count(MeterRegistry registry, String name, ToDoubleFunction<Jt808Counters> figure) {
        FunctionCounter.builder("farwatch.jt808." + name, intake.server().counters(), figure)
                .register(registry);
    }
}
