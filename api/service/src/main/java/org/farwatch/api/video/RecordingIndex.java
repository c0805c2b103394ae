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
import java.util.stream.Stream;
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

    private static final int SHOWN = 10;

    private final Recordings recordings;
    private final SegmentTable table;
    private final FreshFolders fresh;
    private final Interruptions interruptions;
    /** Streams that have something new; the set keeps a stream from standing in the queue twice. */
    private final BlockingQueue<String> queue = new LinkedBlockingQueue<>();

    /** The newest sidecar of each stream, which is mostly all that is new; saves listing a folder each minute. */
    private final Map<String, Sidecar> told = new ConcurrentHashMap<>();

    /** What of each stream is not in the tables yet, the newest {@value #SHOWN}: it was recorded and is to be seen. */
    private final Map<String, List<Sidecar>> waiting = new ConcurrentHashMap<>();

    private final Set<String> queued = ConcurrentHashMap.newKeySet();
    private final Thread thread;

    RecordingIndex(Recordings recordings, SegmentTable table, FreshFolders fresh, Interruptions interruptions) {
        this.recordings = recordings;
        this.table = table;
        this.fresh = fresh;
        this.interruptions = interruptions;
        this.thread = Thread.ofPlatform().name("recording-index").daemon().start(this::run);
    }

    /** Says that a stream's sidecars may have changed. */
    void changed(String stream) {
        if (queued.add(stream)) {
            queue.add(stream);
        }
    }

    /** Newest segments of a stream that are finished and not in the tables yet. */
    List<Sidecar> waiting(String stream) {
        return waiting.getOrDefault(stream, List.of());
    }

    @Override
    public void runBegan(String stream, long run) {
        for (Interruptions.Origin origin : Interruptions.Origin.values()) {
            interruptions.over(Long.parseLong(stream), origin, Instant.ofEpochMilli(run));
        }
    }

    @Override
    public void opened(OpenSegment segment) {
        // What is being written stands in memory until it is closed.
    }

    @Override
    public void closed(Sidecar sidecar) {
        told.put(sidecar.stream(), sidecar);
        waiting.compute(
                sidecar.stream(),
                (_, before) -> Stream.concat(
                                before == null
                                        ? Stream.of()
                                        : before.stream().skip(Math.max(0, before.size() - SHOWN + 1)),
                                Stream.of(sidecar))
                        .toList());
        changed(sidecar.stream());
    }

    @Override
    public void runEnded(String stream, long run, long end, GapCause cause) {
        refused(stream, end, cause);
    }

    @Override
    public void refused(String stream, long at, GapCause cause) {
        switch (cause) {
            case DISK_FULL, DISK_ERROR -> begun(stream, Interruptions.Origin.RECORDER, at, cause);
            case PICTURES_MISSING, CLOCK_SET -> begun(stream, Interruptions.Origin.SOURCE, at, cause);
            case STREAM_ENDED -> {
                // The stream's session says why.
            }
            case STOPPED -> {
                // Not to record is no interruption.
            }
        }
    }

    private void begun(String stream, Interruptions.Origin origin, long at, GapCause cause) {
        interruptions.begun(Long.parseLong(stream), origin, Instant.ofEpochMilli(at), cause.label(), null);
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
                indexed(stream, newest.sequence());
                return true;
            }
            List<Recordings.Entry> news =
                    recordings.entries(stream, last, fresh.of(stream).days());
            for (int from = 0; from < news.size(); from += BATCH) {
                List<Sidecar> read = read(news.subList(from, Math.min(from + BATCH, news.size())));
                if (!read.isEmpty()) {
                    table.insert(id, read);
                    indexed(stream, read.getLast().sequence());
                }
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

    private void indexed(String stream, long sequence) {
        waiting.computeIfPresent(stream, (_, before) -> {
            List<Sidecar> left =
                    before.stream().filter(one -> one.sequence() > sequence).toList();
            return left.isEmpty() ? null : left;
        });
    }

    /** A broken sidecar is left out and named: verification says what is the matter with it. */
    private static List<Sidecar> read(List<Recordings.Entry> entries) throws IOException {
        List<Sidecar> found = new ArrayList<>();
        for (Recordings.Entry entry : entries) {
            if (entry.hasSidecar()) {
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
