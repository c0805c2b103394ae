package org.farwatch.ingest.media.rtp;

/**
 * Where packets are received.
 *
 * @param host address to bind
 * @param firstPort first of the range; only even ones are used (RFC 3550, 11), each by one session
 * @param lastPort last of the range
 * @param eventLoopThreads threads that receive and cut pictures
 */
public record RtpSettings(String host, int firstPort, int lastPort, int eventLoopThreads) {
    public static final int DEFAULT_FIRST_PORT = 30_000;
    public static final int DEFAULT_LAST_PORT = 30_499;

    /** @throws IllegalArgumentException naming what is out of its range */
    public RtpSettings {
        if (firstPort < 1 || lastPort > 65_535 || firstPort + (firstPort & 1) > lastPort) {
            throw new IllegalArgumentException("RTP ports: must be a range of 1 to 65535 with an even port in it, was "
                    + firstPort + " to " + lastPort);
        }
        if (eventLoopThreads < 1 || eventLoopThreads > 64) {
            throw new IllegalArgumentException("RTP event loops: must be 1 to 64, was " + eventLoopThreads);
        }
    }

    /** Sessions that may be open at a time: the even ports of the range. */
    public int maxSessions() {
        return lastPort / 2 - (firstPort + 1) / 2 + 1;
    }
}
