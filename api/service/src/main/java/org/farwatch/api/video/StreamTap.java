package org.farwatch.api.video;

import org.farwatch.ingest.media.MediaSink;

/** A feature that looks at each frame of each stream. */
public interface StreamTap {
    /** Where a stream's frames go, from one beginning of its fetching to the next; on the stream's own thread. */
    MediaSink sink(long stream);

    /** Whether it has something to look for, so that the stream has to be fetched. */
    boolean looks(long stream);
}
