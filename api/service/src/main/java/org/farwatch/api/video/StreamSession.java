package org.farwatch.api.video;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.farwatch.ingest.media.AudioFormat;
import org.farwatch.ingest.media.Fmp4Writer;
import org.farwatch.ingest.media.MediaFormat;
import org.farwatch.ingest.media.MediaSink;
import org.farwatch.ingest.media.OfflineCause;
import org.farwatch.ingest.media.Priority;
import org.farwatch.ingest.media.StreamState;
import org.farwatch.ingest.media.pull.PullSettings;
import org.farwatch.ingest.media.pull.Puller;
import org.farwatch.ingest.media.pull.StreamSource;
import org.farwatch.ingest.record.OpenSegment;
import org.farwatch.ingest.record.Recorder;
import org.farwatch.ingest.record.Sidecar;
import org.farwatch.vision.picture.EncodedPicture;

/**
 * All that belongs to one stream while it is fetched: one connection to its source, one writer of fragments, and behind
 * it those who watch and what records. The stream's thread owns the path of a frame; the rest is safe for use by many.
 */
final class StreamSession implements AutoCloseable {
    private final long id;
    private final String url;
    private final Clock clock;
    private final LiveFeed feed = new LiveFeed();
    private final RecordingSwitch recording;
    private final LastPicture picture;
    private final StreamSource source;
    private final List<StreamTap> taps;
    private final Urgency urgency;
    private final Interruptions interruptions;
    private final PictureTimes times;
    /** So long it is kept after the last viewer: one who changes pictures does not wait again. */
    private final Duration linger;

    private final Object demand = new Object();
    private volatile boolean wantedAlways;
    private boolean closed;
    /** When it was last needed, of what is fetched on demand. */
    private Instant neededAt;
    /** Ends a fetching that nobody needs any more; null while there is none to end. */
    private Thread lettingGo;

    private volatile boolean recorded;
    private volatile Integer device;
    /** Null while it is not fetched. */
    private volatile Puller puller;

    private volatile State state;
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
     * @param source where its address leads, given for what it is wanted now
     * @param urgency knows what makes it more urgent than others
     * @param recorders makes one for this stream that goes on where its recording ended
     * @param taps others that look at each frame
     * @param linger how long it is fetched on after nobody needs it
     */
    StreamSession(
            StreamTable.Stored stream,
            Function<Supplier<Priority>, StreamSource> source,
            Urgency urgency,
            Supplier<Optional<Recorder>> recorders,
            Interruptions interruptions,
            List<StreamTap> taps,
            Duration linger,
            Clock clock) {
        this.id = stream.id();
        this.url = stream.sourceUrl();
        this.source = source.apply(this::wanted);
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
        this.state = State.unfetched(stream, clock.instant());
        change(stream);
    }

    /** Whether this is a session of that stream as it is now. */
    boolean fetches(StreamTable.Stored stream) {
        return url.equals(stream.sourceUrl());
    }

    void join(PictureViewer viewer) {
        feed.join(viewer);
        meetDemand();
        State now = awaited();
        if (now.state() != StreamState.LIVE) {
            viewer.tell(now);
        }
    }

    void leave(PictureViewer viewer) {
        feed.leave(viewer);
    }

    State state() {
        State now = state;
        Puller fetching = puller;
        return now.state() == StreamState.LIVE && fetching != null && fetching.state() == StreamState.STALLED
                ? new State(StreamState.STALLED, null, null, fetching.lastFrame())
                : now;
    }

    /** What a viewer has to know: while the last fetching ends, the next one is on its way for him. */
    private State awaited() {
        synchronized (demand) {
            return lettingGo == null ? state() : new State(StreamState.CONNECTING, null, null, clock.instant());
        }
    }

    /** The last one known, null before the first frame. */
    MediaFormat format() {
        MediaFormat now = feed.format();
        if (now != null) {
            format = now;
        }
        return format;
    }

    /** What is heard of it, null when the source sends no sound or has sent nothing yet. */
    Stream.Sound sound() {
        MediaFormat now = format();
        AudioFormat audio = now == null ? null : now.audio();
        if (audio != null) {
            return new Stream.Sound(audio.codecs(), audio.original());
        }
        Puller fetching = puller;
        String leftOut = fetching == null ? null : fetching.leftOutSound();
        return leftOut == null ? null : new Stream.Sound(null, leftOut);
    }

    List<PictureViewer> viewers() {
        return feed.viewers();
    }

    /** The segment that is being written. */
    Optional<OpenSegment> recording() {
        return recording.open();
    }

    /** Segments that are complete and that the index was not told of yet. */
    List<Sidecar> sealed() {
        return recording.sealed();
    }

    /** The newest picture that can be decoded by itself, empty while none comes. */
    Optional<EncodedPicture> picture() {
        return picture.newest();
    }

    /** Begins a recording that is wanted and could not begin, and lets go of what nobody has needed for a while. */
    void keep() {
        recording.keep();
        meetDemand();
    }

    /** Takes over what has become of the stream, all but its address. */
    void change(StreamTable.Stored stream) {
        recording.set(stream.record());
        synchronized (demand) {
            wantedAlways = stream.fetch() == Fetch.ALWAYS;
            recorded = stream.record();
            device = stream.deviceNo();
        }
        meetDemand();
    }

    /** Waits until what was recorded is on the disk. */
    @Override
    public void close() {
        Puller gone;
        Thread ending;
        synchronized (demand) {
            closed = true;
            gone = puller;
            ending = lettingGo;
        }
        if (gone != null) {
            gone.close();
        }
        if (ending != null) {
            join(ending);
        }
        recording.set(false);
    }

    private void meetDemand() {
        synchronized (demand) {
            Instant now = clock.instant();
            if (needed()) {
                neededAt = now;
                if (puller == null && lettingGo == null && !closed) {
                    fetch(now);
                }
            } else if (puller != null
                    && lettingGo == null
                    && !neededAt.plus(linger).isAfter(now)) {
                Puller gone = puller;
                lettingGo = Thread.ofVirtual().name("let-go-" + id).start(() -> letGo(gone));
            }
        }
    }

    private boolean needed() {
        return wantedAlways
                || recorded
                || !feed.viewers().isEmpty()
                || taps.stream().anyMatch(tap -> tap.looks(id));
    }

    /** For what it is wanted now; by any thread, without a lock that is held while somebody asks a device. */
    private Priority wanted() {
        if (!needed()) {
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

    private void fetch(Instant now) {
        state = new State(StreamState.CONNECTING, null, null, now);
        puller = new Puller(Long.toString(id), source, PullSettings.standard(), picture, this::changed);
    }

    /** Who has come meanwhile is served as soon as the source is free again. */
    private void letGo(Puller gone) {
        gone.close();
        synchronized (demand) {
            puller = null;
            lettingGo = null;
            state = new State(StreamState.IDLE, null, null, clock.instant());
        }
        meetDemand();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** On the stream's thread. */
    private void changed(StreamState next, OfflineCause cause, String detail) {
        Instant now = clock.instant();
        if (next == StreamState.OFFLINE && cause == OfflineCause.STOPPED && letsGo(now)) {
            return;
        }
        boolean connecting = next == StreamState.CONNECTING && state.state() == StreamState.OFFLINE;
        if (connecting) {
            // It stays offline in the eyes of everybody until a frame comes; what it waits for is the last failure.
            return;
        }
        Instant since = next == state.state() && cause == state.cause() ? state.since() : now;
        state = new State(next, cause, detail, since);
        feed.tell(state);
        if (next == StreamState.OFFLINE) {
            interruptions.begun(id, Interruptions.Origin.SOURCE, times.last(), cause.label(), detail);
        }
    }

    /**
     * Whether it stopped only because nobody needed it. That is no failure, and whoever came meanwhile is told that it is
     * fetched again and not that it is over.
     */
    private boolean letsGo(Instant now) {
        synchronized (demand) {
            if (lettingGo == null || closed) {
                return false;
            }
            state = new State(needed() ? StreamState.CONNECTING : StreamState.IDLE, null, null, now);
        }
        feed.tell(new State(StreamState.CONNECTING, null, null, now));
        return true;
    }
}
