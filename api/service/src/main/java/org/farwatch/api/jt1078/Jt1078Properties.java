package org.farwatch.api.jt1078;

import java.time.Duration;
import org.farwatch.ingest.jt1078.Jt1078Settings;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code farwatch.jt1078.*}: where vehicle terminals send pictures and sound. {@link Jt1078Settings} says what the
 * numbers may be.
 *
 * @param host address to bind to; loopback unless told otherwise
 * @param transport by which terminals are asked to send
 * @param eventLoopThreads 0 means one for each processor
 * @param linkTimeout within which a terminal that was asked must begin to send, and one that is spoken to open its link
 * @param answerTimeout how long somebody who asks what a terminal has recorded waits for its answer
 */
@ConfigurationProperties("farwatch.jt1078")
record Jt1078Properties(
        @DefaultValue("127.0.0.1") String host,
        @DefaultValue("7612") int port,
        @DefaultValue("7613") int playbackPort,
        @DefaultValue("7614") int talkPort,
        @DefaultValue("tcp") Transport transport,
        @DefaultValue("60s") Duration idleTimeout,
        @DefaultValue("2000") int maxConnections,
        @DefaultValue("0") int eventLoopThreads,
        @DefaultValue("16384") int maxPacket,
        @DefaultValue("2097152") int maxFrame,
        @DefaultValue("32") int reorder,
        @DefaultValue("10s") Duration linkTimeout,
        @DefaultValue("20s") Duration answerTimeout) {
    /** What media links go over. */
    enum Transport {
        TCP,
        UDP
    }

    Jt1078Properties {
        rule(linkTimeout, "link-timeout");
        rule(answerTimeout, "answer-timeout");
    }

    Jt1078Settings settings() {
        return new Jt1078Settings(
                host,
                port,
                playbackPort,
                talkPort,
                idleTimeout,
                maxConnections,
                eventLoopThreads == 0 ? Runtime.getRuntime().availableProcessors() : eventLoopThreads,
                maxPacket,
                maxFrame,
                reorder);
    }

    private static void rule(Duration value, String setting) {
        if (value.toMillis() < 100 || value.toMillis() > 60_000) {
            throw new IllegalArgumentException("farwatch.jt1078." + setting + " must be 100ms to 1m, was " + value);
        }
    }
}
