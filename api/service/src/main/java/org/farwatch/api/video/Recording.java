package org.farwatch.api.video;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.farwatch.api.Home;
import org.farwatch.ingest.record.Arriving;
import org.farwatch.ingest.record.ChainPoint;
import org.farwatch.ingest.record.DiskGuard;
import org.farwatch.ingest.record.GapCause;
import org.farwatch.ingest.record.Recorder;
import org.farwatch.ingest.record.RecorderSettings;
import org.farwatch.ingest.record.Recordings;
import org.farwatch.ingest.record.Recovery;
import org.farwatch.ingest.record.Remux;
import org.farwatch.ingest.record.Sidecar;
import org.farwatch.ingest.record.Upload;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** What all recorders of this machine share: the folder, the guard of its disk, and the threads that finish files. */
@Component
class Recording implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(Recording.class);
    /** Forcing a file to the disk waits for the disk, whatever the number of cores. */
    private static final int FINISHERS = 4;

    private static final int CLOSE_SECONDS = 10;
    /** A folder of another name is none of ours. */
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");

    private final Recordings recordings;
    private final Recovery recovery;
    private final DiskGuard disk;
    private final RecordingIndex index;
    private final FreshFolders fresh;
    private final SegmentTable table;
    /** Whether what a crash left is finished; written once, by the thread that starts the service. */
    private volatile boolean recovered;

    private final Arriving arriving;
    /** The last one of each stream, whether or not it is closed; a stream's chain is gone on with by one at a time. */
    private final Map<String, Recorder> recorders = new ConcurrentHashMap<>();

    private final Map<String, ReentrantLock> chains = new ConcurrentHashMap<>();

    private final RecorderSettings settings;
    private final ExecutorService finishers = Executors.newFixedThreadPool(
            FINISHERS, Thread.ofPlatform().name("segment-finisher-", 0).factory());

    Recording(
            Home home,
            VideoSettings settings,
            RecordingIndex index,
            FreshFolders fresh,
            SegmentTable table,
            Recordings recordings,
            Arriving arriving) {
        this.arriving = arriving;
        this.recordings = recordings;
        this.recovery = new Recovery(recordings);
        this.index = index;
        this.fresh = fresh;
        this.table = table;
        this.settings = RecorderSettings.of(settings.segment());
        long reserve = settings.keepFree().toBytes();
        this.disk = new DiskGuard(home.path(), reserve, reserve + reserve / 10);
    }

    /** Finishes what a crash left. Called before anything is recorded again. */
    void recover() {
        try {
            recordings.streams().forEach(this::recover);
        } catch (IOException e) {
            LOG.error("recordings cannot be listed: {}", e.getMessage());
        }
        recovered = true;
    }

    /** Whether {@link #recover} has run. */
    boolean recovered() {
        return recovered;
    }

    /** A stream whose folder fails must not keep the others from beginning. */
    private void recover(String stream) {
        try {
            arriving.undo(stream).forEach(file -> LOG.info("stream {}: {} is chained anew", stream, file));
            Predicate<LocalDate> days = days(stream);
            Recovery.Report report = recovery.recover(stream, days, head(stream, days));
            report.outcomes().forEach(outcome -> LOG.info("stream {}: {}", stream, outcome));
            index.changed(stream);
        } catch (IOException | DataAccessException e) {
            LOG.error("what a crash left of stream {} cannot be finished: {}", stream, e.getMessage());
        }
    }

    /** One that goes on where the stream's recording ended; none while that cannot be read, which is said as a gap. */
    Optional<Recorder> recorder(String stream) {
        ReentrantLock chain = chain(stream);
        chain.lock();
        try {
            return Optional.of(begin(stream));
        } catch (IOException | DataAccessException e) {
            LOG.error("stream {} cannot be recorded: {}", stream, e.getMessage());
            index.refused(stream, System.currentTimeMillis(), GapCause.DISK_ERROR);
            return Optional.empty();
        } finally {
            chain.unlock();
        }
    }

    /**
     * Puts uploaded segment files into a stream's chain, behind what is recorded of it now; waits until their sidecars are
     * on the disk.
     *
     * @param pieces at most {@link Recorder#MOST_ADOPTED}
     * @throws IOException when the disk fails; some may be chained then, which {@link Arriving#chained} tells
     */
    List<Sidecar> adopt(String stream, List<Remux.Piece> pieces, Upload upload)
            throws IOException, InterruptedException {
        List<CompletableFuture<Sidecar>> told;
        ReentrantLock chain = chain(stream);
        chain.lockInterruptibly();
        try {
            Recorder now = recorders.get(stream);
            Optional<List<CompletableFuture<Sidecar>>> live =
                    now == null ? Optional.empty() : now.adopt(pieces, upload);
            if (live.isPresent()) {
                told = live.get();
            } else if (now != null && !now.isClosed()) {
                throw new IOException("stream " + stream + " has as many uploads waiting as it takes");
            } else {
                try (Recorder own = begin(stream)) {
                    told = own.adopt(pieces, upload).orElseThrow();
                }
                if (told.stream().anyMatch(one -> !one.isDone())) {
                    throw new IOException("sidecars of stream " + stream + " cannot be written");
                }
            }
        } finally {
            chain.unlock();
        }
        List<Sidecar> chained = new ArrayList<>();
        for (CompletableFuture<Sidecar> one : told) {
            try {
                chained.add(one.get());
            } catch (ExecutionException e) {
                throw new IOException(
                        "a segment of stream " + stream + " could not be put in its place: "
                                + e.getCause().getMessage(),
                        e.getCause());
            }
        }
        return chained;
    }

    /** Whether the disk has no room for uploads either. */
    boolean full() {
        return disk.full();
    }

    RecorderSettings settings() {
        return settings;
    }

    /** Called with the stream's chain locked. A chain whose end is not on the disk yet is not gone on with. */
    private Recorder begin(String stream) throws IOException {
        Recorder before = recorders.get(stream);
        if (before != null && !(before.isClosed() && before.settled())) {
            throw new IOException("what was recorded of it before has not got its sidecars yet");
        }
        Recorder made = new Recorder(recordings, stream, head(stream, days(stream)), settings, disk, index, finishers);
        recorders.put(stream, made);
        return made;
    }

    private ReentrantLock chain(String stream) {
        return chains.computeIfAbsent(stream, _ -> new ReentrantLock());
    }

    /** Days on which the chain's end can lie; all, where the disk holds less than the database knows. */
    private Predicate<LocalDate> days(String stream) throws IOException {
        FreshFolders.Fresh found = fresh.of(stream);
        return recordings.head(stream, found.days()).sequence() >= found.sequence() ? found.days() : _ -> true;
    }

    /**
     * Where the chain goes on. A home that was restored has the tables and not the recordings: a chain that began anew
     * would give their places to others, and those would be in no index and no day root.
     */
    private ChainPoint head(String stream, Predicate<LocalDate> days) throws IOException {
        ChainPoint onDisk = recordings.head(stream, days);
        if (onDisk.sequence() > 0 || !NUMBER.matcher(stream).matches()) {
            return onDisk;
        }
        return table.head(Long.parseLong(stream)).orElse(onDisk);
    }

    @Override
    public void destroy() throws InterruptedException {
        finishers.shutdown();
        if (!finishers.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("segments were not finished in time; the next start does it");
        }
    }
}
