package org.farwatch.ingest.media;

/**
 * Packets of one connection to a source, since it began.
 *
 * @param came those that came
 * @param lost those that never came, or too late, by the gaps in their numbers
 */
public record Packets(long came, long lost) {}
