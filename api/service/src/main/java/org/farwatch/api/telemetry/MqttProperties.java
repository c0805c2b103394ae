package org.farwatch.api.telemetry;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code farwatch.mqtt.*}: where devices that speak MQTT publish.
 *
 * @param url broker to connect to, {@code tcp://host:port} or {@code ssl://host:port}; absent means the embedded one
 * @param username for that broker
 * @param password for that broker
 * @param shareGroup name of a shared subscription when several services divide the devices, absent for one service
 * @param host address that the embedded broker binds to; loopback unless told otherwise
 * @param port of the embedded broker; 0 chooses a free one
 */
@ConfigurationProperties("farwatch.mqtt")
public record MqttProperties(
        String url,
        String username,
        String password,
        String shareGroup,
        @DefaultValue("127.0.0.1") String host,
        @DefaultValue("1883") int port) {}
