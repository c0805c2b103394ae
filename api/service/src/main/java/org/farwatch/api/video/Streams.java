package org.farwatch.api.video;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.farwatch.api.access.Caller;
import org.farwatch.ingest.media.MediaFormat;
import org.farwatch.ingest.record.OpenSegment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.web.socket.CloseStatus;

/** The streams that are fetched, each with its session; begins with the service and follows each change of the table. */
@Component
class Streams implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Streams.class);
    private static final long GROW_MILLIS = 5_000;

    private final StreamTable table;
    private final Interruptions interruptions;
    private final Recording recording;
    private final SegmentTable segments;
    private final StreamSources sources;
    private final Urgency urgency;
    private final VideoSettings settings;
    private final List<StreamTap> taps;
    private final Clock clock;
    private final Map<Long, StreamSession> sessions = new HashMap<>();
    /** Before that, what is changed in the table is fetched with all the others. */
    private volatile boolean begun;

    Streams(
            StreamTable table,
            Interruptions interruptions,
            Recording recording,
            SegmentTable segments,
            StreamSources sources,
            Urgency urgency,
            VideoSettings settings,
            List<StreamTap> taps,
            Clock clock) {
        this.table = table;
        this.interruptions = interruptions;
        this.recording = recording;
        this.segments = segments;
        this.sources = sources;
        this.urgency = urgency;
        this.settings = settings;
        this.taps = taps;
        this.clock = clock;
    }

    /** Before {@link ServiceRuns}. */
    @EventListener(ApplicationReadyEvent.class)
    @Order(0)
    void begin() {
        recording.recover();
        begun = true;
        table.sealAll();
        interruptions.fetchedAgain(clock.instant());
        table.all().forEach(this::fetch);
    }

    /** Until a segment is closed, its run grows in the database too, so that coverage knows of it. */
    @Scheduled(fixedDelay = GROW_MILLIS)
    void grow() {
        all().forEach(StreamSession::keep);
        List<OpenSegment> open =
                all().stream().flatMap(session -> session.recording().stream()).toList();
        try {
            if (!open.isEmpty()) {
                segments.grown(open);
            }
        } catch (DataAccessException e) {
            LOG.warn("recording goes on, the database does not hear of it: {}", e.getMessage());
        }
    }

    synchronized Optional<StreamSession> session(long id) {
        return Optional.ofNullable(sessions.get(id));
    }

    /** Takes a stream's new facts over once the change is in the database. */
    void refetchAfterCommit(StreamTable.Stored stream) {
        refetchAfterCommit(List.of(stream));
    }

    void refetchAfterCommit(List<StreamTable.Stored> changed) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                if (begun) {
                    changed.forEach(Streams.this::fetch);
                }
            }
        });
    }

    /** Ends a stream once that is in the database. */
    void stopAfterCommit(long id) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                stop(id);
            }
        });
    }

    /** As the API shows it. */
    Stream show(StreamTable.Stored stream) {
        Optional<StreamSession> session = session(stream.id());
        StreamSession.State state = session.map(StreamSession::state)
                .orElseGet(() -> StreamSession.State.unfetched(stream, clock.instant()));
        MediaFormat format = session.map(StreamSession::format).orElse(null);
        return new Stream(
                Long.toString(stream.id()),
                stream.name(),
                stream.deviceId(),
                stream.channelId(),
                stream.squadNo() == null ? null : Long.toString(stream.squadNo()),
                stream.shownUrl(),
                stream.shownSubUrl(),
                stream.record(),
                stream.loudspeaker(),
                stream.fetch(),
                state.state().label(),
                state.cause() == null ? null : state.cause().label(),
                state.detail(),
                state.since(),
                format == null ? null : format.video().codecs(),
                format == null ? null : format.video().width(),
                format == null ? null : format.video().height(),
                session.map(StreamSession::sound).orElse(null),
                clockOffset(session, stream.sourceUrl()),
                session.map(StreamSession::packets).orElse(null),
                stream.location(),
                stream.heading(),
                stream.fieldOfView(),
                stream.version());
    }

    /**
     * Of those streams of which it is known, milliseconds by which the camera's clock is ahead of ours. A device that tells
     * its own time, however many channels it has, is one clock: the first of its streams stands for it.
     */
    Map<Long, Long> clockOffsets() {
        Map<Long, Long> known = new HashMap<>();
        synchronized (this) {
            sessions.forEach((id, session) -> session.clockOffset().ifPresent(offset -> known.put(id, offset)));
        }
        sources.deviceClocks().forEach((scheme, offsets) -> {
            if (!offsets.isEmpty()) {
                table.firstOf(offsets.keySet(), scheme)
                        .forEach((device, stream) -> known.putIfAbsent(stream, offsets.get(device)));
            }
        });
        return known;
    }

    private Double clockOffset(Optional<StreamSession> session, String address) {
        OptionalLong own = session.map(StreamSession::clockOffset).orElseGet(OptionalLong::empty);
        OptionalLong offset = own.isPresent() ? own : sources.clockOffset(address);
        return offset.isEmpty() ? null : (Double) (offset.getAsLong() / 1_000.0);
    }

    /** Closes the live pictures of callers that are gone. */
    void closeWhere(Predicate<Caller> gone) {
        all().forEach(session -> session.viewers().stream()
                .filter(viewer -> gone.test(viewer.caller()))
                .forEach(viewer -> viewer.close(CloseStatus.POLICY_VIOLATION)));
    }

    int viewers() {
        return all().stream().mapToInt(session -> session.viewers().size()).sum();
    }

    int limit() {
        return settings.viewers();
    }

    @Override
    public void close() {
        all().parallelStream().forEach(StreamSession::close);
    }

    private synchronized List<StreamSession> all() {
        return List.copyOf(sessions.values());
    }

    private void fetch(StreamTable.Stored stream) {
        StreamSession before;
        synchronized (this) {
            before = sessions.get(stream.id());
            if (before == null || !before.fetches(stream)) {
                sessions.remove(stream.id());
            }
        }
        if (before != null && before.fetches(stream)) {
            before.change(stream);
            return;
        }
        if (before != null) {
            end(before);
        }
        if (stream.sourceUrl() == null && stream.shownUrl() != null) {
            LOG.warn("{} is not fetched: its address was sealed with another key and must be given again", stream);
        }
        if (stream.sourceUrl() != null && !stream.loudspeaker()) {
            StreamSession begun = new StreamSession(
                    stream,
                    sources,
                    urgency,
                    () -> recording.recorder(Long.toString(stream.id())),
                    interruptions,
                    taps,
                    settings.linger(),
                    clock);
            synchronized (this) {
                sessions.put(stream.id(), begun);
            }
        }
    }

    private void stop(long id) {
        StreamSession gone;
        synchronized (this) {
            gone = sessions.remove(id);
        }
        if (gone != null) {
            end(gone);
        }
    }

    /** Whoever watches is sent away, and finds what the stream is now when he comes again. */
    private static void end(StreamSession session) {
        session.close();
        session.viewers().forEach(viewer -> viewer.close(CloseStatus.GOING_AWAY));
    }
}
