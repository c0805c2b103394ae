package org.farwatch.api.telemetry;

import java.time.Duration;
import org.farwatch.ingest.nmea.Preamble;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code farwatch.nmea.*}: where receivers that speak NMEA 0183 connect.
 *
 * @param host address to bind to; loopback unless told otherwise
 * @param port TCP and UDP; -1 is off, 0 lets the system choose
 * @param idleTimeout after which a silent connection is closed
 * @param maxConnections more are closed at once
 * @param preamble regular expression of the line by which a device says who it is; absent means {@link Preamble#DEFAULT}
 */
@ConfigurationProperties("farwatch.nmea")
public record NmeaProperties(
        @DefaultValue("127.0.0.1") String host,
        @DefaultValue("-1") int port,
        @DefaultValue("5m") Duration idleTimeout,
        @DefaultValue("5000") int maxConnections,
        String preamble) {}
