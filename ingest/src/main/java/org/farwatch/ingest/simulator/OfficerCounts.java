package org.farwatch.ingest.simulator;

/**
 * What a simulated officer knows of his positions.
 *
 * @param taken taken so far
 * @param acknowledged the broker has them
 * @param waiting in memory
 * @param overwritten lost for lack of memory
 * @param refused answers of the broker that it would not take a message
 */
public record OfficerCounts(long taken, long acknowledged, int waiting, long overwritten, long refused) {}
