package org.farwatch.api.uploads;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;

/** What {@code /actuator/metrics} tells of uploads; read from the table every few seconds, so that figures never wait for it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(UploadSettings.class)
class UploadMetrics implements MeterBinder {
    private static final long READ_MILLIS = 10_000;

    private final UploadStock stock;
    private final CameraReports reports;
    private volatile long staged;
    private volatile Map<UploadState, Long> counts = Map.of();

    UploadMetrics(UploadStock stock, CameraReports reports) {
        this.stock = stock;
        this.reports = reports;
    }

    @Scheduled(fixedDelay = READ_MILLIS)
    void read() {
        try {
            staged = stock.stagedBytes();
            Map<UploadState, Long> now = new EnumMap<>(UploadState.class);
            for (UploadState state : UploadState.values()) {
                now.put(state, stock.count(state));
            }
            counts = now;
        } catch (DataAccessException _) {
            // The last figures stand; health says that the database is away.
        }
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("farwatch.uploads.staged", this, metrics -> metrics.staged)
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("farwatch.uploads.reports.waiting", reports, CameraReports::waiting)
                .register(registry);
        for (UploadState state : UploadState.values()) {
            Gauge.builder("farwatch.uploads", this, metrics -> metrics.counts.getOrDefault(state, 0L))
                    .tag("state", state.label())
                    .register(registry);
        }
    }
}
