package org.farwatch.api.video;

import java.time.Instant;

/**
 * A stream is fetched and recorded no more; published in the transaction in which that is written.
 *
 * @param id internal id
 */
public record StreamRetired(long id, Instant at) {}
