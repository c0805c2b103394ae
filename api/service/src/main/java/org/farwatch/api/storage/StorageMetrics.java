package org.farwatch.api.storage;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/** What retention of recordings did since the start. */
@Component
class StorageMetrics implements MeterBinder {
    private final RecordingRetention retention;
    private final UndeletedFiles undeleted;

    StorageMetrics(RecordingRetention retention, UndeletedFiles undeleted) {
        this.retention = retention;
        this.undeleted = undeleted;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        FunctionCounter.builder("farwatch.storage.deleted", retention, RecordingRetention::bytes)
                .baseUnit("bytes")
                .register(registry);
        FunctionCounter.builder("farwatch.storage.failures", retention, RecordingRetention::failures)
                .register(registry);
        Gauge.builder("farwatch.storage.undeleted", undeleted, UndeletedFiles::count)
                .baseUnit("files")
                .register(registry);
    }
}
