package org.farwatch.ingest.media;

import java.util.Locale;

/** Why a stream has no pictures. */
public enum OfflineCause {
    /** No connection: no such host, refused, no route. */
    UNREACHABLE,
    /** No answer in time. */
    TIMEOUT,
    /** User or password are wrong or missing. */
    UNAUTHORISED,
    /** The source knows no such stream. */
    NOT_FOUND,
    /** What came is no video that can be read. */
    NOT_VIDEO,
    /** The video is neither H.264 nor H.265. */
    UNSUPPORTED_CODEC,
    /** Pictures come, and none for too long at which decoding can begin. */
    NO_KEY_PICTURE,
    /** The source was silent for too long. */
    STALLED,
    /** The source ended the stream. */
    ENDED,
    /** The connection broke. */
    BROKEN,
    /** Whoever holds the device is off duty. */
    OFF_DUTY,
    /** Its device sends as many streams as it may, and one that was wanted more urgently took its place. */
    PREEMPTED,
    /** It is not to be fetched. */
    STOPPED;

    /** As it stands in the API and the database, such as {@code not-found}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
