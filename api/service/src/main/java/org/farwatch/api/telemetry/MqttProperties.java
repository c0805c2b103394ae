package org.farwatch.api.telemetry;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code farwatch.mqtt.*}: where devices that speak MQTT publish.
 *
 * @param url broker to connect to, {@code tcp://host:port} or {@code ssl://host:port}; absent means the embedded one
 * @param caFile certificates in PEM of the authorities that may sign that broker's, for {@code ssl://}; absent means
 *     those that the JVM trusts
 * @param username for that broker
 * @param password for that broker
 * @param clientId names the session at that broker: keep it, and give each of several services its own
 * @param shareGroup name of a shared subscription when several services divide the devices, absent for one service
 * @param host address that the embedded broker binds to; loopback unless told otherwise
 * @param port of the embedded broker; 0 chooses a free one
 */
@ConfigurationProperties("farwatch.mqtt")
public record MqttProperties(
        String url,
        Path caFile,
        String username,
        String password,
        @DefaultValue("farwatch-ingest") String clientId,
        String shareGroup,
        @DefaultValue("127.0.0.1") String host,
        @DefaultValue("1883") int port) {}
