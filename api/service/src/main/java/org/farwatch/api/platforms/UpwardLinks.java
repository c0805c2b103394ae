package org.farwatch.api.platforms;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.farwatch.ingest.Faults;
import org.farwatch.ingest.UndecodedSink;
import org.farwatch.ingest.jt809.UpwardLink;
import org.farwatch.ingest.jt809.UpwardSettings;
import org.farwatch.ingest.jt809.UpwardTally;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Keeps a link to every enabled city platform, and their queues within bounds. One service of a house does this; two
 * with the same database would log in twice and each send a part.
 */
@Component
class UpwardLinks implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(UpwardLinks.class);
    private static final long TRIM_MILLIS = 60_000;

    private final UpwardTable table;
    private final ForwardedVehicles vehicles;
    private final PlatformProperties properties;
    private final JdbcClient jdbc;
    private final Faults faults;
    private final UndecodedSink undecoded;
    private final Clock clock;
    private final Map<Long, UpwardLink> links = new ConcurrentHashMap<>();
    private volatile boolean running;

    UpwardLinks(
            UpwardTable table,
            ForwardedVehicles vehicles,
            PlatformProperties properties,
            JdbcClient jdbc,
            Faults faults,
            UndecodedSink undecoded,
            Clock clock) {
        this.table = table;
        this.vehicles = vehicles;
        this.properties = properties;
        this.jdbc = jdbc;
        this.faults = faults;
        this.undecoded = undecoded;
        this.clock = clock;
    }

    /**
     * How much waits.
     *
     * @param oldest when the oldest of it was stored, null when nothing waits
     */
    record Backlog(long waiting, Instant oldest) {}

    @Override
    public void start() {
        running = true;
        table.all().forEach(this::open);
    }

    private void open(UpwardTable.Stored row) {
        if (!row.enabled() || row.secret() == null) {
            return;
        }
        UpwardSettings settings = new UpwardSettings(
                row.id(),
                row.name(),
                row.host(),
                row.port(),
                row.accessCode(),
                row.userId(),
                row.secret().password(),
                row.edition(),
                row.secret().keys() == null ? null : row.secret().keys().cipher(),
                row.downAddress(),
                row.downPort(),
                properties.host(),
                UpwardSettings.Timing.STANDARD);
        UpwardLink link = new UpwardLink(settings, new LinkQueue(jdbc, vehicles, row.id()), faults, undecoded, clock);
        links.put(row.id(), link);
        link.start();
    }

    /** Takes a change over once it is committed. */
    void changedAfterCommit(long id) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                renew(id);
            }
        });
    }

    private synchronized void renew(long id) {
        UpwardLink old = links.remove(id);
        if (old != null) {
            old.close();
        }
        vehicles.refresh();
        Optional<UpwardTable.Stored> row = table.find(Long.toString(id));
        if (running) {
            row.ifPresent(this::open);
        }
        if (row.isEmpty()) {
            jdbc.sql("delete from upward_queue where link_id = :id")
                    .param("id", id)
                    .update();
        }
    }

    /** How the link stands, null when it is not enabled. */
    UpwardTally tally(long id) {
        UpwardLink link = links.get(id);
        return link == null ? null : link.tally();
    }

    Map<Long, UpwardLink> links() {
        return Map.copyOf(links);
    }

    Backlog backlog(long id) {
        return jdbc.sql("select count(*), min(queued_at) from upward_queue where link_id = :id")
                .param("id", id)
                .query((row, _) -> new Backlog(
                        row.getLong(1),
                        row.getTimestamp(2) == null ? null : row.getTimestamp(2).toInstant()))
                .single();
    }

    /** What a city platform did not fetch for too long is given up, the oldest first, and counted. */
    @Scheduled(fixedDelay = TRIM_MILLIS)
    void trim() {
        for (UpwardTable.Stored row : table.all()) {
            int dropped = jdbc.sql("""
                            delete from upward_queue where link_id = :id and id <= (
                                select id from upward_queue where link_id = :id order by id desc offset :most limit 1)""")
                    .param("id", row.id())
                    .param("most", properties.queueRows())
                    .update();
            if (dropped > 0) {
                LOG.warn("{}: {} positions waited too long and were given up", row.name(), dropped);
                jdbc.sql("update upward_link set dropped = dropped + :dropped where id = :id")
                        .param("dropped", dropped)
                        .param("id", row.id())
                        .update();
            }
        }
    }

    @Override
    public void stop() {
        running = false;
        links.values().forEach(UpwardLink::close);
        links.clear();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
