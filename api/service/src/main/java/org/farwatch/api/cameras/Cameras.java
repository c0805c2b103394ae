package org.farwatch.api.cameras;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.cameras.CameraTable.Camera;
import org.farwatch.api.video.StreamRetired;
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

/**
 * The eyes on all streams, one each. A stream is never fetched for its health alone: one on demand is looked at while
 * somebody else needs it.
 */
@Component
@EnableConfigurationProperties(CameraSettings.class)
class Cameras implements StreamTap, DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(Cameras.class);
    private static final long REFRESH_MILLIS = 5_000;

    private final CameraTable table;
    private final CameraDesk desk;
    private final LookCounts counts;
    private final CameraSettings settings;
    private final List<LookThread> threads;
    private final AtomicInteger next = new AtomicInteger();
    private final Map<Long, CameraEye> eyes = new ConcurrentHashMap<>();

    Cameras(CameraTable table, CameraDesk desk, LookCounts counts, CameraSettings settings) {
        this.table = table;
        this.desk = desk;
        this.counts = counts;
        this.settings = settings;
        this.threads = IntStream.range(0, settings.threads())
                .mapToObj(number -> new LookThread(number, settings.queue()))
                .toList();
    }

    @Override
    public MediaSink sink(long stream) {
        return eyes.computeIfAbsent(stream, this::begin);
    }

    @Override
    public boolean looks(long stream) {
        return false;
    }

    Optional<CameraEye> known(long stream) {
        return Optional.ofNullable(eyes.get(stream));
    }

    /** Read again and again, so that it does not matter which process changed them. */
    @Scheduled(fixedDelay = REFRESH_MILLIS)
    void refresh() {
        try {
            Map<Long, Camera> now = table.cameras(DataScope.EVERYTHING, 0, Integer.MAX_VALUE).stream()
                    .collect(Collectors.toMap(Camera::stream, Function.identity()));
            eyes.forEach((stream, eye) -> {
                Camera camera = now.get(stream);
                if (camera != null) {
                    eye.follow(camera);
                }
            });
        } catch (DataAccessException e) {
            LOG.warn("cameras are judged as before, the database does not answer: {}", e.getMessage());
        }
    }

    @EventListener
    void retired(StreamRetired gone) {
        eyes.remove(gone.id());
    }

    @Override
    public void destroy() throws InterruptedException {
        for (LookThread thread : threads) {
            thread.close();
        }
    }

    private CameraEye begin(long stream) {
        LookThread thread = threads.get(Math.floorMod(next.getAndIncrement(), threads.size()));
        return new CameraEye(stream, thread, desk, counts, settings);
    }
}
