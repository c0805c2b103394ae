package org.farwatch.api.video;

import java.util.Map;
import java.util.OptionalLong;
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
     * Milliseconds that the clock of the device behind an address is ahead of ours, where it tells its time otherwise than
     * with its pictures; empty while that is not known.
     */
    default OptionalLong clockOffset(String address) {
        return OptionalLong.empty();
    }

    /** The same of all devices that are here, by their numbers. */
    default Map<Integer, Long> clockOffsets() {
        return Map.of();
    }

    /**
     * A connection that asks nothing before it is opened.
     *
     * @param wanted for what the stream is wanted at the time of asking; may be asked by any thread, neither waits nor
     *     throws
     */
    Connection connect(String address, Supplier<Priority> wanted);
}
