package org.farwatch.api.video;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.farwatch.ingest.record.GapCause;
import org.farwatch.ingest.record.OpenSegment;
import org.farwatch.ingest.record.Recordings;
import org.farwatch.ingest.record.SegmentSink;
import org.farwatch.ingest.record.Sidecar;
import org.farwatch.ingest.record.SidecarFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;

/**
 * Keeps the tables of segments and runs in step with the sidecars on the disk, which are the truth: told that a stream
 * has something new, it reads the sidecars behind the last one it knows. So it does not matter whether it was told
 * twice, late or never, nor whether the database was away meanwhile. One thread of its own.
 */
@Component
class RecordingIndex implements SegmentSink, DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(RecordingIndex.class);
    /** Sidecars of one transaction. */
    private static final int BATCH = 500;

    private static final long RETRY_MILLIS = 5_000;
    private static final Set<GapCause> OF_RECORDER = Set.of(GapCause.DISK_FULL, GapCause.DISK_ERROR);

    private final Recordings recordings;
    private final SegmentTable table;
    private final Interruptions interruptions;
    /** Streams that have something new; the set keeps a stream from standing in the queue twice. */
    private final BlockingQueue<String> queue = new LinkedBlockingQueue<>();

    /** The newest sidecar of each stream, which is mostly all that is new; saves listing a folder each minute. */
    private final Map<String, Sidecar> told = new ConcurrentHashMap<>();

    private final Set<String> queued = ConcurrentHashMap.newKeySet();
    private final Thread thread;

    RecordingIndex(Recordings recordings, SegmentTable table, Interruptions interruptions) {
        this.recordings = recordings;
        this.table = table;
        this.interruptions = interruptions;
        this.thread = Thread.ofPlatform().name("recording-index").daemon().start(this::run);
    }

    /** Says that a stream's sidecars may have changed. */
    void changed(String stream) {
        if (queued.add(stream)) {
            queue.add(stream);
        }
    }

    @Override
    public void runBegan(String stream, long run) {
        interruptions.over(Long.parseLong(stream), Interruptions.Origin.RECORDER, Instant.ofEpochMilli(run));
    }

    @Override
    public void opened(OpenSegment segment) {
        // What is being written stands in memory until it is closed.
    }

    @Override
    public void closed(Sidecar sidecar) {
        told.put(sidecar.stream(), sidecar);
        changed(sidecar.stream());
    }

    @Override
    public void runEnded(String stream, long run, long end, GapCause cause) {
        refused(stream, end, cause);
    }

    @Override
    public void refused(String stream, long at, GapCause cause) {
        if (OF_RECORDER.contains(cause)) {
            interruptions.begun(
                    Long.parseLong(stream),
                    Interruptions.Origin.RECORDER,
                    Instant.ofEpochMilli(at),
                    cause.label(),
                    null);
        }
    }

    @Override
    public void destroy() throws InterruptedException {
        thread.interrupt();
        thread.join(RETRY_MILLIS);
    }

    private void run() {
        try {
            while (true) {
                String stream = queue.take();
                queued.remove(stream);
                if (!catchUp(stream)) {
                    changed(stream);
                    TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            // What is left is caught up with at the next start.
            queue.clear();
        }
    }

    /** @return false when it has to be tried again */
    private boolean catchUp(String stream) {
        try {
            long id = Long.parseLong(stream);
            long last = table.last(id);
            Sidecar newest = told.remove(stream);
            if (newest != null && newest.sequence() == last + 1) {
                table.insert(id, List.of(newest));
                return true;
            }
            for (List<Sidecar> news = after(stream, last); !news.isEmpty(); news = after(stream, last)) {
                table.insert(id, news);
                last = news.getLast().sequence();
            }
            return true;
        } catch (DataIntegrityViolationException e) {
            LOG.error("segments of stream {} do not fit the database: {}", stream, e.getMessage());
            return true;
        } catch (DataAccessException e) {
            LOG.warn("segments of stream {} wait for the database: {}", stream, e.getMessage());
            return false;
        } catch (IOException | NumberFormatException e) {
            LOG.warn("segments of stream {} cannot be indexed: {}", stream, e.getMessage());
            return true;
        }
    }

    /** A broken sidecar is left out and named: verification says what is the matter with it. */
    private List<Sidecar> after(String stream, long sequence) throws IOException {
        List<Sidecar> found = new ArrayList<>();
        for (Recordings.Entry entry : recordings.entries(stream, sequence)) {
            if (entry.hasSidecar() && found.size() < BATCH) {
                try {
                    found.add(Sidecar.read(entry.sidecar()));
                } catch (SidecarFault e) {
                    LOG.error("{} is not indexed: {}", entry.sidecar(), e.getMessage());
                }
            }
        }
        return found;
    }
}
