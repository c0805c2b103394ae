package org.farwatch.api.jobs;

import java.io.Serial;

/** Ends the work of a job that somebody cancelled. */
public final class JobCancelled extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    JobCancelled() {
        super("the job was cancelled", null, false, false);
    }
}
