package org.farwatch.api.video;

import org.farwatch.ingest.media.MediaUnit;
import org.farwatch.ingest.media.VideoFormat;
import org.farwatch.vision.picture.EncodedPicture;
import org.farwatch.vision.picture.VideoCodec;

/** Where the frames of {@code ingest} become the pictures of {@code vision}, which know nothing of each other. */
public final class Sampler {
    private Sampler() {}

    /** The same picture; nothing is copied. */
    public static EncodedPicture picture(VideoFormat format, MediaUnit unit) {
        VideoCodec codec = switch (format.codec()) {
            case H264 -> VideoCodec.H264;
            case H265 -> VideoCodec.H265;
        };
        return new EncodedPicture(codec, format.configuration(), unit.payload(), unit.key(), unit.presentationTime());
    }
}
