package org.farwatch.api.devicerecordings;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.farwatch.api.video.PictureViewer;
import org.farwatch.ingest.media.Fmp4Writer;
import org.farwatch.ingest.media.Fragment;
import org.farwatch.ingest.media.FragmentSink;
import org.farwatch.ingest.media.MediaFormat;
import org.farwatch.ingest.media.MediaUnit;
import org.farwatch.ingest.media.OfflineCause;
import org.farwatch.ingest.media.pull.PullFailure;
import org.farwatch.ingest.media.push.PlayOrder;
import org.farwatch.ingest.media.push.Playing;
import org.farwatch.ingest.media.push.PushedConnection;

/**
 * One call: a device plays a stretch, and the viewer gets what comes. The session's thread opens it, reads it and owns
 * the path of a frame; orders come from any.
 */
final class PlayCall implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    /** Silence is looked after by {@link PlaySession#look}, which knows of pauses. */
    private static final Duration FOR_EVER = Duration.ofHours(24);

    /** Devices end a little before or after what was asked for, milliseconds. */
    static final long NEAR_THE_END = 10_000;

    /** A picture that lies so far from where the last one led is of another place, milliseconds. */
    private static final long ANOTHER_PLACE = 1_500;

    private final Stretch stretch;
    private final Playing playing;
    private final PushedConnection connection;

    PlayCall(RecordingDesk.Target target, Stretch stretch) {
        this.stretch = stretch;
        this.playing = new Playing(
                target.source().watched(target.address(), stretch.from(), stretch.to()),
                stretch.from().toEpochMilli(),
                stretch.to().toEpochMilli());
        this.connection = new PushedConnection(playing);
    }

    void open() throws PullFailure {
        connection.open(CONNECT);
    }

    Stretch stretch() {
        return stretch;
    }

    /** When the newest picture that came was recorded. */
    Instant position() {
        return Instant.ofEpochMilli(playing.position());
    }

    /** As {@link Playing#order}. */
    CompletionStage<Void> order(PlayOrder order) {
        return playing.order(order);
    }

    /** Ends it for the thread that reads. */
    void fail(OfflineCause cause, String detail) {
        playing.fail(cause, detail);
    }

    /** Whether an end is the one that was to come: devices close the connection behind the last picture, or fall silent. */
    boolean wholeAt(PullFailure end) {
        return playing.position() >= playing.to() - NEAR_THE_END
                && (end.offlineCause() == OfflineCause.ENDED || end.offlineCause() == OfflineCause.STALLED);
    }

    /** Until the connection ends. What is of another place begins anew for the viewer, with its own time. */
    void show(PictureViewer viewer, PlayStanding standing) throws PullFailure {
        Fmp4Writer writer = new Fmp4Writer(new ToViewer(viewer, standing));
        MediaFormat format = null;
        MediaUnit last = null;
        while (true) {
            MediaUnit unit = connection.read(FOR_EVER);
            boolean elsewhere = unit.isVideo()
                    && last != null
                    && (unit.receiveTime() < last.receiveTime()
                            || unit.receiveTime() - last.receiveTime() > ANOTHER_PLACE);
            if (!connection.format().equals(format) || elsewhere) {
                writer.end();
                format = connection.format();
                writer.format(format);
            }
            if (unit.isVideo()) {
                last = unit;
                standing.shown(Instant.ofEpochMilli(unit.receiveTime()));
            }
            writer.unit(unit);
        }
    }

    private static final class ToViewer implements FragmentSink {
        private final PictureViewer viewer;
        private final PlayStanding standing;
        private boolean fresh;

        ToViewer(PictureViewer viewer, PlayStanding standing) {
            this.viewer = viewer;
            this.standing = standing;
        }

        @Override
        public void begin(MediaFormat format, byte[] init) {
            viewer.begin(format, init);
            fresh = true;
        }

        @Override
        public void fragment(Fragment fragment) {
            viewer.fragment(fragment);
            if (fresh) {
                // A header clears what waits to be sent, also what was said.
                fresh = false;
                standing.say();
            }
        }

        @Override
        public void end() {
            // The viewer goes on with what follows.
        }
    }

    /** Whoever opens or reads it is called back; by any thread. */
    void interrupt() {
        connection.interrupt();
    }

    @Override
    public void close() {
        connection.close();
    }
}
