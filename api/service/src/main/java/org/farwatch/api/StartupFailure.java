package org.farwatch.api;

/** The service cannot start, for a reason that one sentence tells; printed as such, exit code 1. */
public final class StartupFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StartupFailure(String sentence) {
        super(sentence);
    }

    public StartupFailure(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
