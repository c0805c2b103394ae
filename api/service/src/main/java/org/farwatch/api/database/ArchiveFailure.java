package org.farwatch.api.database;

/** An archive cannot be made, read or trusted, for a reason that one sentence tells; printed as such, exit code 1. */
final class ArchiveFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ArchiveFailure(String sentence) {
        super(sentence);
    }

    ArchiveFailure(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
