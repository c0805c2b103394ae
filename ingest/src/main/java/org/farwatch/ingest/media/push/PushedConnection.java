package org.farwatch.ingest.media.push;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import org.farwatch.ingest.media.Adts;
import org.farwatch.ingest.media.AudioFormat;
import org.farwatch.ingest.media.MediaFormat;
import org.farwatch.ingest.media.MediaUnit;
import org.farwatch.ingest.media.MediaUnit.Track;
import org.farwatch.ingest.media.OfflineCause;
import org.farwatch.ingest.media.Packets;
import org.farwatch.ingest.media.SourceSound;
import org.farwatch.ingest.media.Timeline;
import org.farwatch.ingest.media.VideoCodec;
import org.farwatch.ingest.media.VideoFormat;
import org.farwatch.ingest.media.VideoFrames;
import org.farwatch.ingest.media.pull.Connection;
import org.farwatch.ingest.media.pull.PullFailure;
import org.farwatch.ingest.media.pull.SoundTrack;
import org.farwatch.ingest.media.push.FrameQueue.Arrived;

/**
 * One agreement with a device that sends to us. A receiver's thread puts frames into a bounded queue; the stream's own
 * thread brings them into their form, so that neither the encoding of sound nor the disk ever holds an event loop.
 */
public final class PushedConnection implements Connection {
    /**
     * So long pictures wait for the first sound where some may come, so that a recording need not begin anew for it,
     * milliseconds.
     */
    static final long SOUND_PATIENCE = 300;

    /** Pictures that may come and be of no use: at 25 a second, a minute. */
    private static final int MAX_BROKEN = 1_500;

    private final Upstream upstream;
    private final FrameQueue queue;
    private final Deque<MediaUnit> ready = new ArrayDeque<>();
    private final Timeline timeline = new Timeline();
    private VideoCodec codec;
    private VideoFrames video;
    /** What the sound is made of: a {@link SourceSound} or an {@link AudioFormat}; null before the first one. */
    private Object soundIs;

    private SoundTrack sound;
    /** Pictures are left out until decoding can begin again. */
    private boolean awaitsKey;

    private boolean begun;
    private int broken;
    /** Our clock when the first picture came whose format is known, milliseconds; 0 before it. */
    private long first;

    private boolean given;
    /** How long the first picture waits for sound, milliseconds. */
    private long soundPatience = SOUND_PATIENCE;

    /** Why there is no more behind what is ready; null while there may be. */
    private PullFailure ended;

    private MediaFormat format;

    public PushedConnection(Upstream upstream) {
        this.upstream = upstream;
        queue = new FrameQueue(upstream);
    }

    @Override
    public void open(Duration limit) throws PullFailure {
        begun = true;
        try {
            queue.asks(Thread.currentThread());
            upstream.begin(queue, limit);
            soundPatience = upstream.mayBeHeard() ? SOUND_PATIENCE : 0;
        } catch (InterruptedException _) {
            throw stopped();
        } finally {
            queue.asked();
        }
        queue.picturesFromNow();
    }

    @Override
    public MediaUnit read(Duration limit) throws PullFailure {
        while (!mayGive()) {
            if (ended != null) {
                throw ended;
            }
            // The first ones are held back; when no more come they are given out all the same.
            long wait = ready.isEmpty() ? Long.MAX_VALUE : first + soundPatience - System.currentTimeMillis();
            Arrived arrived = queue.take(limit, wait);
            if (arrived != null) {
                take(arrived);
            }
            if (broken > MAX_BROKEN) {
                throw video.format() == null || awaitsKey
                        ? new PullFailure(OfflineCause.NO_KEY_PICTURE, "no key picture in " + broken + " pictures")
                        : new PullFailure(
                                OfflineCause.NOT_VIDEO, "nothing that can be decoded in " + broken + " pictures");
            }
        }
        given = true;
        MediaUnit unit = ready.remove();
        VideoFormat picture = video.format();
        format = new MediaFormat(picture, sound == null ? null : sound.format());
        return unit;
    }

    @Override
    public MediaFormat format() {
        return format;
    }

    @Override
    public String leftOutSound() {
        return queue.leftOutSound();
    }

    @Override
    public Optional<Packets> packets() {
        return upstream.packets();
    }

    @Override
    public void interrupt() {
        queue.interrupt();
    }

    @Override
    public void close() {
        if (begun) {
            upstream.end();
        }
        if (sound != null) {
            sound.close();
        }
    }

    /** Pictures and sounds that were dropped because the stream's thread did not keep up. */
    public long dropped() {
        return queue.dropped();
    }

    private boolean mayGive() {
        return !ready.isEmpty()
                && (given || ended != null || sound != null || System.currentTimeMillis() - first >= soundPatience);
    }

    private void take(Arrived arrived) {
        switch (arrived) {
            case Arrived.Picture picture -> picture(picture);
            case Arrived.Sound heard -> sound(heard);
            case Arrived.Aac heard -> aac(heard);
            case Arrived.Lost _ -> awaitsKey = true;
            case Arrived.Failed failed -> ended = new PullFailure(failed.cause(), failed.detail());
        }
    }

    private void picture(Arrived.Picture picture) {
        if (codec != picture.codec()) {
            awaitsKey = codec != null;
            codec = picture.codec();
            video = new VideoFrames(codec);
        }
        VideoFrames.Frame frame;
        broken++;
        try {
            frame = video.frame(picture.accessUnit(), VideoFrames.START_CODES);
        } catch (IllegalArgumentException _) {
            // What a network has broken; decoding begins again at the next key picture.
            awaitsKey = true;
            return;
        }
        if (frame == null || video.format() == null || awaitsKey && !frame.key()) {
            return;
        }
        broken = 0;
        awaitsKey = false;
        first = first == 0 ? System.currentTimeMillis() : first;
        MediaUnit unit = placed(
                Track.VIDEO,
                picture.decode(),
                picture.presentation(),
                picture.receiveTime(),
                frame.key(),
                frame.payload());
        ready.add(unit);
        if (sound != null) {
            sound.picture(unit, ready::add);
        }
    }

    private void sound(Arrived.Sound heard) {
        if (!heard.sound().equals(soundIs)) {
            change(heard.sound());
            try {
                sound = SoundTrack.of(heard.sound());
            } catch (IllegalStateException _) {
                queue.leftOut(heard.sound().codec().label());
            }
        }
        give(heard.stamp(), heard.receiveTime(), heard.payload());
    }

    private void aac(Arrived.Aac heard) {
        long stamp = heard.stamp();
        for (Adts.Frame frame : Adts.frames(heard.frames())) {
            AudioFormat now = new AudioFormat("aac", frame.sampleRate(), frame.channels(), frame.configuration());
            if (!now.equals(soundIs)) {
                change(now);
                sound = SoundTrack.of(now);
            }
            give(stamp, heard.receiveTime(), frame.payload());
            stamp += frame.micros();
        }
    }

    private void change(Object now) {
        if (sound != null) {
            sound.close();
            sound = null;
        }
        soundIs = Objects.requireNonNull(now);
    }

    /** Sound before the first picture is of no use. */
    private void give(long stamp, long receiveTime, byte[] payload) {
        if (sound != null && first > 0) {
            sound.sound(placed(Track.AUDIO, stamp, stamp, receiveTime, true, payload), ready::add);
        }
    }

    private MediaUnit placed(
            Track track, long decode, long presentation, long receiveTime, boolean key, byte[] payload) {
        Timeline.Placed placed = timeline.place(track, decode, presentation, receiveTime);
        return new MediaUnit(track, placed.decodeTime(), placed.presentationTime(), receiveTime, key, payload);
    }

    private static PullFailure stopped() {
        return new PullFailure(OfflineCause.STOPPED, "is not fetched any more");
    }
}
