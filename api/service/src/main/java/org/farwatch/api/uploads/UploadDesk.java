package org.farwatch.api.uploads;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.farwatch.api.video.DeviceRecordings;
import org.farwatch.ingest.media.OfflineCause;
import org.farwatch.ingest.media.pull.PullFailure;
import org.farwatch.ingest.record.Remux;
import org.farwatch.ingest.record.Sidecar;
import org.farwatch.ingest.record.Upload;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Looks at each recording that is whole and has it chained, or refuses it and says why. What waits stands in the table, so
 * a restart goes on where this one ended, also within a recording: nothing is chained twice. Platform threads of its own,
 * as many as are set: the video is read natively.
 */
@Component
class UploadDesk implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(UploadDesk.class);
    private static final long LOOK_SECONDS = 5;
    private static final long STOP_MILLIS = 10_000;

    private final UploadTable table;
    private final StagedFiles files;
    private final Inspection inspection;
    private final DeviceRecordings recordings;
    private final UploadSettings settings;
    private final Semaphore work = new Semaphore(0);
    private final Set<String> taken = ConcurrentHashMap.newKeySet();
    private final List<Thread> threads = new ArrayList<>();

    UploadDesk(
            UploadTable table,
            StagedFiles files,
            Inspection inspection,
            DeviceRecordings recordings,
            UploadSettings settings) {
        this.table = table;
        this.files = files;
        this.inspection = inspection;
        this.recordings = recordings;
        this.settings = settings;
    }

    /** Behind the recovery of recordings. */
    @EventListener(ApplicationReadyEvent.class)
    @Order(10)
    void begin() {
        for (int i = 0; i < settings.workers(); i++) {
            threads.add(Thread.ofPlatform().name("upload-" + i).daemon().start(this::run));
        }
    }

    /** There is something to look at. */
    void wake() {
        work.release();
    }

    void wakeAfterCommit() {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                wake();
            }
        });
    }

    @Override
    public void destroy() throws InterruptedException {
        for (Thread thread : threads) {
            thread.interrupt();
            thread.join(STOP_MILLIS);
        }
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                if (!lookAtOne() && work.tryAcquire(LOOK_SECONDS, TimeUnit.SECONDS)) {
                    work.drainPermits();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return false when there was none, or it has to be tried again later */
    private boolean lookAtOne() throws InterruptedException {
        if (!recordings.ready() || recordings.full()) {
            return false;
        }
        StoredUpload mine = null;
        try {
            for (StoredUpload upload : table.toDo(settings.workers() + 1)) {
                if (taken.add(upload.id())) {
                    mine = upload;
                    break;
                }
            }
            if (mine == null) {
                return false;
            }
            lookAt(mine);
            return true;
        } catch (NoSuchFileException e) {
            table.refused(
                    mine.id(), UploadFault.NOT_VIDEO, "its file is not on the disk any more", 0, inspection.now());
            return true;
        } catch (DataAccessException | TransactionException | IOException e) {
            LOG.warn("upload {} is tried again: {}", mine == null ? "" : mine.id(), e.toString());
            putLast(mine);
            return false;
        } finally {
            if (mine != null) {
                taken.remove(mine.id());
            }
        }
    }

    /** What cannot be stored at the moment must not keep the others from it. */
    private void putLast(StoredUpload upload) {
        try {
            if (upload != null) {
                table.putLast(upload.id(), inspection.now());
            }
        } catch (DataAccessException e) {
            LOG.warn("uploads wait for the database: {}", e.getMessage());
        }
    }

    private void lookAt(StoredUpload upload) throws IOException, InterruptedException {
        int device = 0;
        try {
            String sha256 = upload.state() == UploadState.STORING ? upload.sha256() : files.sha256(upload.id());
            var same = table.same(sha256, upload.id());
            if (same.isPresent()) {
                table.duplicate(upload.id(), sha256, same.get());
                return;
            }
            Told told = inspection.told(upload);
            if (told.sha256() != null && !told.sha256().equalsIgnoreCase(sha256)) {
                throw UploadFault.HASH.because("sha256 is said to be " + told.sha256() + ", the file's is " + sha256);
            }
            Inspection.Found found = inspection.find(told, upload.receivedAt());
            device = found.device().known().no();
            long officer = inspection.officer(found);
            if (!Container.isKnown(files.file(upload.id()))) {
                throw UploadFault.NOT_VIDEO.because(
                        upload.name() + " is none of MP4, QuickTime, AVI, MPEG-PS and MPEG-TS by its beginning");
            }
            store(upload, sha256, found, officer);
        } catch (UploadFault.Refused e) {
            LOG.info("upload {} ({}) is refused: {}", upload.id(), upload.name(), e.getMessage());
            table.refused(upload.id(), e.fault(), e.getMessage(), device, inspection.now());
        } catch (DuplicateKeyException _) {
            // Another thread has just taken the same bytes; the next look says so.
            LOG.info("upload {} came twice at once", upload.id());
        }
    }

    private void store(StoredUpload upload, String sha256, Inspection.Found found, long officer)
            throws IOException, InterruptedException, UploadFault.Refused {
        int device = found.device().known().no();
        long squad = found.device().squadNo();
        long stream = recordings.stream(device, found.device().name(), squad, "uploads");
        Remux.Remuxed made = null;
        try {
            made = recordings.remux(
                    stream, upload.id(), files.file(upload.id()), found.start().toEpochMilli());
            Instant end = Instant.ofEpochMilli(made.end());
            inspection.requireFits(found, end, upload.receivedAt());
            boolean late = Duration.between(end, upload.receivedAt()).compareTo(settings.late()) > 0;
            table.storing(
                    upload.id(),
                    sha256,
                    new UploadTable.Facts(
                            device,
                            squad,
                            officer == 0 ? null : officer,
                            found.start(),
                            end,
                            found.deviceStart(),
                            found.offset(),
                            late,
                            Boolean.TRUE.equals(found.told().important())));
            List<Sidecar> chained = recordings.chain(
                    stream,
                    made,
                    new Upload(
                            upload.receivedAt().toEpochMilli(),
                            found.deviceStart().toEpochMilli(),
                            found.offset(),
                            late,
                            upload.name(),
                            sha256));
            table.arrived(
                    upload.id(),
                    new UploadTable.Arrived(
                            stream,
                            chained.stream().mapToLong(Sidecar::sequence).min().orElseThrow(),
                            chained.stream().mapToLong(Sidecar::sequence).max().orElseThrow(),
                            made.leftOutSound()));
        } catch (PullFailure e) {
            recordings.drop(stream, upload.id());
            throw refusal(upload, e);
        } catch (Remux.TooLong e) {
            recordings.drop(stream, upload.id());
            throw UploadFault.DURATION.because(upload.name() + " " + e.getMessage());
        } catch (UploadFault.Refused | DuplicateKeyException e) {
            recordings.drop(stream, upload.id());
            throw e;
        }
    }

    private static UploadFault.Refused refusal(StoredUpload upload, PullFailure failure) throws InterruptedException {
        if (failure.offlineCause() == OfflineCause.STOPPED) {
            throw new InterruptedException(failure.getMessage());
        }
        UploadFault fault =
                failure.offlineCause() == OfflineCause.UNSUPPORTED_CODEC ? UploadFault.CODEC : UploadFault.NOT_VIDEO;
        return fault.because(upload.name() + " " + failure.getMessage());
    }
}
