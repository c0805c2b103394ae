package org.farwatch.geo;

/** What became of one row of a {@link PositionBatch}. All but {@link #REFUSED} are acknowledged to the device. */
public enum StoreResult {
    /** Committed to {@code position}. */
    STORED,
    /** Already committed before, under the same identity (device, fix time, body hash). */
    DUPLICATE,
    /** Belongs to a person off duty: encrypted, unreadable, destroyed after the sealing time. */
    SEALED,
    /** Committed to {@code position_suspect}: its clock is too far off to be placed in time. */
    SUSPECT,
    /** The database would not take the row; it lies with the reason in {@code position_refused}. */
    REFUSED
}
