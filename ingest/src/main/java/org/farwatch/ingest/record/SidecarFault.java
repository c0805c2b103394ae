package org.farwatch.ingest.record;

import java.io.IOException;
import java.nio.file.Path;

/** A file that should be a sidecar and is none; the message names the file, the fact and the rule. */
public final class SidecarFault extends IOException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    SidecarFault(Path file, String reason) {
        super(file + ": " + reason);
        this.reason = reason;
    }

    /** Without the file's name. */
    public String reason() {
        return reason;
    }
}
