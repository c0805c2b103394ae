package org.farwatch.api.findings;

import java.time.Instant;

/**
 * A file of evidence of a lead and its finding.
 *
 * @param id SHA-256 of its content
 * @param name in the words of who added it
 */
record CaseFile(String id, String name, String mediaType, long bytes, String addedBy, Instant addedAt) {}
