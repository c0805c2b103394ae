package org.farwatch.api.video;

import java.util.List;
import java.util.Optional;
import org.farwatch.ingest.media.MediaFormat;
import org.farwatch.ingest.media.MediaSink;
import org.farwatch.ingest.media.MediaUnit;
import org.farwatch.ingest.media.VideoFormat;
import org.farwatch.vision.picture.EncodedPicture;

/** Hands a stream's frames on and keeps the newest key picture, which can be decoded by itself. */
final class LastPicture implements MediaSink {
    private final List<MediaSink> next;
    private volatile VideoFormat video;
    private volatile EncodedPicture picture;

    LastPicture(List<MediaSink> next) {
        this.next = List.copyOf(next);
    }

    @Override
    public void format(MediaFormat format) {
        video = format.video();
        next.forEach(sink -> sink.format(format));
    }

    @Override
    public void unit(MediaUnit unit) {
        if (unit.isVideo() && unit.key()) {
            picture = Sampler.picture(video, unit);
        }
        next.forEach(sink -> sink.unit(unit));
    }

    @Override
    public void end() {
        picture = null;
        next.forEach(MediaSink::end);
    }

    /** Empty while no pictures come. */
    Optional<EncodedPicture> newest() {
        return Optional.ofNullable(picture);
    }
}
