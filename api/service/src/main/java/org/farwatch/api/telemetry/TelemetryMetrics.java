package org.farwatch.api.telemetry;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import org.farwatch.api.live.LiveHub;
import org.farwatch.api.org.DeviceRegister;
import org.farwatch.geo.StoreResult;
import org.farwatch.ingest.FaultKind;
import org.farwatch.ingest.Faults;
import org.farwatch.ingest.Protocol;
import org.farwatch.ingest.RowBudget;
import org.springframework.stereotype.Component;

/** What {@code /actuator/metrics} tells of the path of a position: every bound with how full it is. */
@Component
class TelemetryMetrics implements MeterBinder {
    private final PositionStore store;
    private final RowBudget budget;
    private final Faults faults;
    private final UndecodedTable undecoded;
    private final DeviceRegister register;
    private final LiveHub hub;
    private final DeviceDays days;

    TelemetryMetrics(
            PositionStore store,
            RowBudget budget,
            Faults faults,
            UndecodedTable undecoded,
            DeviceRegister register,
            LiveHub hub,
            DeviceDays days) {
        this.store = store;
        this.budget = budget;
        this.faults = faults;
        this.undecoded = undecoded;
        this.register = register;
        this.hub = hub;
        this.days = days;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (StoreResult result : StoreResult.values()) {
            FunctionCounter.builder("farwatch.positions", store, positions -> positions.count(result))
                    .tag("result", result.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        for (Protocol protocol : Protocol.values()) {
            for (FaultKind kind : FaultKind.values()) {
                FunctionCounter.builder("farwatch.faults", faults, counted -> counted.total(protocol, kind))
                        .tag("protocol", protocol.label())
                        .tag("kind", kind.label())
                        .register(registry);
            }
        }
        Gauge.builder("farwatch.rows.in-flight", budget, RowBudget::inFlight).register(registry);
        Gauge.builder("farwatch.rows.limit", budget, RowBudget::limit).register(registry);
        Gauge.builder("farwatch.devices", register, DeviceRegister::size).register(registry);
        Gauge.builder("farwatch.devices.online", register, all -> all.activity().onlineCount())
                .register(registry);
        Gauge.builder("farwatch.viewers", hub, LiveHub::viewers).register(registry);
        Gauge.builder("farwatch.days.unread", days, DeviceDays::unread).register(registry);
        FunctionCounter.builder("farwatch.undecoded.dropped", undecoded, UndecodedTable::dropped)
                .register(registry);
    }
}
