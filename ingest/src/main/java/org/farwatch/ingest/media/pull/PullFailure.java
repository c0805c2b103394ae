package org.farwatch.ingest.media.pull;

import org.farwatch.ingest.media.OfflineCause;

/** A source gave no stream, or no more of it. */
public final class PullFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final OfflineCause cause;

    /** @param detail in the words of who noticed it */
    public PullFailure(OfflineCause cause, String detail) {
        super(detail);
        this.cause = cause;
    }

    public OfflineCause offlineCause() {
        return cause;
    }
}
