package org.farwatch.api.zones;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.farwatch.api.leads.AlertDecided;
import org.farwatch.api.leads.AlertState;
import org.farwatch.api.video.StreamTap;
import org.farwatch.ingest.media.MediaSink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** The watchers of all streams, kept in step with the table of zones. */
@Component
@EnableConfigurationProperties(ZoneSettings.class)
class Zones implements StreamTap, DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(Zones.class);
    private static final long REFRESH_MILLIS = 2_000;

    private final ZoneTable table;
    private final LeadDesk desk;
    private final PictureCounts counts;
    private final ZoneSettings settings;
    private final Clock clock;
    private final List<VisionThread> threads;
    private final AtomicInteger next = new AtomicInteger();
    private final Map<Long, Watcher> watchers = new ConcurrentHashMap<>();
    /** Streams with zones. */
    private volatile Set<Long> watched = Set.of();
    /** What each stream's watcher was told last; of the thread that refreshes. */
    private final Map<Long, List<ZoneTable.Stored>> told = new HashMap<>();

    Zones(ZoneTable table, LeadDesk desk, PictureCounts counts, ZoneSettings settings, Clock clock) {
        this.table = table;
        this.desk = desk;
        this.counts = counts;
        this.settings = settings;
        this.clock = clock;
        this.threads = IntStream.range(0, settings.threads())
                .mapToObj(VisionThread::new)
                .toList();
    }

    @Override
    public MediaSink sink(long stream) {
        return watchers.computeIfAbsent(stream, this::watcher);
    }

    @Override
    public boolean looks(long stream) {
        return watched.contains(stream);
    }

    /** Read again and again, so that it does not matter which process changed them. */
    @Scheduled(fixedDelay = REFRESH_MILLIS)
    synchronized void refresh() {
        try {
            Map<Long, List<ZoneTable.Stored>> now =
                    table.watched().stream().collect(Collectors.groupingBy(ZoneTable.Stored::streamId));
            watched = Set.copyOf(now.keySet());
            watchers.forEach((stream, watcher) -> {
                List<ZoneTable.Stored> zones = now.getOrDefault(stream, List.of());
                if (!zones.equals(told.getOrDefault(stream, List.of()))) {
                    told.put(stream, zones);
                    watcher.look(zones);
                }
            });
        } catch (DataAccessException e) {
            LOG.warn("zones stay as they were, the database does not answer: {}", e.getMessage());
        }
    }

    @EventListener
    void decided(AlertDecided decision) {
        if (decision.kind().equals(LeadDesk.KIND) && decision.state() == AlertState.DISMISSED) {
            watchers.values().forEach(watcher -> watcher.leave(decision.id()));
        }
    }

    @Override
    public void destroy() throws InterruptedException {
        watchers.values().forEach(Watcher::close);
        for (VisionThread thread : threads) {
            thread.close();
        }
    }

    private Watcher watcher(long stream) {
        VisionThread thread = threads.get(Math.floorMod(next.getAndIncrement(), threads.size()));
        return new Watcher(stream, thread, desk, counts, settings, clock);
    }
}
