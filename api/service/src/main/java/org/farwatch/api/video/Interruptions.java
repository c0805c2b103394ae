package org.farwatch.api.video;

import jakarta.annotation.PreDestroy;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.farwatch.api.database.LaterWrites;
import org.farwatch.ingest.media.OfflineCause;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * When streams had no pictures, and why: each stretch is one row, of its first cause. Written by one thread behind a
 * bounded queue, so that a slow database stops no stream.
 */
@Component
class Interruptions {
    /** Cause of a stream that is not to be fetched at the moment: it was changed, or the service ends. */
    static final String STOPPED = OfflineCause.STOPPED.label();

    private static final int QUEUE = 10_000;

    private final JdbcClient jdbc;
    private final LaterWrites later = new LaterWrites("interruptions", QUEUE);

    Interruptions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Who knows why there is nothing. */
    enum Origin {
        /** No pictures came. */
        SOURCE,
        /** They came and could not be written. */
        RECORDER;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Pictures or recording stopped, unless they had stopped before. That the stream was not fetched is no cause any more
     * once it is fetched again and fails: from then on it is the failure.
     *
     * @param cause label of an {@code OfflineCause} or a {@code GapCause}
     */
    void begun(long stream, Origin origin, Instant at, String cause, String detail) {
        later.write(() -> {
            if (!cause.equals(STOPPED)) {
                jdbc.sql("""
                        update stream_interruption set ends = greatest(starts, :at)
                        where stream_id = :stream and origin = :origin and ends is null and cause = :stopped""")
                        .param("stream", stream)
                        .param("origin", origin.label())
                        .param("at", Timestamp.from(at))
                        .param("stopped", STOPPED)
                        .update();
            }
            jdbc.sql("""
                        insert into stream_interruption (stream_id, origin, starts, cause, detail)
                        values (:stream, :origin, :at, :cause, :detail)
                        on conflict (stream_id, origin) where ends is null do nothing""")
                    .param("stream", stream)
                    .param("origin", origin.label())
                    .param("at", Timestamp.from(at))
                    .param("cause", cause)
                    .param("detail", detail)
                    .update();
        });
    }

    /**
     * An interruption that lasts.
     *
     * @param cause label, of when it began
     * @param detail the same in the words of who noticed it, null when there are none
     */
    record Open(long stream, Origin origin, Instant starts, String cause, String detail) {}

    /** Those of streams that are to be fetched or recorded. */
    List<Open> open() {
        return jdbc.sql("""
                        select i.stream_id, i.origin, i.starts, i.cause, i.detail
                        from stream_interruption i join stream s on s.id = i.stream_id
                        where i.ends is null and not s.retired and (i.origin = :source or s.record)
                        order by i.id""")
                .param("source", Origin.SOURCE.label())
                .query((row, _) -> new Open(
                        row.getLong(1),
                        Origin.valueOf(row.getString(2).toUpperCase(Locale.ROOT)),
                        row.getTimestamp(3).toInstant(),
                        row.getString(4),
                        row.getString(5)))
                .list();
    }

    /** When an interruption ended; empty while it lasts and of one that there was not. */
    Optional<Instant> end(long stream, Origin origin, Instant starts) {
        return jdbc.sql("""
                        select max(ends) from stream_interruption
                        where stream_id = :stream and origin = :origin and starts = :starts""")
                .param("stream", stream)
                .param("origin", origin.label())
                .param("starts", Timestamp.from(starts))
                .query((row, _) -> Optional.ofNullable(row.getTimestamp(1)).map(Timestamp::toInstant))
                .single();
    }

    /** They came again. */
    void over(long stream, Origin origin, Instant at) {
        later.write(() -> jdbc.sql("""
                        update stream_interruption set ends = greatest(starts, :at)
                        where stream_id = :stream and origin = :origin and ends is null""")
                .param("stream", stream)
                .param("origin", origin.label())
                .param("at", Timestamp.from(at))
                .update());
    }

    /** With its end the service stopped to fetch; from its start on that is no reason any more. */
    void fetchedAgain(Instant at) {
        later.write(() -> jdbc.sql("""
                        update stream_interruption set ends = greatest(starts, :at)
                        where origin = :origin and cause = :stopped and ends is null
                            and stream_id in (select id from stream where not retired and source_url is not null)""")
                .param("at", Timestamp.from(at))
                .param("origin", Origin.SOURCE.label())
                .param("stopped", STOPPED)
                .update());
    }

    @PreDestroy
    void close() {
        later.close();
    }
}
