package org.farwatch.ingest.media;

import java.util.Locale;

/** Whether a stream's pictures come. */
public enum StreamState {
    /** The source is being asked. */
    CONNECTING,
    /** Frames come. */
    LIVE,
    /** The source is connected and silent. */
    STALLED,
    /** Not connected; the cause is told beside it. */
    OFFLINE,
    /** Not fetched, because nobody needs it. */
    IDLE;

    /** As it stands in the API and the database. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
