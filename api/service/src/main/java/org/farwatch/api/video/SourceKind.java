package org.farwatch.api.video;

import org.farwatch.ingest.media.pull.Connection;

/** A kind of address that streams are fetched from, beside those of libavformat: of devices that send to us. */
public interface SourceKind {
    /** Of its addresses, such as {@code gb28181}. */
    String scheme();

    /** @throws IllegalArgumentException saying what is wrong with an address of this scheme */
    void check(String address);

    /** A connection that asks nothing before it is opened. */
    Connection connect(String address);
}
