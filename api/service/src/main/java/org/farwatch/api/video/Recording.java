package org.farwatch.api.video;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.farwatch.api.Home;
import org.farwatch.ingest.record.DiskGuard;
import org.farwatch.ingest.record.GapCause;
import org.farwatch.ingest.record.Recorder;
import org.farwatch.ingest.record.RecorderSettings;
import org.farwatch.ingest.record.Recordings;
import org.farwatch.ingest.record.Recovery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** What all recorders of this machine share: the folder, the guard of its disk, and the threads that finish files. */
@Component
class Recording implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(Recording.class);
    /** Forcing a file to the disk waits for the disk, whatever the number of cores. */
    private static final int FINISHERS = 4;

    private static final int CLOSE_SECONDS = 10;

    private final Recordings recordings;
    private final Recovery recovery;
    private final DiskGuard disk;
    private final RecordingIndex index;
    private final ExecutorService finishers = Executors.newFixedThreadPool(
            FINISHERS, Thread.ofPlatform().name("segment-finisher-", 0).factory());

    Recording(Home home, VideoSettings settings, RecordingIndex index, Recordings recordings) {
        this.recordings = recordings;
        this.recovery = new Recovery(recordings);
        this.index = index;
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
    }

    /** A stream whose folder fails must not keep the others from beginning. */
    private void recover(String stream) {
        try {
            Recovery.Report report = recovery.recover(stream);
            report.outcomes().forEach(outcome -> LOG.info("stream {}: {}", stream, outcome));
            index.changed(stream);
        } catch (IOException e) {
            LOG.error("what a crash left of stream {} cannot be finished: {}", stream, e.getMessage());
        }
    }

    /** One that goes on where the stream's recording ended; none while that cannot be read, which is said as a gap. */
    Optional<Recorder> recorder(String stream) {
        try {
            return Optional.of(new Recorder(
                    recordings, stream, recordings.head(stream), RecorderSettings.standard(), disk, index, finishers));
        } catch (IOException e) {
            LOG.error("stream {} cannot be recorded: {}", stream, e.getMessage());
            index.refused(stream, System.currentTimeMillis(), GapCause.DISK_ERROR);
            return Optional.empty();
        }
    }

    @Override
    public void destroy() throws InterruptedException {
        finishers.shutdown();
        if (!finishers.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("segments were not finished in time; the next start does it");
        }
    }
}
