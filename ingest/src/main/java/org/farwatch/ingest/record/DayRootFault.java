package org.farwatch.ingest.record;

import java.io.IOException;
import java.nio.file.Path;

/** A file that should be a day root and is none; the message names the file and the fact. */
public final class DayRootFault extends IOException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    /** @param cause may be null */
    public DayRootFault(Path file, String reason, Throwable cause) {
        super(file + ": " + reason, cause);
        this.reason = reason;
    }

    /** Without the file's name. */
    public String reason() {
        return reason;
    }
}
