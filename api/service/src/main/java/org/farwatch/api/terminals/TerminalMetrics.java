package org.farwatch.api.terminals;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import org.farwatch.ingest.TerminalSink.Outcome;
import org.springframework.stereotype.Component;

/** What {@code /actuator/metrics} tells of what terminals send besides positions. */
@Component
class TerminalMetrics implements MeterBinder {
    private final TerminalStore store;

    TerminalMetrics(TerminalStore store) {
        this.store = store;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (TerminalStore.Kind kind : TerminalStore.Kind.values()) {
            for (Outcome outcome : Outcome.values()) {
                FunctionCounter.builder("farwatch.terminals.messages", store, all -> all.count(kind, outcome))
                        .tag("kind", kind.name().toLowerCase(Locale.ROOT))
                        .tag("result", outcome.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .register(registry);
            }
        }
        Gauge.builder("farwatch.terminals.waiting", store, TerminalStore::waiting)
                .register(registry);
    }
}
