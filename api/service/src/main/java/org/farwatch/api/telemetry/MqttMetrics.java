package org.farwatch.api.telemetry;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;
import org.farwatch.ingest.mqtt.MqttCounts;
import org.springframework.stereotype.Component;

/** What the metrics tell of MQTT. */
@Component
class MqttMetrics implements MeterBinder {
    private final MqttIntake intake;

    MqttMetrics(MqttIntake intake) {
        this.intake = intake;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("farwatch.mqtt.connected", intake, all -> all.state().connected() ? 1 : 0)
                .register(registry);
        count(registry, "received", MqttCounts::received);
        count(registry, "acknowledged", MqttCounts::acknowledged);
        count(registry, "acknowledgements.stale", MqttCounts::stale);
        count(registry, "dropped", MqttCounts::dropped);
    }

    private void count(MeterRegistry registry, String name, ToDoubleFunction<MqttCounts> figure) {
        FunctionCounter.builder("farwatch.mqtt." + name, intake, all -> figure.applyAsDouble(all.counts()))
                .register(registry);
    }
}
