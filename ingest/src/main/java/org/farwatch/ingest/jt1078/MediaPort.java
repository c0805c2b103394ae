package org.farwatch.ingest.jt1078;

/** Where a terminal sends to: live pictures, stored ones and the sound of a talk look the same. */
public enum MediaPort {
    LIVE,
    PLAYBACK,
    /** Sound of a talk; what is said goes out on the link that the terminal has opened to here. */
    TALK
}
