package org.farwatch.ingest.record;

import java.nio.file.Path;

/**
 * A segment that is being written, as far as it is written.
 *
 * @param stream id of the stream
 * @param sequence in its stream; an open segment that is lost whole gives it to the next
 * @param run start of the contiguous recording run, milliseconds since 1970 UTC
 * @param start our clock, milliseconds since 1970 UTC
 * @param end of the last written fragment, milliseconds since 1970 UTC
 * @param bytes that are in the file; all of them can be read
 * @param initBytes of them the header
 * @param codec as in {@link Sidecar#codec}
 * @param file may be read meanwhile
 */
public record OpenSegment(
        String stream,
        long sequence,
        long run,
        long start,
        long end,
        long bytes,
        long initBytes,
        String codec,
        int width,
        int height,
        Path file) {}
