package org.farwatch.ingest.record;

import java.io.IOException;
import java.nio.file.Path;

/** A ledger of deletions that is not as it was written; the message names the file and the fact. */
public final class DeletionFault extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param cause may be null */
    DeletionFault(Path file, String reason, Throwable cause) {
        super(file + ": " + reason, cause);
    }
}
