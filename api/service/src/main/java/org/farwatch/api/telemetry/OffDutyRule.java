package org.farwatch.api.telemetry;

/**
 * Decides whose positions may be kept. A vehicle's and a device's without a holder always; a person's only while on
 * duty (custody and roster at fix time, with a margin).
 */
@FunctionalInterface
public interface OffDutyRule {
    /** Answer for a position that may be kept. */
    long KEEP = 0;

    /**
     * In memory, called on writer threads for every row.
     *
     * @param fixTime milliseconds since 1970 UTC
     * @return {@link #KEEP}, or the id of the officer who held the device off duty
     */
    long offDutyHolder(int deviceNo, long fixTime);
}
