package org.farwatch.api.platforms;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;
import org.farwatch.ingest.jt809.UpwardLink;
import org.farwatch.ingest.jt809.UpwardTally;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * What metrics and health tell of the links. A city platform that is away is no fault of this service: it is a detail of
 * health and never makes it DOWN.
 */
@Component("platforms")
class PlatformMetrics implements MeterBinder, HealthIndicator {
    private static final long COUNT_MILLIS = 30_000;

    private final PlatformIntake intake;
    private final UpwardLinks links;
    private final JdbcClient jdbc;
    private volatile long waiting;

    PlatformMetrics(PlatformIntake intake, UpwardLinks links, JdbcClient jdbc) {
        this.intake = intake;
        this.links = links;
        this.jdbc = jdbc;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("farwatch.jt809.connections", intake, PlatformIntake::connections)
                .register(registry);
        Gauge.builder("farwatch.jt809.platforms", intake, PlatformIntake::platformsOnline)
                .register(registry);
        Gauge.builder("farwatch.jt809.upward.links", links, all -> all.links().size())
                .register(registry);
        Gauge.builder(
                        "farwatch.jt809.upward.connected",
                        links,
                        all -> all.links().values().stream()
                                .filter(link -> link.tally().connectedSince() != null)
                                .count())
                .register(registry);
        Gauge.builder("farwatch.jt809.upward.waiting", this, metrics -> metrics.waiting)
                .register(registry);
        counted(registry, "farwatch.jt809.upward.delivered", UpwardTally::delivered);
        counted(registry, "farwatch.jt809.upward.sent", UpwardTally::sent);
        counted(registry, "farwatch.jt809.upward.breaks", UpwardTally::breaks);
    }

    /** Of the links that stand now; one that is set up anew begins again. */
    private void counted(MeterRegistry registry, String name, ToDoubleFunction<UpwardTally> count) {
        Gauge.builder(
                        name,
                        links,
                        all -> all.links().values().stream()
                                .map(UpwardLink::tally)
                                .mapToDouble(count)
                                .sum())
                .register(registry);
    }

    @Scheduled(fixedDelay = COUNT_MILLIS)
    void count() {
        waiting =
                jdbc.sql("select count(*) from upward_queue").query(Long.class).single();
    }

    @Override
    public Health health() {
        Health.Builder health = Health.up().withDetail("lower", intake.platformsOnline());
        links.links()
                .values()
                .forEach(link -> health.withDetail(
                        link.settings().name(), link.tally().connectedSince() == null ? "not connected" : "connected"));
        return health.build();
    }
}
