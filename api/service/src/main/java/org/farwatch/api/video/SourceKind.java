package org.farwatch.api.video;

import java.util.function.Supplier;
import org.farwatch.ingest.media.Priority;
import org.farwatch.ingest.media.pull.Connection;

/** A kind of address that streams are fetched from, beside those of libavformat: of devices that send to us. */
public interface SourceKind {
    /** Of its addresses, such as {@code gb28181}. */
    String scheme();

    /** @throws IllegalArgumentException saying what is wrong with an address of this scheme */
    void check(String address);

    /** Whether a device sends either the main or the smaller picture of a camera, never both at once. */
    default boolean alternates() {
        return false;
    }

    /**
     * A connection that asks nothing before it is opened.
     *
     * @param wanted for what the stream is wanted at the time of asking; may be asked by any thread, neither waits nor
     *     throws
     */
    Connection connect(String address, Supplier<Priority> wanted);
}
