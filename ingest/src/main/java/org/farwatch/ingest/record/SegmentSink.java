package org.farwatch.ingest.record;

/**
 * Is told what a recorder does. The sidecars on the disk are the truth: whoever was away reads the ones after the last
 * it knows ({@link Recordings}), so that a notification may be lost. An exception is logged and disturbs nothing.
 *
 * <p>{@link #closed} comes from the thread that finishes files, in the order of the sequence; the others from the
 * stream's thread, which waits for nobody. So {@code closed} may come after the {@code opened} of the next segment and
 * after {@code runEnded}.
 */
public interface SegmentSink {
    /** @param run its start, milliseconds since 1970 UTC, which is also its name */
    void runBegan(String stream, long run);

    void opened(OpenSegment segment);

    /** The file and its sidecar are on the disk. */
    void closed(Sidecar sidecar);

    /**
     * @param end where the gap begins, milliseconds since 1970 UTC
     * @param cause of the gap
     */
    void runEnded(String stream, long run, long end, GapCause cause);

    /**
     * A run should have begun and could not; said once for each cause until a run begins.
     *
     * @param at our clock, milliseconds since 1970 UTC
     */
    void refused(String stream, long at, GapCause cause);
}
