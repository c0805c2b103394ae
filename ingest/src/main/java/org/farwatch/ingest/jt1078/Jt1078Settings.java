package org.farwatch.ingest.jt1078;

import java.time.Duration;

/**
 * How media links are received, {@code farwatch.jt1078.*}.
 *
 * @param host address to bind to
 * @param port TCP and UDP, for live pictures; 0 lets the system choose
 * @param playbackPort the same for what terminals have stored, which no packet tells from live pictures
 * @param talkPort the same for the sound of talks, beside which live pictures of the same channel go on
 * @param idleTimeout after which a link is closed on which nothing comes that anybody asked for
 * @param maxConnections media links at once; more are closed at once and counted
 * @param threads that read sockets
 * @param maxPacket bytes of a packet without its head: 950 by the standard, which terminals exceed
 * @param maxFrame bytes of one picture
 * @param reorder packets that wait, on UDP, for one that is missing before them
 */
public record Jt1078Settings(
        String host,
        int port,
        int playbackPort,
        int talkPort,
        Duration idleTimeout,
        int maxConnections,
        int threads,
        int maxPacket,
        int maxFrame,
        int reorder) {
    /** @throws IllegalArgumentException naming the setting, its value and the rule */
    public Jt1078Settings {
        rule(host != null && !host.isBlank(), "host", "must name an address to bind to, was empty");
        rule(port >= 0 && port <= 65_535, "port", "must be 0 to 65535, was " + port);
        rule(playbackPort >= 0 && playbackPort <= 65_535, "playback-port", "must be 0 to 65535, was " + playbackPort);
        rule(
                port == 0 || port != playbackPort,
                "playback-port",
                "must be another one than farwatch.jt1078.port, was " + playbackPort);
        rule(talkPort >= 0 && talkPort <= 65_535, "talk-port", "must be 0 to 65535, was " + talkPort);
        rule(
                talkPort == 0 || talkPort != port && talkPort != playbackPort,
                "talk-port",
                "must be another one than farwatch.jt1078.port and playback-port, was " + talkPort);
        rule(
                idleTimeout.toMillis() >= 100,
                "idle-timeout",
                "must be at least 100 ms, was " + idleTimeout.toMillis() + " ms");
        rule(maxConnections >= 1, "max-connections", "must be at least 1, was " + maxConnections);
        rule(threads >= 1, "event-loop-threads", "must be at least 1, was " + threads);
        rule(maxPacket >= 950 && maxPacket <= 65_535, "max-packet", "must be 950 to 65535 bytes, was " + maxPacket);
        rule(
                maxFrame >= 65_536 && maxFrame <= 8_388_608,
                "max-frame",
                "must be 65536 to 8388608 bytes, was " + maxFrame);
        rule(reorder >= 0 && reorder <= 1_000, "reorder", "must be 0 to 1000 packets, was " + reorder);
    }

    /** The ordinary bounds, ports chosen by the system; for tests. */
    public static Jt1078Settings at(String host) {
        return new Jt1078Settings(host, 0, 0, 0, Duration.ofSeconds(30), 1_000, 1, 16_384, 2_097_152, 32);
    }

    private static void rule(boolean kept, String setting, String rule) {
        if (!kept) {
            throw new IllegalArgumentException("farwatch.jt1078." + setting + " " + rule);
        }
    }
}
