package org.farwatch.api.uploads;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import org.farwatch.api.video.DeviceRecordings;
import org.farwatch.api.web.Refusal;
import org.farwatch.api.web.Texts;
import org.farwatch.ingest.record.Upload;
import org.springframework.stereotype.Component;

/** Whether another recording may be brought: the bounds of what lies about, and names that may be kept. */
@Component
class UploadIntake {
    private static final int ID_BYTES = 16;

    private final UploadTable table;
    private final UploadStock stock;
    private final UploadSettings settings;
    private final DeviceRecordings recordings;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    UploadIntake(
            UploadTable table, UploadStock stock, UploadSettings settings, DeviceRecordings recordings, Clock clock) {
        this.table = table;
        this.stock = stock;
        this.settings = settings;
        this.recordings = recordings;
        this.clock = clock;
    }

    /** Not to be guessed. */
    String newId() {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        return HexFormat.of().formatHex(id);
    }

    /**
     * @return whether it is a new one; not so for a file of a watched folder that is known
     * @throws Refusal 400 for a name, 413 for a size, 409 for too many begun, 507 for no room
     */
    synchronized boolean admit(UploadTable.New upload) {
        checkName(upload.name());
        if (upload.length() < 1) {
            throw Refusal.field("Upload-Length", "must be at least 1, was " + upload.length());
        }
        if (upload.length() > settings.maxSize().toBytes()) {
            throw new Refusal(
                    413,
                    "too large",
                    "Upload-Length must be at most " + settings.maxSize().toBytes()
                            + " (farwatch.uploads.max-size), was " + upload.length());
        }
        if (upload.userId() != null && stock.open(upload.userId()) >= settings.openPerUser()) {
            throw new Refusal(
                    409,
                    "too many uploads",
                    "you have " + settings.openPerUser() + " uploads that are not whole; end one of them first");
        }
        if (full(upload.length())) {
            throw new Refusal(
                    507, "no room", "there is no room for " + upload.length() + " bytes more; try again later");
        }
        return table.insert(upload, clock.instant());
    }

    /** Whether nothing of this length is taken at the moment. */
    boolean full(long length) {
        return recordings.full()
                || stock.stagedBytes() + length > settings.staging().toBytes()
                || stock.count(UploadState.WAITING) >= settings.queue();
    }

    /** @throws Refusal 400 for a name that is none of a file */
    static void checkName(String name) {
        if (!Upload.isName(name)
                || !Texts.storable(name)
                || name.contains("/")
                || name.contains("\\")
                || name.equals(".")
                || name.equals("..")) {
            throw Refusal.field(
                    "filename",
                    "must be the name of a file: 1 to 200 characters, none of them a control character, / or \\");
        }
    }
}
