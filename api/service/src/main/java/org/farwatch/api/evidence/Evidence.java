package org.farwatch.api.evidence;

import java.time.Instant;

/**
 * A file of evidence.
 *
 * @param sha256 hash of its content, 64 lower-case hexadecimal digits; also its id
 * @param mediaType such as {@code image/jpeg}
 * @param bytes its length
 * @param origin where it came from, such as {@code upload} or {@code jt808-0801}
 * @param addedAt when the content was first put
 * @param hold kept whatever its age
 */
public record Evidence(String sha256, String mediaType, long bytes, String origin, Instant addedAt, boolean hold) {}
