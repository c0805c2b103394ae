package org.farwatch.api.video;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.farwatch.api.access.DataScope;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What has to be recorded, in the database; whose a stream is, theirs are its requirements. */
@Repository
class Requirements {
    /** Where the hours of weekdays are those of the clock on the wall. */
    static final ZoneId BUREAU = ZoneId.of("Asia/Shanghai");

    private static final String SELECT = """
            select r.* from requirement r join stream s on s.id = r.stream_id
            where not r.retired and (:everything or s.squad_id = any(:squads))
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

    record Stored(long id, long streamId, Source source, When when, int version) {}

    /**
     * In the order of their ids.
     *
     * @param stream null for those of all streams in scope
     * @param after id of the last one given before, 0 for the first part
     */
    List<Stored> list(Long stream, DataScope scope, long after, int limit) {
        return jdbc.sql(SELECT + """
                        and r.id > :after and ((:stream)::bigint is null or r.stream_id = (:stream)::bigint)
                        order by r.id limit :limit""")
                .param("everything", scope.everything())
                .param("squads", scope.squadArray())
                .param("after", after)
                .param("stream", stream)
                .param("limit", limit)
                .query((row, _) -> read(row))
                .list();
    }

    Optional<Stored> find(long id, DataScope scope) {
        return jdbc.sql(SELECT + " and r.id = :id")
                .param("everything", scope.everything())
                .param("squads", scope.squadArray())
                .param("id", id)
                .query((row, _) -> read(row))
                .optional();
    }

    long insert(long stream, Source source, When when) {
        JdbcClient.StatementSpec insert = jdbc.sql("""
                        insert into requirement (stream_id, source, starts, ends, days, from_time, to_time)
                        values (:stream, :source, :starts, :ends, :days, :fromTime, :toTime) returning id""").param("stream", stream).param("source", source.label());
        switch (when) {
            case Once(Instant from, Instant to) ->
                insert.param("starts", Timestamp.from(from))
                        .param("ends", Timestamp.from(to))
                        .param("days", null, Types.ARRAY)
                        .param("fromTime", null, Types.TIME)
                        .param("toTime", null, Types.TIME);
            case Weekly(List<Integer> days, LocalTime start, LocalTime end) ->
                insert.param("starts", null, Types.TIMESTAMP_WITH_TIMEZONE)
                        .param("ends", null, Types.TIMESTAMP_WITH_TIMEZONE)
                        .param("days", days.toArray(Integer[]::new))
                        .param("fromTime", start)
                        .param("toTime", end);
        }
        return insert.query(Long.class).single();
    }

    /** @return false when the version is not the present one */
    boolean retire(long id, int version) {
        return jdbc.sql("""
                        update requirement set retired = true, version = version + 1
                        where id = :id and version = :version and not retired""").param("id", id).param("version", version).update() == 1;
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
                row.getInt("version"));
    }
}
