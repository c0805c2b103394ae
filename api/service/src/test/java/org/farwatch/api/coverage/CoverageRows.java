package org.farwatch.api.coverage;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.farwatch.api.RunningService;
import org.farwatch.api.access.People;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * Writes what coverage is computed from, for one stream that is not fetched. When the service ran is one history for all
 * streams: each test takes days of its own.
 */
public final class CoverageRows {
    /** Who noticed an interruption, as the table has it. */
    public enum Origin {
        SOURCE,
        RECORDER
    }

    private final RunningService service;
    private final JdbcClient jdbc;
    private final long stream;

    private CoverageRows(RunningService service, Long squad) {
        this.service = service;
        jdbc = service.bean(JdbcClient.class);
        stream = jdbc.sql("insert into stream (name, squad_id) values (:name, :squad) returning id")
                .param("name", People.unique("covered"))
                .param("squad", squad)
                .query(Long.class)
                .single();
    }

    public static CoverageRows of(RunningService service) {
        return new CoverageRows(service, null);
    }

    public static CoverageRows of(RunningService service, String squad) {
        return new CoverageRows(service, Long.valueOf(squad));
    }

    public String id() {
        return Long.toString(stream);
    }

    public long number() {
        return stream;
    }

    public CoverageRows recorded(Instant from, Instant to) {
        jdbc.sql("insert into recording_run (stream_id, run, starts, ends) values (:stream, :run, :from, :to)")
                .param("stream", stream)
                .param("run", from.toEpochMilli())
                .param("from", Timestamp.from(from))
                .param("to", Timestamp.from(to))
                .update();
        return this;
    }

    /** @param to null while it lasts */
    public CoverageRows interrupted(Origin origin, Instant from, Instant to, String cause, String detail) {
        jdbc.sql("""
                        insert into stream_interruption (stream_id, origin, starts, ends, cause, detail)
                        values (:stream, :origin, :from, (:to)::timestamptz, :cause, :detail)""")
                .param("stream", stream)
                .param("origin", origin.name().toLowerCase(Locale.ROOT))
                .param("from", Timestamp.from(from))
                .param("to", to == null ? null : Timestamp.from(to))
                .param("cause", cause)
                .param("detail", detail)
                .update();
        return this;
    }

    public CoverageRows serviceRan(Instant from, Instant to) {
        jdbc.sql("insert into service_run (started, alive) values (:from, :to)")
                .param("from", Timestamp.from(from))
                .param("to", Timestamp.from(to))
                .update();
        return this;
    }

    public CoverageRows required(Requirements.When when) {
        return required(when, Instant.EPOCH, null);
    }

    /** @param to null while it holds */
    public CoverageRows required(Requirements.When when, Instant from, Instant to) {
        if (service.bean(Requirements.class)
                .insert(stream, Requirements.Source.MANUAL, when, from, to)
                .isEmpty()) {
            throw new AssertionError("stream " + stream + " takes no requirement");
        }
        return this;
    }

    public CoverageRows required(Instant from, Instant to) {
        return required(new Requirements.Once(from, to));
    }

    public JsonNode coverage(Instant from, Instant to) {
        RunningService.Answer answer =
                service.get("/api/v1/streams/" + stream + "/coverage?from=" + from + "&to=" + to);
        if (answer.status() != 200) {
            throw new AssertionError(answer.response().body());
        }
        return answer.body();
    }

    /** Each as {@code from to} or, for a gap, {@code from to cause}; times as text. */
    public static List<String> stretches(JsonNode list) {
        return list.valueStream()
                .map(one -> one.path("from").asString() + " " + one.path("to").asString()
                        + (one.has("cause") ? " " + one.path("cause").asString() : ""))
                .toList();
    }
}
