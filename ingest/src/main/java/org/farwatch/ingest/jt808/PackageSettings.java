package org.farwatch.ingest.jt808;

import java.time.Duration;

/**
 * How far messages that come in several packages may go, {@code farwatch.jt808.packages.*}.
 *
 * @param messageBytes of one message put together
 * @param terminalBytes of all unfinished messages of one terminal
 * @param totalBytes of the unfinished messages of all terminals, and of photographs that are being stored
 * @param silence after which missing packages are asked for
 * @param asks how often in a row before the message is given up
 * @param timeout from the first package; what is unfinished then is given up, whatever still comes
 */
public record PackageSettings(
        int messageBytes, int terminalBytes, long totalBytes, Duration silence, int asks, Duration timeout) {
    public static final PackageSettings DEFAULT =
            new PackageSettings(4 << 20, 8 << 20, 64L << 20, Duration.ofSeconds(10), 3, Duration.ofMinutes(10));

    /** @throws IllegalArgumentException naming the setting, its value and the rule */
    public PackageSettings {
        require(messageBytes >= 1024, "message-bytes must be at least 1024", messageBytes);
        require(terminalBytes >= messageBytes, "terminal-bytes must be at least message-bytes", terminalBytes);
        require(totalBytes >= terminalBytes, "total-bytes must be at least terminal-bytes", totalBytes);
        require(silence.toMillis() >= 4, "silence must be at least 4 ms", silence);
        require(asks >= 0 && asks <= 100, "asks must be 0 to 100", asks);
        require(timeout.compareTo(silence) >= 0, "timeout must be at least silence", timeout);
    }

    private static void require(boolean holds, String rule, Object value) {
        if (!holds) {
            throw new IllegalArgumentException("farwatch.jt808.packages." + rule + ", was " + value);
        }
    }
}
