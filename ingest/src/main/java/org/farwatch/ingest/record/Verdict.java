package org.farwatch.ingest.record;

import java.nio.file.Path;

/** What {@link Verification} found out: that all is as it was recorded, or what is the first that is not. */
public sealed interface Verdict {
    /**
     * Every file is there, as it was hashed, in its place in the chain.
     *
     * @param from before the first segment
     * @param to the last segment
     * @param segments that were read
     * @param bytes of their files
     */
    record Intact(ChainPoint from, ChainPoint to, long segments, long bytes) implements Verdict {}

    /**
     * @param file that is not as it was
     * @param reason in a sentence, naming the fact
     */
    record Altered(long sequence, Path file, String reason) implements Verdict {}

    /** @param part what is not there */
    record Missing(long sequence, Part part) implements Verdict {
        /** Of a segment. */
        public enum Part {
            VIDEO,
            SIDECAR,
            BOTH
        }
    }

    /**
     * @param sequence of the place
     * @param file that stands there
     * @param belongs sequence of the segment that it is
     */
    record Reordered(long sequence, Path file, long belongs) implements Verdict {}

    /** @param file that no recorder has chained */
    record Added(Path file, String reason) implements Verdict {}

    /**
     * The chain is consistent and is not the one that was kept elsewhere: somebody has made a whole new one.
     *
     * @param found at the sequence
     * @param kept at the same sequence
     */
    record Rewritten(ChainPoint found, ChainPoint kept) implements Verdict {}
}
