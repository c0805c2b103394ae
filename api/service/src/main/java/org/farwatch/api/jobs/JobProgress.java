package org.farwatch.api.jobs;

import java.time.Duration;

/**
 * How a job tells how far it is, and learns that it is to stop. Reporting costs nothing between two writes, so that it may
 * be called for each row. Belongs to the thread that runs the job; {@link #cancel} may be called by any.
 */
public final class JobProgress {
    static final Duration WRITE_EVERY = Duration.ofSeconds(1);
    private static final int MAX_MESSAGE = 500;

    private final Sink sink;
    private Told last = new Told(0, null, null);
    private long writtenAt;
    private boolean everWritten;
    private volatile boolean cancelled;

    /** @param total null when not known */
    record Told(long done, Long total, String message) {}

    /** Where progress goes. */
    @FunctionalInterface
    interface Sink {
        /**
         * Writes it down.
         *
         * @return whether somebody asked, in any process, that the job be cancelled
         */
        boolean write(Told told);
    }

    JobProgress(Sink sink) {
        this.sink = sink;
    }

    /**
     * Says how far the work is. Written at most once a second.
     *
     * @param done in units of the job's own
     * @param total in the same units, null when not known
     * @param message what is being done, null for nothing to say; cut at 500 characters
     * @throws JobCancelled when the job is to stop
     */
    public void report(long done, Long total, String message) {
        check();
        last = new Told(
                done,
                total,
                message == null || message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE));
        long now = System.nanoTime();
        if (everWritten && now - writtenAt < WRITE_EVERY.toNanos()) {
            return;
        }
        everWritten = true;
        writtenAt = now;
        if (sink.write(last)) {
            cancelled = true;
            check();
        }
    }

    /** @throws JobCancelled when the job is to stop */
    public void check() {
        if (cancelled) {
            throw new JobCancelled();
        }
    }

    /** What was told last, written or not. */
    Told last() {
        return last;
    }

    void cancel() {
        cancelled = true;
    }
}
