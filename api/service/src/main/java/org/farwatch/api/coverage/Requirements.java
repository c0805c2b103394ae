package org.farwatch.api.coverage;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.video.StreamRetired;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What has to be recorded, in the database; whose a stream is, theirs are its requirements. A row is never changed but
 * ended: what counted in the past counts as it did.
 */
@Repository
class Requirements {
    private static final String SELECT = """
            select r.* from requirement r join stream s on s.id = r.stream_id
            where (:everything or s.squad_id = any(:squads)) and (:ended or r.valid_to is null or r.valid_to > :now)
            """;

    private final JdbcClient jdbc;

    Requirements(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Why it has to be recorded. */
    enum Source {
        /** Hours in which the camera stands for duty. */
        CAMERA_HOURS("camera-hours"),
        /** A person said so. */
        MANUAL("manual");

        private final String label;

        Source(String label) {
            this.label = label;
        }

        @JsonValue
        String label() {
            return label;
        }

        /** @throws IllegalArgumentException naming the value and the allowed ones */
        @JsonCreator
        static Source of(String label) {
            for (Source source : values()) {
                if (source.label.equals(label)) {
                    return source;
                }
            }
            throw new IllegalArgumentException("must be one of camera-hours, manual; was " + label);
        }
    }

    /** When it has to be recorded. */
    sealed interface When {}

    /** Once: {@code [from, to)}. */
    record Once(Instant from, Instant to) implements When {}

    /**
     * Every week: on these days from the start on until the end, which is on the next day unless it is after the start.
     *
     * @param days 1 Monday to 7 Sunday, of the start
     */
    record Weekly(List<Integer> days, LocalTime start, LocalTime end) implements When {}

    /**
     * @param validFrom hours of weekdays count from here on; null for a stretch of time
     * @param validTo it counts until here, null while it holds
     * @param made when somebody entered it
     */
    record Stored(
            long id,
            long streamId,
            Source source,
            When when,
            Instant validFrom,
            Instant validTo,
            Instant made,
            int version) {}

    /**
     * Which rows are asked for.
     *
     * @param ended also those that hold no more
     * @param now what has ended by then, holds no more
     */
    record Look(DataScope scope, boolean ended, Instant now) {
        /** All in scope. */
        static Look all(DataScope scope) {
            return new Look(scope, true, Instant.EPOCH);
        }
    }

    /**
     * In the order of their ids.
     *
     * @param stream null for those of all streams in scope
     * @param after id of the last one given before, 0 for the first part
     */
    List<Stored> list(Long stream, Look look, long after, int limit) {
        return select("""
                         and r.id > :after and ((:stream)::bigint is null or r.stream_id = (:stream)::bigint)
                        order by r.id limit :limit""", look)
                .param("after", after)
                .param("stream", stream)
                .param("limit", limit)
                .query((row, _) -> read(row))
                .list();
    }

    Optional<Stored> find(long id, Look look) {
        return select(" and r.id = :id", look)
                .param("id", id)
                .query((row, _) -> read(row))
                .optional();
    }

    /**
     * @param validFrom null for a stretch of time
     * @param validTo null for no end
     * @return its id, empty when the stream is retired: nothing is to be recorded of it any more
     */
    Optional<Long> insert(long stream, Source source, When when, Instant validFrom, Instant validTo) {
        JdbcClient.StatementSpec insert = jdbc.sql("""
                        insert into requirement (stream_id, source, starts, ends, days, from_time, to_time, valid_from,
                            valid_to)
                        select id, :source, :starts, :ends, :days, :fromTime, :toTime, :validFrom, :validTo
                        from stream where id = :stream and not retired and not loudspeaker returning id""")
                .param("stream", stream)
                .param("source", source.label())
                .param("validTo", timestamp(validTo), Types.TIMESTAMP);
        switch (when) {
            case Once(Instant from, Instant to) ->
                insert.param("starts", Timestamp.from(from))
                        .param("ends", Timestamp.from(to))
                        .param("days", null, Types.ARRAY)
                        .param("fromTime", null, Types.TIME)
                        .param("toTime", null, Types.TIME)
                        .param("validFrom", null, Types.TIMESTAMP_WITH_TIMEZONE);
            case Weekly(List<Integer> days, LocalTime start, LocalTime end) ->
                insert.param("starts", null, Types.TIMESTAMP_WITH_TIMEZONE)
                        .param("ends", null, Types.TIMESTAMP_WITH_TIMEZONE)
                        .param("days", days.toArray(Integer[]::new))
                        .param("fromTime", start)
                        .param("toTime", end)
                        .param("validFrom", Timestamp.from(validFrom));
        }
        return insert.query(Long.class).optional();
    }

    /**
     * Lets it count until then and no longer.
     *
     * @return false when the version is not the present one
     */
    boolean end(long id, int version, Instant at) {
        return jdbc.sql("""
                        update requirement set valid_from = case when valid_from > :at then :at else valid_from end,
                            valid_to = :at, version = version + 1
                        where id = :id and version = :version and (valid_to is null or valid_to > :at)""")
                        .param("id", id)
                        .param("version", version)
                        .param("at", Timestamp.from(at))
                        .update()
                == 1;
    }

    /** Ends what holds of it. */
    @EventListener
    void endAll(StreamRetired retired) {
        jdbc.sql("""
                update requirement set valid_from = case when valid_from > :at then :at else valid_from end,
                            valid_to = :at, version = version + 1
                where stream_id = :stream and (valid_to is null or valid_to > :at)""")
                .param("stream", retired.id())
                .param("at", Timestamp.from(retired.at()))
                .update();
    }

    /**
     * Lets it never have counted.
     *
     * @return false when the version is not the present one
     */
    boolean withdraw(long id, int version, Instant now) {
        return jdbc.sql("""
                        update requirement set valid_from = case when valid_from > :now then :now else valid_from end,
                            valid_to = least(valid_from, starts, :now), version = version + 1
                        where id = :id and version = :version""")
                        .param("id", id)
                        .param("version", version)
                        .param("now", Timestamp.from(now))
                        .update()
                == 1;
    }

    private JdbcClient.StatementSpec select(String more, Look look) {
        return jdbc.sql(SELECT + more)
                .param("everything", look.scope().everything())
                .param("squads", look.scope().squadArray())
                .param("ended", look.ended())
                .param("now", Timestamp.from(look.now()));
    }

    private static Timestamp timestamp(Instant at) {
        return at == null ? null : Timestamp.from(at);
    }

    private static Instant instant(Timestamp at) {
        return at == null ? null : at.toInstant();
    }

    private static Stored read(ResultSet row) throws SQLException {
        Timestamp starts = row.getTimestamp("starts");
        When when = starts != null
                ? new Once(starts.toInstant(), row.getTimestamp("ends").toInstant())
                : new Weekly(
                        List.of((Integer[]) row.getArray("days").getArray()),
                        row.getObject("from_time", LocalTime.class),
                        row.getObject("to_time", LocalTime.class));
        return new Stored(
                row.getLong("id"),
                row.getLong("stream_id"),
                Source.of(row.getString("source")),
                when,
                instant(row.getTimestamp("valid_from")),
                instant(row.getTimestamp("valid_to")),
                row.getTimestamp("made").toInstant(),
                row.getInt("version"));
    }
}
