package org.farwatch.api.cameras;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.farwatch.api.cameras.CameraTable.Camera;
import org.farwatch.api.video.Sampler;
import org.farwatch.ingest.media.MediaFormat;
import org.farwatch.ingest.media.MediaSink;
import org.farwatch.ingest.media.MediaUnit;
import org.farwatch.ingest.media.VideoFormat;
import org.farwatch.vision.health.Glance;
import org.farwatch.vision.health.HealthChange;
import org.farwatch.vision.health.HealthFault;
import org.farwatch.vision.health.HealthSample;
import org.farwatch.vision.health.PictureWatch;
import org.farwatch.vision.picture.EncodedPicture;
import org.farwatch.vision.picture.Picture;
import org.farwatch.vision.picture.PictureDecoder;
import org.springframework.dao.DataAccessException;

/**
 * Looks at one stream's key pictures now and then. Frames come on the stream's thread, which only counts them and hands some
 * on; the watch is owned by one look thread.
 */
final class CameraEye implements MediaSink {
    /** Half an hour of looks, for the plots. */
    static final int SAMPLES = 180;

    private static final long SAVE_MILLIS = 600_000;

    private final long stream;
    private final LookThread thread;
    private final CameraDesk desk;
    private final LookCounts counts;
    private final long every;

    /** Of the stream's thread. */
    private VideoFormat video;

    private long frames;
    private long lookedAt;

    /** Of the look thread, all that follow. */
    private PictureWatch watch;

    private volatile Camera camera;
    private boolean learned;
    private long savedAt;

    /** Guarded by itself: requests read it. */
    private final Deque<HealthSample> samples = new ArrayDeque<>();

    private volatile boolean learning = true;

    CameraEye(long stream, LookThread thread, CameraDesk desk, LookCounts counts, CameraSettings settings) {
        this.stream = stream;
        this.thread = thread;
        this.desk = desk;
        this.counts = counts;
        this.every = settings.look().toMillis();
    }

    @Override
    public void format(MediaFormat format) {
        video = format.video();
    }

    @Override
    public void unit(MediaUnit unit) {
        if (!unit.isVideo()) {
            return;
        }
        frames++;
        long now = unit.receiveTime();
        if (!unit.key() || lookedAt != 0 && now - lookedAt < every) {
            return;
        }
        double rate = lookedAt == 0 || now <= lookedAt ? Double.NaN : frames * 1_000.0 / (now - lookedAt);
        lookedAt = now;
        frames = 0;
        EncodedPicture picture = Sampler.picture(video, unit);
        counts.waiting.incrementAndGet();
        if (!thread.run(() -> look(picture, rate, now))) {
            counts.waiting.decrementAndGet();
            counts.leftOut.increment();
        }
    }

    @Override
    public void end() {
        lookedAt = 0;
        frames = 0;
        // Where too many wait, the watch notices the break by the times.
        var _ = thread.run(() -> {
            if (watch != null) {
                watch.interrupted();
            }
        });
    }

    /** What is known is read anew before the next look, if the camera is another one now or is to learn again. */
    void follow(Camera now) {
        Camera known = camera;
        if (known != null && !known.equals(now)) {
            // Where too many wait, it is tried again soon.
            var _ = thread.run(() -> {
                watch = null;
                camera = null;
                learning = true;
            });
        }
    }

    /** The newest looks, oldest of them first. */
    List<HealthSample> samples() {
        synchronized (samples) {
            return new ArrayList<>(samples);
        }
    }

    /** Whether too few pictures were seen in the present light to judge by. */
    boolean learning() {
        return learning;
    }

    private void look(EncodedPicture encoded, double rate, long now) {
        counts.waiting.decrementAndGet();
        if (watch == null && !begin(now)) {
            counts.unread.increment();
            return;
        }
        List<Glance> seen = new ArrayList<>();
        try (PictureDecoder decoder = new PictureDecoder(picture -> glance(picture, seen))) {
            decoder.decode(encoded);
            decoder.drain();
        }
        if (seen.isEmpty()) {
            counts.broken.increment();
            return;
        }
        counts.taken.increment();
        PictureWatch.Look look = watch.take(seen.getFirst(), rate, now, desk.limits());
        synchronized (samples) {
            samples.addLast(look.sample());
            if (samples.size() > SAMPLES) {
                samples.removeFirst();
            }
        }
        look.changes().forEach(change -> tell(camera, change));
        boolean knows = watch.hasLearned();
        learning = !knows;
        if (!look.changes().isEmpty() || knows && !learned || now - savedAt >= SAVE_MILLIS) {
            savedAt = now;
            desk.save(camera, watch.memory().references());
        }
        learned = knows;
    }

    private static void glance(Picture picture, List<Glance> seen) {
        try (picture) {
            seen.add(Glance.of(picture.bgr()));
        }
    }

    private void tell(Camera about, HealthChange change) {
        switch (change) {
            case HealthChange.Began(HealthFault fault, long since) ->
                desk.began(about, fault, Instant.ofEpochMilli(since));
            case HealthChange.Ended(HealthFault fault, long _, long end) ->
                desk.ended(stream, fault, Instant.ofEpochMilli(end));
        }
    }

    /** @return false when the database does not answer, or the stream is gone */
    private boolean begin(long now) {
        try {
            CameraDesk.Known known = desk.known(stream).orElse(null);
            if (known == null) {
                return false;
            }
            camera = known.camera();
            watch = new PictureWatch(judged(camera), known.memory());
            learned = false;
            savedAt = now;
            return true;
        } catch (DataAccessException _) {
            return false;
        }
    }

    /** A camera that is carried has no view of its own, one that turns has several. */
    static Set<HealthFault> judged(Camera camera) {
        return switch (camera.deviceKind()) {
            case null -> HealthFault.ofPictures();
            case "camera" -> HealthFault.ofPictures();
            case "ptz-dome" -> EnumSet.of(HealthFault.BLACK, HealthFault.FROZEN, HealthFault.SLOW);
            default -> EnumSet.of(HealthFault.FROZEN, HealthFault.SLOW);
        };
    }
}
