package org.farwatch.ingest.simulator.gb28181;

/** What a simulated device sends in a call. Safe for use by many threads. */
interface CallStream extends AutoCloseable {
    /** The platform has acknowledged the answer. */
    void begin();

    /** @param order of MANSRTSP; live pictures take none */
    default void control(String order) {}

    @Override
    void close();
}
