package org.farwatch.ingest.nmea;

import java.time.Duration;

/**
 * How the NMEA server listens, {@code farwatch.nmea.*}.
 *
 * @param host address to bind to
 * @param port TCP and UDP; 0 lets the system choose
 * @param idleTimeout after which a silent connection is closed
 * @param maxConnections more are closed at once and counted
 * @param preamble by which devices say who they are
 */
public record NmeaSettings(String host, int port, Duration idleTimeout, int maxConnections, Preamble preamble) {
    /** @throws IllegalArgumentException naming the setting, its value and the rule */
    public NmeaSettings {
        if (host == null || host.isBlank()) {
            throw new IllegalArgumentException("farwatch.nmea.host must name an address to bind to, was empty");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("farwatch.nmea.port must be -1 (off) or 0 to 65535, was " + port);
        }
        if (idleTimeout.toMillis() < 100) {
            throw new IllegalArgumentException(
                    "farwatch.nmea.idle-timeout must be at least 100 ms, was " + idleTimeout.toMillis() + " ms");
        }
        if (maxConnections < 1) {
            throw new IllegalArgumentException(
                    "farwatch.nmea.max-connections must be at least 1, was " + maxConnections);
        }
    }
}
