package org.farwatch.api.org;

import java.time.Clock;
import java.util.List;
import org.farwatch.api.live.LiveHub;
import org.farwatch.api.live.LiveItem;
import org.farwatch.api.live.Topic;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;

/** The register in memory and what follows from its changes. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DeviceSettings.class)
class OrgConfiguration {
    private static final long WRITE_MILLIS = 5_000;

    private final ObjectProvider<DeviceActivity> activity;

    OrgConfiguration(ObjectProvider<DeviceActivity> activity) {
        this.activity = activity;
    }

    @Bean
    @DependsOnDatabaseInitialization
    DeviceActivity deviceActivity(JdbcClient jdbc, ObjectProvider<DeviceRegister> register, LiveHub hub) {
        return new DeviceActivity(jdbc, no -> announce(register.getObject(), no, hub));
    }

    @Bean
    @DependsOnDatabaseInitialization
    DeviceRegister deviceRegister(
            JdbcClient jdbc, DeviceSettings settings, DeviceActivity deviceActivity, Clock clock) {
        return new DeviceRegister(jdbc, settings, deviceActivity, clock);
    }

    @Scheduled(fixedDelay = WRITE_MILLIS)
    void writeActivity() {
        activity.getObject().write();
    }

    /** @param lastSeen ISO-8601 or null */
    record DeviceState(String id, boolean online, String lastSeen) {}

    private static void announce(DeviceRegister register, int no, LiveHub hub) {
        RegisteredDevice device = register.byNo(no);
        if (device != null) {
            DeviceActivity.State state = register.activity().of(no);
            hub.publish(
                    Topic.DEVICES,
                    List.of(LiveItem.of(
                            device.squadNo(),
                            new DeviceState(
                                    device.known().id(),
                                    state.online(),
                                    state.lastSeen() == null
                                            ? null
                                            : state.lastSeen().toString()))));
        }
    }
}
