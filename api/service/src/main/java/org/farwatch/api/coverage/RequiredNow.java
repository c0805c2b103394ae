package org.farwatch.api.coverage;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.farwatch.api.video.RequiredRecordings;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What has to be recorded now, by all that says so: hours of cameras, people, stages of activities. */
@Repository
class RequiredNow implements RequiredRecordings {
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private final JdbcClient jdbc;
    private final Clock clock;

    RequiredNow(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public Set<Long> now() {
        Instant now = clock.instant();
        return Coverage.statement(
                        jdbc,
                        "select stream_id from (" + Coverage.REQUIRED + ") required where not isempty(due)",
                        now,
                        now.plus(MOMENT))
                .param("stream", null)
                .query(Long.class)
                .set();
    }
}
