package org.farwatch.ingest.jt808;

import java.time.Duration;

/**
 * How the JT/T 808 server listens.
 *
 * @param host address or name to bind to, {@code farwatch.jt808.host}
 * @param port TCP port, {@code farwatch.jt808.port}; 0 lets the system choose
 * @param idleTimeout after which a silent terminal counts as gone and its connection is closed; three heartbeats
 * @param maxFrameLength unescaped bytes from header to checksum; longer frames are skipped and counted
 * @param maxConnections more are closed at once and counted
 * @param eventLoopThreads threads that read, decode and answer; each owns its connections
 * @param packages bounds of messages that come in several packages
 * @param commands how answers to commands are waited for
 */
public record Jt808Settings(
        String host,
        int port,
        Duration idleTimeout,
        int maxFrameLength,
        int maxConnections,
        int eventLoopThreads,
        PackageSettings packages,
        CommandSettings commands) {
    public static final int DEFAULT_PORT = 7611;
    public static final Duration DEFAULT_IDLE_TIMEOUT = Duration.ofMinutes(3);
    public static final int DEFAULT_MAX_CONNECTIONS = 20_000;

    /** @throws IllegalArgumentException naming the setting, its value and the rule */
    public Jt808Settings {
        if (host == null || host.isBlank()) {
            throw new IllegalArgumentException("farwatch.jt808.host must name an address to bind to, was empty");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("farwatch.jt808.port must be 0 to 65535, was " + port);
        }
        if (idleTimeout.toMillis() < 4) {
            throw new IllegalArgumentException(
                    "farwatch.jt808.idle-timeout must be at least 4 ms, was " + idleTimeout.toMillis() + " ms");
        }
        if (maxFrameLength < 1045 || maxFrameLength > 65_536) {
            throw new IllegalArgumentException(
                    "farwatch.jt808.max-frame-length must be 1045 (the longest legal frame) to 65536, was "
                            + maxFrameLength);
        }
        if (maxConnections < 1) {
            throw new IllegalArgumentException(
                    "farwatch.jt808.max-connections must be at least 1, was " + maxConnections);
        }
        if (eventLoopThreads < 1) {
            throw new IllegalArgumentException(
                    "farwatch.jt808.event-loop-threads must be at least 1, was " + eventLoopThreads);
        }
    }

    /** All defaults but the address; as many threads as processors. */
    public static Jt808Settings at(String host, int port) {
        return new Jt808Settings(
                host,
                port,
                DEFAULT_IDLE_TIMEOUT,
                FrameReader.DEFAULT_MAX_FRAME_LENGTH,
                DEFAULT_MAX_CONNECTIONS,
                Runtime.getRuntime().availableProcessors(),
                PackageSettings.DEFAULT,
                CommandSettings.DEFAULT);
    }

    /** The same with another idle timeout. */
    public Jt808Settings withIdleTimeout(Duration timeout) {
        return new Jt808Settings(
                host, port, timeout, maxFrameLength, maxConnections, eventLoopThreads, packages, commands);
    }

    /** The same with another limit of connections. */
    public Jt808Settings withMaxConnections(int most) {
        return new Jt808Settings(host, port, idleTimeout, maxFrameLength, most, eventLoopThreads, packages, commands);
    }

    /** The same with another number of event loops. */
    public Jt808Settings withEventLoopThreads(int threads) {
        return new Jt808Settings(host, port, idleTimeout, maxFrameLength, maxConnections, threads, packages, commands);
    }

    /** The same with other bounds of long messages. */
    public Jt808Settings withPackages(PackageSettings other) {
        return new Jt808Settings(
                host, port, idleTimeout, maxFrameLength, maxConnections, eventLoopThreads, other, commands);
    }

    /** The same with other waiting for answers. */
    public Jt808Settings withCommands(CommandSettings other) {
        return new Jt808Settings(
                host, port, idleTimeout, maxFrameLength, maxConnections, eventLoopThreads, packages, other);
    }
}
