package org.farwatch.api.video;

import java.time.Instant;
import java.util.function.Consumer;
import org.farwatch.ingest.media.Fragment;
import org.farwatch.ingest.media.FragmentSink;
import org.farwatch.ingest.media.MediaFormat;

/**
 * When a stream's pictures began and ended, by the same clock and fragments as its recording: so that an interruption
 * begins where the recording ends, however late it was noticed, and ends where the recording goes on. Owned by the
 * stream's thread.
 */
final class PictureTimes implements FragmentSink {
    private final Consumer<Instant> began;
    private Instant last;
    private boolean interrupted = true;

    /**
     * @param asked since when the stream is fetched
     * @param began told of the first picture after each interruption
     */
    PictureTimes(Instant asked, Consumer<Instant> began) {
        this.last = asked;
        this.began = began;
    }

    /** Of the last picture, or since when the stream has been asked for its first. */
    Instant last() {
        return last;
    }

    @Override
    public void begin(MediaFormat format, byte[] init) {
        // Pictures of the new format say when they came.
    }

    @Override
    public void fragment(Fragment fragment) {
        if (interrupted && fragment.key()) {
            interrupted = false;
            began.accept(Instant.ofEpochMilli(fragment.received()));
        }
        last = Instant.ofEpochMilli(fragment.receivedEnd());
    }

    @Override
    public void end() {
        interrupted = true;
    }
}
