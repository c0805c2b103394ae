package org.farwatch.ingest.media.push;

import org.farwatch.ingest.media.OfflineCause;
import org.farwatch.ingest.media.SourceSound;
import org.farwatch.ingest.media.VideoCodec;

/**
 * Where a receiver puts what a device sends. Called by one thread at a time, often an event loop: it never waits. When
 * the stream's thread does not keep up, what waits is dropped up to the next key picture, and counted.
 */
public interface Feed {
    /**
     * A picture.
     *
     * @param decode stamp of the device in microseconds, of any origin, growing without wrap
     * @param presentation the same, not before {@code decode}
     * @param receiveTime our clock when its last byte came, milliseconds since 1970 UTC
     * @param accessUnit whole, with start codes (ITU-T H.264 or H.265, annex B); not to be changed afterwards
     */
    void video(VideoCodec codec, long decode, long presentation, long receiveTime, byte[] accessUnit);

    /**
     * Sound of the telephone's codecs.
     *
     * @param sound what the payload is
     * @param stamp of its first sample, microseconds on the clock of the pictures
     */
    void sound(SourceSound sound, long stamp, long receiveTime, byte[] payload);

    /**
     * AAC.
     *
     * @param stamp of the first frame, microseconds on the clock of the pictures
     * @param frames whole frames, each with its ADTS header
     */
    void aac(long stamp, long receiveTime, byte[] frames);

    /**
     * Sound comes that is not taken.
     *
     * @param codec its usual name
     */
    void leftOut(String codec);

    /** Something of the pictures was lost: they are of no use up to the next key picture. */
    void lost();

    /** The device ended the stream or broke off. What it sent before is still given out. */
    void failed(OfflineCause cause, String detail);
}
