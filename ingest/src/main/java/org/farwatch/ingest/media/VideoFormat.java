package org.farwatch.ingest.media;

import java.util.Arrays;

/**
 * What a video track is made of. Equal by content: another one means that files and viewers have to begin anew.
 *
 * @param codecs as a browser is asked whether it can play it (RFC 6381), such as {@code avc1.64001f}
 * @param width of the picture in pixels
 * @param height of the picture in pixels
 * @param configuration AVCDecoderConfigurationRecord or HEVCDecoderConfigurationRecord (ISO/IEC 14496-15, 5.3.3 and
 *     8.3.3), holding the parameter sets; not to be changed
 */
public record VideoFormat(VideoCodec codec, String codecs, int width, int height, byte[] configuration) {
    @Override
    public boolean equals(Object other) {
        return other instanceof VideoFormat format
                && codec == format.codec
                && Arrays.equals(configuration, format.configuration);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(configuration);
    }

    @Override
    public String toString() {
        return codecs + " " + width + "x" + height;
    }
}
