package org.farwatch.ingest.media;

/**
 * What a stream is made of.
 *
 * @param audio null when the stream has no sound
 */
public record MediaFormat(VideoFormat video, AudioFormat audio) {
    /** The type to ask a browser's {@code MediaSource} for. */
    public String mime() {
        return "video/mp4; codecs=\"" + video.codecs() + (audio == null ? "" : "," + audio.codecs()) + "\"";
    }
}
