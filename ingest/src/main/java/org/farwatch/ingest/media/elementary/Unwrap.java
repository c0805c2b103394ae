package org.farwatch.ingest.media.elementary;

/** A counter of so many bits that starts again at 0, as one that does not. Owned by whoever reads the stream. */
public final class Unwrap {
    private final int spare;
    private boolean begun;
    private long last;

    /** @param bits of the counter, 1 to 63 */
    public Unwrap(int bits) {
        spare = Long.SIZE - bits;
    }

    /**
     * @param counter as it came
     * @return the value nearest to the last one that is the counter in its bits; may be below 0 where the first ones
     *     came out of order
     */
    public long next(long counter) {
        last = begun ? last + ((counter - last) << spare >> spare) : counter;
        begun = true;
        return last;
    }
}
