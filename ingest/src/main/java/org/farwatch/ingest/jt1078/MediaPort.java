package org.farwatch.ingest.jt1078;

/** Where a terminal sends to: live pictures and stored ones look the same. */
public enum MediaPort {
    LIVE,
    PLAYBACK
}
