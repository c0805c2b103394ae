package org.farwatch.api.talk;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.springframework.stereotype.Component;

/** What {@code /actuator/metrics} tells of speaking to devices. */
@Component
class TalkCounts implements MeterBinder {
    /** Loudspeakers that are spoken to. */
    final AtomicInteger calls = new AtomicInteger();
    /** Messages from browsers that are no sound. */
    final LongAdder refused = new LongAdder();

    private final LongAdder sent = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final Map<Outcome, LongAdder> ended = new EnumMap<>(Outcome.class);

    TalkCounts() {
        for (Outcome outcome : Outcome.values()) {
            ended.put(outcome, new LongAdder());
        }
    }

    /** @param pieces of 20 ms */
    void ended(Outcome outcome, int pieces, int without) {
        ended.get(outcome).increment();
        sent.add(pieces);
        lost.add(without);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("farwatch.talk.calls", calls, AtomicInteger::get).register(registry);
        pieces(registry, "sent", sent);
        pieces(registry, "lost", lost);
        pieces(registry, "refused", refused);
        ended.forEach((outcome, count) -> FunctionCounter.builder("farwatch.talk.ended", count, LongAdder::sum)
                .tag("outcome", outcome.label())
                .register(registry));
    }

    private static void pieces(MeterRegistry registry, String outcome, LongAdder counted) {
        FunctionCounter.builder("farwatch.talk.pieces", counted, LongAdder::sum)
                .tag("outcome", outcome)
                .register(registry);
    }
}
