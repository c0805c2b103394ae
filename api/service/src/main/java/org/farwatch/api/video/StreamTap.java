package org.farwatch.api.video;

import org.farwatch.ingest.media.MediaSink;

/** A feature that looks at each frame of each stream. */
public interface StreamTap {
    /** Where a stream's frames go, from one beginning of its fetching to the next; on the stream's own thread. */
    MediaSink sink(long stream);
}
