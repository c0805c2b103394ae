package org.farwatch.api.platforms;

import java.time.Duration;
import java.util.Set;
import org.farwatch.ingest.jt809.Jt809Settings;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code farwatch.jt809.*}: where subordinate platforms connect, and what waits for city platforms.
 *
 * @param host address to bind to; loopback unless told otherwise; the slave links of city platforms come to it as well
 * @param port TCP port; 0 lets the system choose
 * @param idleTimeout after which a silent link counts as broken
 * @param loginTimeout within which a connection must have logged in
 * @param maxFrameLength unescaped bytes between delimiters
 * @param maxConnections more are closed at once
 * @param maxVehicles of one platform
 * @param slaveAddresses that a slave link may go to besides the platform's own
 * @param queueRows positions that wait for one city platform at most; beyond, the oldest are given up and counted
 */
@ConfigurationProperties("farwatch.jt809")
public record PlatformProperties(
        @DefaultValue("127.0.0.1") String host,
        @DefaultValue("7809") int port,
        @DefaultValue("180s") Duration idleTimeout,
        @DefaultValue("30s") Duration loginTimeout,
        @DefaultValue("65536") int maxFrameLength,
        @DefaultValue("200") int maxConnections,
        @DefaultValue("20000") int maxVehicles,
        Set<String> slaveAddresses,
        @DefaultValue("5000000") long queueRows) {

    public PlatformProperties {
        if (queueRows < 1) {
            throw new IllegalArgumentException("farwatch.jt809.queue-rows must be at least 1, was " + queueRows);
        }
        slaveAddresses = slaveAddresses == null ? Set.of() : Set.copyOf(slaveAddresses);
    }

    Jt809Settings listening() {
        return new Jt809Settings(
                host, port, idleTimeout, loginTimeout, maxFrameLength, maxConnections, maxVehicles, slaveAddresses);
    }
}
