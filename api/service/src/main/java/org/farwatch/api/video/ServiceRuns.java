package org.farwatch.api.video;

import jakarta.annotation.PreDestroy;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * When the service ran: one row for each start, with a last sign of life. Time in no row is time in which nothing could
 * be recorded. A sign that cannot be written, as the database is away, leaves no hole: the next one covers it.
 */
@Component
@DependsOnDatabaseInitialization
public class ServiceRuns {
    /** How long after its last sign the present run is taken as alive: two signs. */
    public static final Duration GRACE = Duration.ofSeconds(10);

    private static final long SIGN_MILLIS = 5_000;

    private final JdbcClient jdbc;
    private final Clock clock;
    /** Of this run's row, null before the service is ready. Written once, by the thread that starts the service. */
    private volatile Long id;

    ServiceRuns(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** After {@link Streams} has finished what a crash left and asks its sources: before that nothing can be recorded. */
    @EventListener(ApplicationReadyEvent.class)
    @Order(1)
    void begin() {
        id = jdbc.sql("insert into service_run (started, alive) values (:now, :now) returning id")
                .param("now", Timestamp.from(clock.instant()))
                .query(Long.class)
                .single();
    }

    /** Also at the end, so that an orderly stop is known to the moment. */
    @Scheduled(fixedRate = SIGN_MILLIS)
    @PreDestroy
    void sign() {
        Long run = id;
        if (run != null) {
            // A clock set back makes no run end before it was seen alive.
            jdbc.sql("update service_run set alive = greatest(alive, :now) where id = :id")
                    .param("now", Timestamp.from(clock.instant()))
                    .param("id", run)
                    .update();
        }
    }
}
