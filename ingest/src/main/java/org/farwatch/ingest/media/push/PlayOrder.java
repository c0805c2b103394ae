package org.farwatch.ingest.media.push;

/** What one who watches a device's recording may tell the device. */
public sealed interface PlayOrder {
    /** Stands still; no pictures come until {@link Resume}. */
    record Pause() implements PlayOrder {}

    /** Goes on at the speed that was told last. */
    record Resume() implements PlayOrder {}

    /** @param times of the speed at which it was recorded, {@link #SLOWEST} to {@link #FASTEST} */
    record Speed(double times) implements PlayOrder {
        public static final double SLOWEST = 0.25;
        public static final double FASTEST = 16;

        /** @throws IllegalArgumentException naming value and range */
        public Speed {
            if (!(times >= SLOWEST && times <= FASTEST)) {
                throw new IllegalArgumentException("speed must be " + SLOWEST + " to " + FASTEST + ", was " + times);
            }
        }
    }

    /** @param at instant of the recording, milliseconds since 1970 UTC */
    record Seek(long at) implements PlayOrder {}
}
