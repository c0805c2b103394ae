package org.farwatch.ingest.sip;

/**
 * Where and as whom we speak SIP.
 *
 * @param setting name of the setting of the port, for the sentence when it cannot be bound
 * @param host address to bind to
 * @param advertised address that devices reach us at; stands in Via, Contact and SDP
 * @param port UDP and TCP; 0 chooses one that is free in both
 * @param user our 20-digit code
 * @param domain our domain, 10 digits
 * @param threads that read datagrams, 1 to 64
 * @param maxConnections over TCP, 1 or more
 * @param messagesPerSecond of one peer in the long run, 1 or more; {@code burst} at once
 */
public record SipSettings(
        String setting,
        String host,
        String advertised,
        int port,
        String user,
        String domain,
        int threads,
        int maxConnections,
        int messagesPerSecond,
        int burst) {
    /** Bytes of a message at most. */
    public static final int MAX_MESSAGE = 1024 * 1024;

    public SipSettings {
        require(port >= 0 && port <= 65_535, setting + " must be 0 to 65535, was " + port);
        require(threads >= 1 && threads <= 64, "threads must be 1 to 64, was " + threads);
        require(maxConnections >= 1, "max-connections must be at least 1, was " + maxConnections);
        require(messagesPerSecond >= 1, "messages-per-second must be at least 1, was " + messagesPerSecond);
        require(burst >= messagesPerSecond, "burst must be at least messages-per-second, was " + burst);
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
