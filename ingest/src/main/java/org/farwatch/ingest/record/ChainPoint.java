package org.farwatch.ingest.record;

import java.util.Objects;

/**
 * A place in a stream's chain: the next segment has {@code sequence + 1} and names {@code chain} as the one before.
 *
 * @param sequence of the segment, 0 before the first
 * @param chain its chain value, 64 lower-case hexadecimal digits
 */
public record ChainPoint(long sequence, String chain) {
    public ChainPoint {
        if (sequence < 0) {
            throw new IllegalArgumentException("sequence must be at least 0, was " + sequence);
        }
        if (!HashAlgorithm.made(Objects.requireNonNull(chain))) {
            throw new IllegalArgumentException("chain must be " + Hashes.RULE + ", was " + chain);
        }
    }

    /** Before the first segment of a stream: SHA-256 over {@code farwatch chain 1}, a line feed, its id, a line feed. */
    public static ChainPoint beginning(String stream) {
        return new ChainPoint(0, Hashes.ofText("farwatch chain 1\n" + SegmentName.checkStream(stream) + "\n"));
    }
}
