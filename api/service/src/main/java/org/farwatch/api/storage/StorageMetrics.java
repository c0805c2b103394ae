package org.farwatch.api.storage;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/** What retention of recordings did since the start. */
@Component
class StorageMetrics implements MeterBinder {
    private final RecordingRetention retention;

    StorageMetrics(RecordingRetention retention) {
        this.retention = retention;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        FunctionCounter.builder("farwatch.storage.deleted", retention, RecordingRetention::bytes)
                .baseUnit("bytes")
                .register(registry);
        FunctionCounter.builder("farwatch.storage.failures", retention, RecordingRetention::failures)
                .register(registry);
    }
}
