package org.farwatch.api.telemetry;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Down while positions cannot be stored or the broker is gone: devices then keep what they have. */
@Component("intake")
class IntakeHealth implements HealthIndicator {
    private final PositionStore store;
    private final MqttIntake mqtt;

    IntakeHealth(PositionStore store, MqttIntake mqtt) {
        this.store = store;
        this.mqtt = mqtt;
    }

    @Override
    public Health health() {
        if (store.trouble() != null) {
            return Health.down().withDetail("positions", store.trouble()).build();
        }
        return mqtt.brokerRunning()
                ? Health.up().withDetail("mqtt", mqtt.state().phase()).build()
                : Health.down()
                        .withDetail("mqtt", "the embedded broker stopped")
                        .build();
    }
}
