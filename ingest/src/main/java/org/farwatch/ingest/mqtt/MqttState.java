package org.farwatch.ingest.mqtt;

import java.time.Instant;

/**
 * Where the connection to the broker stands, for health and support.
 *
 * @param epoch counts connections from 1
 * @param since when this phase began
 * @param detail a sentence: why it waits, empty when all is well
 */
public record MqttState(Phase phase, long epoch, Instant since, String detail) {
    /** Stopped, connecting, connected; or connected no more and waiting to try again. */
    public enum Phase {
        STOPPED,
        CONNECTING,
        CONNECTED,
        WAITING
    }

    public boolean connected() {
        return phase == Phase.CONNECTED;
    }
}
