package org.farwatch.api.devicerecordings;

import org.farwatch.api.access.Assignments;
import org.farwatch.api.access.ViewLog;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;
import tools.jackson.databind.json.JsonMapper;

/** The address at which recordings of devices are played. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DeviceRecordingSettings.class)
class DeviceRecordingConfiguration implements WebSocketConfigurer {
    private final Plays plays;
    private final RecordingDesk desk;
    private final Assignments assignments;
    private final ViewLog views;
    private final JsonMapper json;

    DeviceRecordingConfiguration(
            Plays plays, RecordingDesk desk, Assignments assignments, ViewLog views, JsonMapper json) {
        this.plays = plays;
        this.desk = desk;
        this.assignments = assignments;
        this.views = views;
        this.json = json;
    }

    @Override
    public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
        registry.addHandler(new PlaySocket(plays, json), PlaySocket.PATH)
                .addInterceptors(PlaySocket.door(desk, plays, assignments, views));
    }
}
