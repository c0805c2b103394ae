package org.farwatch.ingest.jt809;

import java.time.Duration;
import java.util.Set;

/**
 * How the superior side of JT/T 809 listens, {@code farwatch.jt809.*}.
 *
 * @param host address to bind to
 * @param port TCP port; 0 lets the system choose
 * @param idleTimeout after which a silent link counts as broken; three keepalives
 * @param loginTimeout within which a connection must have logged in
 * @param maxFrameLength unescaped bytes between delimiters; longer frames are skipped and counted
 * @param maxConnections more are closed at once and counted
 * @param maxVehicles of one platform, after which unknown ones are refused
 * @param slaveAddresses numeric addresses that a slave link may go to besides the platform's own
 */
public record Jt809Settings(
        String host,
        int port,
        Duration idleTimeout,
        Duration loginTimeout,
        int maxFrameLength,
        int maxConnections,
        int maxVehicles,
        Set<String> slaveAddresses) {
    /** @throws IllegalArgumentException naming the setting, its value and the rule */
    public Jt809Settings {
        if (host == null || host.isBlank()) {
            throw new IllegalArgumentException("farwatch.jt809.host must name an address to bind to, was empty");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("farwatch.jt809.port must be 0 to 65535, was " + port);
        }
        require("idle-timeout", idleTimeout);
        require("login-timeout", loginTimeout);
        if (maxFrameLength < 4096 || maxFrameLength > 1 << 20) {
            throw new IllegalArgumentException(
                    "farwatch.jt809.max-frame-length must be 4096 to 1048576, was " + maxFrameLength);
        }
        if (maxConnections < 1) {
            throw new IllegalArgumentException(
                    "farwatch.jt809.max-connections must be at least 1, was " + maxConnections);
        }
        if (maxVehicles < 1) {
            throw new IllegalArgumentException("farwatch.jt809.max-vehicles must be at least 1, was " + maxVehicles);
        }
        slaveAddresses = Set.copyOf(slaveAddresses);
    }

    private static void require(String name, Duration value) {
        if (value.toMillis() < 100) {
            throw new IllegalArgumentException(
                    "farwatch.jt809." + name + " must be at least 100 ms, was " + value.toMillis() + " ms");
        }
    }

    /** All defaults but the address. */
    public static Jt809Settings at(String host, int port) {
        return new Jt809Settings(
                host, port, Duration.ofMinutes(3), Duration.ofSeconds(30), 65_536, 200, 20_000, Set.of());
    }

    /** The same with another idle timeout. */
    public Jt809Settings withIdleTimeout(Duration timeout) {
        return new Jt809Settings(
                host, port, timeout, loginTimeout, maxFrameLength, maxConnections, maxVehicles, slaveAddresses);
    }

    /** The same with another time to log in. */
    public Jt809Settings withLoginTimeout(Duration timeout) {
        return new Jt809Settings(
                host, port, idleTimeout, timeout, maxFrameLength, maxConnections, maxVehicles, slaveAddresses);
    }
}
