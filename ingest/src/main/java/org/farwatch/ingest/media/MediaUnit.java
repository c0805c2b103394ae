package org.farwatch.ingest.media;

/**
 * One frame as it came in.
 *
 * @param track whose frame it is
 * @param decodeTime microseconds on the stream's own clock; within a track it grows from frame to frame
 * @param presentationTime microseconds on the same clock, not before {@code decodeTime}
 * @param receiveTime our clock when the last byte had come, milliseconds since 1970 UTC
 * @param key whether decoding can begin here
 * @param payload video: NAL units, each behind its length in 4 bytes, without parameter sets and delimiters; audio: one
 *     raw AAC frame. Not to be changed
 */
public record MediaUnit(
        Track track, long decodeTime, long presentationTime, long receiveTime, boolean key, byte[] payload) {
    /** The tracks that a stream can have. */
    public enum Track {
        VIDEO,
        AUDIO
    }

    public boolean isVideo() {
        return track == Track.VIDEO;
    }
}
