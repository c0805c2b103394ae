package org.farwatch.ingest.media;

import java.util.Arrays;

/**
 * What an audio track is made of; always AAC, the only one that both MP4 and every browser take.
 *
 * @param original codec that the device sent, by libavcodec's name, such as {@code aac} or {@code pcm_alaw}
 * @param sampleRate samples a second
 * @param configuration AudioSpecificConfig (ISO/IEC 14496-3, 1.6.2.1); not to be changed
 */
public record AudioFormat(String original, int sampleRate, int channels, byte[] configuration) {
    /** Name of the track in a file, before {@link #original}: so each recording notes what the device sent. */
    public static final String TRACK_NAME = "sound, sent as ";

    /** As a browser is asked for it (RFC 6381): the object type stands in the first five bits. */
    public String codecs() {
        return "mp4a.40." + ((configuration[0] & 0xff) >>> 3);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AudioFormat format
                && original.equals(format.original)
                && sampleRate == format.sampleRate
                && channels == format.channels
                && Arrays.equals(configuration, format.configuration);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(configuration);
    }

    @Override
    public String toString() {
        return codecs() + " " + sampleRate + " Hz, " + channels + " channels, from " + original;
    }
}
