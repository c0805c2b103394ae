package org.farwatch.api.uploads;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.video.DeviceRecordings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Deletes files of uploads that are over, that never became whole, and refused ones beyond their bounds. */
@Component
class UploadSweep {
    private static final Logger LOG = LoggerFactory.getLogger(UploadSweep.class);
    private static final long SWEEP_MILLIS = 10_000;
    private static final int MOST = 500;

    private final UploadTable table;
    private final UploadStock stock;
    private final StagedFiles files;
    private final DeviceRecordings recordings;
    private final UploadSettings settings;
    private final AuditLog audit;
    private final Clock clock;

    UploadSweep(
            UploadTable table,
            UploadStock stock,
            StagedFiles files,
            DeviceRecordings recordings,
            UploadSettings settings,
            AuditLog audit,
            Clock clock) {
        this.table = table;
        this.stock = stock;
        this.files = files;
        this.recordings = recordings;
        this.settings = settings;
        this.audit = audit;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = SWEEP_MILLIS)
    synchronized void sweep() {
        try {
            Instant now = clock.instant();
            expire(stock.outdated(UploadState.OPEN, now.minus(settings.expiry()), MOST), "not whole in time");
            expire(stock.outdated(UploadState.REFUSED, now.minus(settings.refusedAge()), MOST), "refused and too old");
            expire(stock.beyond(settings.refusedSize().toBytes()), "more refused than is kept");
            for (StoredUpload upload : stock.overAndStaged(MOST)) {
                letGo(upload);
            }
        } catch (DataAccessException | IOException e) {
            LOG.warn("uploads are swept again: {}", e.toString());
        }
    }

    private void expire(List<StoredUpload> outdated, String reason) {
        for (StoredUpload upload : outdated) {
            if (table.ended(upload.id(), upload.version(), UploadState.EXPIRED)) {
                audit.record(
                        "uploads",
                        "expire",
                        "upload",
                        upload.id(),
                        Map.of("name", upload.name(), "state", upload.state().label(), "length", upload.length()),
                        Map.of("reason", reason),
                        null);
            }
        }
    }

    /** Of an arrived one only once playback knows it: until then its files say where the chain's end lies. */
    private void letGo(StoredUpload upload) throws IOException {
        if (upload.streamId() != null) {
            if (!recordings.indexed(upload.streamId(), upload.lastSequence())) {
                return;
            }
            recordings.drop(upload.streamId(), upload.id());
        }
        files.delete(upload.id());
        table.unstaged(upload.id());
    }
}
