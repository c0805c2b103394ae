package org.farwatch.api.video;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.farwatch.ingest.record.OpenSegment;
import org.farwatch.ingest.record.Recordings;
import org.springframework.stereotype.Component;

/**
 * What is recorded of a stream, wherever it is known: being written, complete and being forced to the disk, finished and
 * not in the tables yet, or in them. A segment moves on in that order while somebody asks, so it is looked for in that
 * order: none is missing from an answer.
 */
@Component
class RecordedSegments {
    private final SegmentTable table;
    private final Streams sessions;
    private final RecordingIndex index;
    private final Recordings recordings;

    RecordedSegments(SegmentTable table, Streams sessions, RecordingIndex index, Recordings recordings) {
        this.table = table;
        this.sessions = sessions;
        this.index = index;
        this.recordings = recordings;
    }

    /**
     * Those that lie at least partly in the time, in its order.
     *
     * @param afterStart only those behind this place of the order, with {@code afterSequence}
     */
    List<SegmentTable.Stored> list(
            long stream, Instant from, Instant to, Instant afterStart, long afterSequence, int limit) {
        Map<Long, SegmentTable.Stored> found = onTheirWay(stream);
        found.values()
                .removeIf(one -> !one.start().isBefore(to)
                        || !one.end().isAfter(from)
                        || one.start().isBefore(afterStart)
                        || one.start().equals(afterStart) && one.sequence() <= afterSequence);
        table.list(stream, from, to, afterStart, afterSequence, limit).forEach(one -> found.put(one.sequence(), one));
        return found.values().stream()
                .sorted(Comparator.comparing(SegmentTable.Stored::start)
                        .thenComparingLong(SegmentTable.Stored::sequence))
                .limit(limit)
                .toList();
    }

    /** Where a segment's file is or should be; empty for one that there is not, or whose file was deleted. */
    Optional<Path> file(long stream, long sequence) {
        Optional<OpenSegment> open = open(stream).filter(one -> one.sequence() == sequence);
        if (open.isPresent()) {
            return open.map(OpenSegment::file);
        }
        SegmentTable.Stored waiting = onTheirWay(stream).get(sequence);
        return table.find(stream, sequence)
                .or(() -> Optional.ofNullable(waiting))
                .filter(one -> !one.state().equals("deleted"))
                .map(this::video);
    }

    Path video(SegmentTable.Stored segment) {
        return segment.name().video(recordings.folder(Long.toString(segment.stream())));
    }

    private Map<Long, SegmentTable.Stored> onTheirWay(long stream) {
        Map<Long, SegmentTable.Stored> found = new TreeMap<>();
        open(stream).ifPresent(one -> found.put(one.sequence(), SegmentTable.Stored.of(one)));
        sessions.session(stream)
                .ifPresent(session ->
                        session.sealed().forEach(one -> found.put(one.sequence(), SegmentTable.Stored.of(one))));
        index.waiting(Long.toString(stream)).forEach(one -> found.put(one.sequence(), SegmentTable.Stored.of(one)));
        return found;
    }

    private Optional<OpenSegment> open(long stream) {
        return sessions.session(stream).flatMap(StreamSession::recording);
    }
}
