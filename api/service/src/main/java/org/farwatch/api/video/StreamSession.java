package org.farwatch.api.video;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.farwatch.ingest.media.AudioFormat;
import org.farwatch.ingest.media.Fmp4Writer;
import org.farwatch.ingest.media.MediaFormat;
import org.farwatch.ingest.media.MediaSink;
import org.farwatch.ingest.media.OfflineCause;
import org.farwatch.ingest.media.Packets;
import org.farwatch.ingest.media.Priority;
import org.farwatch.ingest.media.StreamState;
import org.farwatch.ingest.record.OpenSegment;
import org.farwatch.ingest.record.Recorder;
import org.farwatch.ingest.record.Sidecar;
import org.farwatch.vision.picture.EncodedPicture;
import org.springframework.web.socket.CloseStatus;

/**
 * All that belongs to one stream while it is fetched: one connection to its source, one writer of fragments, and behind
 * it those who watch and what records; beside it a smaller picture for walls, where it has one. The stream's thread owns
 * the path of a frame; the rest is safe for use by many.
 */
final class StreamSession implements AutoCloseable {
    private final long id;
    private final String url;
    private final StreamSources sources;
    private final Clock clock;
    private final LiveFeed feed = new LiveFeed(Quality.MAIN);
    private final RecordingSwitch recording;
    private final LastPicture picture;
    private final List<StreamTap> taps;
    private final Urgency urgency;
    private final Interruptions interruptions;
    private final PictureTimes times;
    private final Duration linger;
    private final Fetching main;

    /** Guards what is fetched and who watches which picture. */
    private final Object demand = new Object();

    private volatile boolean wantedAlways;
    private volatile boolean recorded;
    private volatile Integer device;
    /** Null where the stream has none. */
    private volatile SubStream sub;

    private volatile MediaFormat format;

    /**
     * What is the matter with a stream.
     *
     * @param cause why it is offline, otherwise null
     * @param detail the same in the words of who noticed it, or null
     */
    record State(StreamState state, OfflineCause cause, String detail, Instant since) {
        private static final String LOST =
                "its password was sealed with a key that is not in this home: give the whole address again";

        /** Of a stream whose session has not begun, or that is fetched from nowhere. */
        static State unfetched(StreamTable.Stored stream, Instant now) {
            if (stream.sourceUrl() != null) {
                boolean wanted = stream.fetch() == Fetch.ALWAYS || stream.record();
                return new State(wanted ? StreamState.CONNECTING : StreamState.IDLE, null, null, now);
            }
            return stream.shownUrl() == null
                    ? new State(StreamState.OFFLINE, OfflineCause.STOPPED, null, now)
                    : new State(StreamState.OFFLINE, OfflineCause.UNAUTHORISED, LOST, now);
        }
    }

    /**
     * @param sources where its addresses lead
     * @param urgency knows what makes it more urgent than others
     * @param recorders makes one for this stream that goes on where its recording ended
     * @param taps others that look at each frame
     * @param linger how long it is fetched on after nobody needs it
     */
    StreamSession(
            StreamTable.Stored stream,
            StreamSources sources,
            Urgency urgency,
            Supplier<Optional<Recorder>> recorders,
            Interruptions interruptions,
            List<StreamTap> taps,
            Duration linger,
            Clock clock) {
        this.id = stream.id();
        this.url = stream.sourceUrl();
        this.sources = sources;
        this.urgency = urgency;
        this.taps = taps;
        this.linger = linger;
        this.clock = clock;
        this.interruptions = interruptions;
        this.recording = new RecordingSwitch(recorders);
        this.times =
                new PictureTimes(clock.instant(), first -> interruptions.over(id, Interruptions.Origin.SOURCE, first));
        List<MediaSink> sinks =
                new ArrayList<>(taps.stream().map(tap -> tap.sink(id)).toList());
        sinks.addFirst(new Fmp4Writer(new Branches(List.of(recording, feed, times))));
        this.picture = new LastPicture(sinks);
        this.main = new Fetching(
                Long.toString(id),
                sources.of(url, this::priority),
                picture,
                new Main(),
                demand,
                linger,
                clock,
                State.unfetched(stream, clock.instant()));
        change(stream);
    }

    /** Whether this is a session of that stream as it is now. */
    boolean fetches(StreamTable.Stored stream) {
        return url.equals(stream.sourceUrl());
    }

    /** Who asks for the smaller picture gets the main one where there is no other, or where the device sends only one. */
    void join(PictureViewer viewer, Quality quality) {
        SubStream smaller = sub;
        Fetching watched;
        synchronized (demand) {
            boolean small =
                    quality == Quality.SUB && smaller != null && !(smaller.alternates() && (wanted() || !main.idle()));
            (small ? smaller.feed() : feed).join(viewer);
            watched = small ? smaller.fetching() : main;
        }
        meetDemand();
        State now = watched.awaited();
        if (now.state() != StreamState.LIVE) {
            viewer.tell(now);
        }
    }

    void leave(PictureViewer viewer) {
        SubStream smaller = sub;
        synchronized (demand) {
            feed.leave(viewer);
            if (smaller != null) {
                smaller.feed().leave(viewer);
            }
        }
    }

    /** Of the main picture; of the smaller one while only that is fetched. */
    State state() {
        SubStream smaller = sub;
        State now = main.state();
        return now.state() == StreamState.IDLE
                        && smaller != null
                        && !smaller.fetching().idle()
                ? smaller.fetching().state()
                : now;
    }

    /** The last one known, null before the first frame. */
    MediaFormat format() {
        SubStream smaller = sub;
        MediaFormat now = feed.format();
        if (now != null) {
            format = now;
        }
        return format == null && smaller != null ? smaller.format() : format;
    }

    /** What is heard of it, null when the source sends no sound or has sent nothing yet. */
    Stream.Sound sound() {
        MediaFormat now = format();
        AudioFormat audio = now == null ? null : now.audio();
        if (audio != null) {
            return new Stream.Sound(audio.codecs(), audio.original());
        }
        String leftOut = main.leftOutSound();
        return leftOut == null ? null : new Stream.Sound(null, leftOut);
    }

    /** Milliseconds that the camera's clock is ahead of ours, negative when behind; empty while that is not known. */
    OptionalLong clockOffset() {
        return main.clockOffset();
    }

    /** Of the main picture, since it was connected; null while it is not, and where nobody counts it. */
    Packets packets() {
        return main.packets().orElse(null);
    }

    /** Of both pictures. */
    List<PictureViewer> viewers() {
        SubStream smaller = sub;
        List<PictureViewer> all = new ArrayList<>(feed.viewers());
        if (smaller != null) {
            all.addAll(smaller.feed().viewers());
        }
        return all;
    }

    /** The segment that is being written. */
    Optional<OpenSegment> recording() {
        return recording.open();
    }

    /** Segments that are complete and that the index was not told of yet. */
    List<Sidecar> sealed() {
        return recording.sealed();
    }

    /** The newest picture that can be decoded by itself, the main one if it comes; empty while none does. */
    Optional<EncodedPicture> picture() {
        SubStream smaller = sub;
        Optional<EncodedPicture> newest = picture.newest();
        return newest.isEmpty() && smaller != null ? smaller.picture() : newest;
    }

    /** Begins a recording that is wanted and could not begin, and lets go of what nobody has needed for a while. */
    void keep() {
        recording.keep();
        meetDemand();
    }

    /** Takes over what has become of the stream, all but its address. Who watches a smaller picture that is gone comes anew. */
    void change(StreamTable.Stored stream) {
        recording.set(stream.record());
        SubStream gone = null;
        synchronized (demand) {
            wantedAlways = stream.fetch() == Fetch.ALWAYS;
            recorded = stream.record();
            device = stream.deviceNo();
            String wanted = stream.subUrl();
            if (sub == null ? wanted != null : !sub.fetches(wanted)) {
                gone = sub;
                sub = wanted == null
                        ? null
                        : new SubStream(id, wanted, sources, demand, linger, clock, this::meetDemand);
            }
        }
        if (gone != null) {
            gone.close();
            gone.feed().viewers().forEach(viewer -> viewer.close(CloseStatus.GOING_AWAY));
        }
        meetDemand();
    }

    /** Waits until what was recorded is on the disk. */
    @Override
    public void close() {
        SubStream smaller = sub;
        if (smaller != null) {
            smaller.close();
        }
        main.close();
        recording.set(false);
    }

    /** Where a device sends only one of its two pictures, the main one goes before: it is what is recorded. */
    private void meetDemand() {
        SubStream smaller = sub;
        synchronized (demand) {
            if (smaller != null && smaller.alternates() && wanted()) {
                smaller.giveWay(feed, new State(StreamState.CONNECTING, null, null, clock.instant()));
            }
            main.meetDemand();
            if (smaller != null) {
                smaller.fetching().meetDemand();
            }
        }
    }

    private boolean wanted() {
        return wantedAlways
                || recorded
                || !feed.viewers().isEmpty()
                || taps.stream().anyMatch(tap -> tap.looks(id));
    }

    /** For what it is wanted now; by any thread, without a lock that is held while somebody asks a device. */
    private Priority priority() {
        if (!wanted()) {
            return Priority.IDLE;
        }
        if (urgency.alarmed(id, device)) {
            return Priority.SOS;
        }
        if (!feed.viewers().isEmpty()) {
            return Priority.OPERATOR;
        }
        return recorded && urgency.required(id) ? Priority.REQUIRED : Priority.VISION;
    }

    /** The main picture. */
    private final class Main implements Fetching.Owner {
        @Override
        public boolean needed() {
            SubStream smaller = sub;
            return wanted()
                    && (smaller == null
                            || !smaller.alternates()
                            || smaller.fetching().idle());
        }

        @Override
        public void told(State state) {
            feed.tell(state);
            if (state.state() == StreamState.OFFLINE) {
                interruptions.begun(
                        id,
                        Interruptions.Origin.SOURCE,
                        times.last(),
                        state.cause().label(),
                        state.detail());
            }
        }

        @Override
        public void released() {
            meetDemand();
        }
    }
}
