package org.farwatch.api.telemetry;

import java.time.Duration;
import org.farwatch.ingest.jt808.PackageSettings;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code farwatch.jt808.*}: where vehicle terminals connect.
 *
 * @param host address to bind to; loopback unless told otherwise
 * @param idleTimeout after which a silent terminal counts as gone
 * @param maxFrameLength unescaped bytes from header to checksum
 * @param maxConnections more are closed at once
 * @param eventLoopThreads 0 means one for each processor
 * @param packages bounds of messages that come in several packages
 * @param commandTimeout after which a command is sent again the first time
 * @param commandTries times that a command is sent
 * @param commandsOfTerminal of one terminal that may wait for answers
 * @param commandsAtAll of all terminals together
 */
@ConfigurationProperties("farwatch.jt808")
public record Jt808Properties(
        @DefaultValue("127.0.0.1") String host,
        @DefaultValue("7611") int port,
        @DefaultValue("180s") Duration idleTimeout,
        @DefaultValue("2200") int maxFrameLength,
        @DefaultValue("20000") int maxConnections,
        @DefaultValue("0") int eventLoopThreads,
        @DefaultValue Packages packages,
        @DefaultValue("10s") Duration commandTimeout,
        @DefaultValue("3") int commandTries,
        @DefaultValue("8") int commandsOfTerminal,
        @DefaultValue("4096") int commandsAtAll) {
    /** As {@link PackageSettings}; sizes in bytes. */
    public record Packages(
            @DefaultValue("4194304") int messageBytes,
            @DefaultValue("8388608") int terminalBytes,
            @DefaultValue("67108864") long totalBytes,
            @DefaultValue("10s") Duration silence,
            @DefaultValue("3") int asks,
            @DefaultValue("10m") Duration timeout) {
        PackageSettings settings() {
            return new PackageSettings(messageBytes, terminalBytes, totalBytes, silence, asks, timeout);
        }
    }
}
