package org.farwatch.ingest.jt809;

import java.time.Duration;

/**
 * How to log in at a city platform.
 *
 * @param accessCode that it gave us, in the header of all messages
 * @param cipher constants of the body's encryption, null to send in clear
 * @param downAddress where it shall connect the slave link to, empty for no slave link
 * @param downPort that we listen on for it, 0 for none
 * @param bindHost address that the slave link's port is bound to
 */
public record UpwardSettings(
        long id,
        String name,
        String host,
        int port,
        long accessCode,
        long userId,
        String password,
        Edition edition,
        BodyCipher cipher,
        String downAddress,
        int downPort,
        String bindHost,
        Timing timing) {

    /**
     * @param keepAlive after so long without anything to send a keepalive is sent
     * @param patience for an answer, or for room to write; after that the link is broken
     * @param poll how long to wait for new positions before looking again
     * @param firstPause before the first try after a break; doubled each time
     * @param longestPause between tries
     */
    public record Timing(
            Duration keepAlive, Duration patience, Duration poll, Duration firstPause, Duration longestPause) {
        /** Sixty seconds of silence, three minutes of patience as the standard has them. */
        public static final Timing STANDARD = new Timing(
                Duration.ofSeconds(60),
                Duration.ofMinutes(3),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofMinutes(1));
    }

    /** Without its secrets, whoever writes it into a log. */
    @Override
    public String toString() {
        return "upward link " + name + " to " + host + ":" + port;
    }
}
