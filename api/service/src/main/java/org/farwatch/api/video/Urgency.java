package org.farwatch.api.video;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Which streams are urgent now, for those that decide who may send: asked often and under locks, so read again and again
 * in the background and answered from memory. While the database is away the last that is known holds.
 */
@Component
class Urgency {
    /** Of an alert that nobody closes. */
    static final Duration LONGEST = Duration.ofHours(24);

    private static final long ALERTS_MILLIS = 2_000;
    private static final long REQUIRED_MILLIS = 15_000;
    private static final Logger LOG = LoggerFactory.getLogger(Urgency.class);

    private final JdbcClient jdbc;
    private final RequiredRecordings recordings;
    private final Clock clock;
    private volatile Alarmed alarmed = new Alarmed(Set.of(), Set.of());
    private volatile Set<Long> required = Set.of();

    private record Alarmed(Set<Long> streams, Set<Integer> devices) {}

    Urgency(JdbcClient jdbc, RequiredRecordings recordings, Clock clock) {
        this.jdbc = jdbc;
        this.recordings = recordings;
        this.clock = clock;
    }

    /**
     * Whether a critical alert of somebody in need or of the device itself is open, not older than {@link #LONGEST}: about
     * this stream, or about its device without naming a stream. One about a single camera of a platform does not make its
     * thousands of others urgent.
     *
     * @param device number, null for a stream of none
     */
    boolean alarmed(long stream, Integer device) {
        Alarmed now = alarmed;
        return now.streams().contains(stream) || device != null && now.devices().contains(device);
    }

    /** Whether it has to be recorded now. */
    boolean required(long stream) {
        return required.contains(stream);
    }

    @Scheduled(fixedDelay = ALERTS_MILLIS)
    void readAlerts() {
        Set<Long> streams = new HashSet<>();
        Set<Integer> devices = new HashSet<>();
        Instant since = clock.instant().minus(LONGEST);
        try {
            jdbc.sql("""
                    select stream_id, device_no from alert
                    where severity = 'critical' and state in ('new', 'confirmed') and overtaken_at is null
                        and kind in ('sos', 'device-alarm') and raised_at > :since""").param("since", Timestamp.from(since)).query((RowCallbackHandler) row -> {
                Long stream = row.getObject("stream_id", Long.class);
                Integer device = row.getObject("device_no", Integer.class);
                if (stream != null) {
                    streams.add(stream);
                } else if (device != null) {
                    devices.add(device);
                }
            });
            alarmed = new Alarmed(streams, devices);
        } catch (DataAccessException e) {
            LOG.warn("which streams are urgent is not known anew: {}", e.getMessage());
        }
    }

    @Scheduled(fixedDelay = REQUIRED_MILLIS)
    void readRequired() {
        try {
            required = recordings.now();
        } catch (DataAccessException e) {
            LOG.warn("which streams have to be recorded is not known anew: {}", e.getMessage());
        }
    }
}
