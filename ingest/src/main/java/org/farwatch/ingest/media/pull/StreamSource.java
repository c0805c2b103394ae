package org.farwatch.ingest.media.pull;

/** Where a stream comes from, for as many connections as it takes. Its text is for logs and holds no secrets. */
public interface StreamSource {
    /** A connection that has not been opened. */
    Connection connect();

    /** Whether frames come as fast as they are read and the end is final, as of a file. */
    default boolean paced() {
        return false;
    }
}
