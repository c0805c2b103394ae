package org.farwatch.ingest.record;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the roots of days that have ended. A root takes, of each stream, all segments behind the last one that the root
 * before took, up to the last whose name says that it began before the day's end, or that it will begin only after now (a
 * clock was set). So every segment is in exactly one root: one whose sidecar came too late for its day, as a crash
 * was in between or as it was uploaded days later, is in the next root that is made, and with it all that were chained
 * before it. Every stream that ever had a segment is in every root, so that the newest one says
 * where all chains stand. Needs the files alone. One thread at a time.
 */
public final class DayEnd {
    /** Days that are made up at most; a clock that was years off must not make thousands. */
    static final int MOST_DAYS = 400;

    private static final Logger LOG = LoggerFactory.getLogger(DayEnd.class);

    private final Recordings recordings;
    private final DayRoots roots;
    private final ZoneId zone;
    private final Signer signer;

    /** @param zone whose midnight ends a day */
    public DayEnd(Recordings recordings, ZoneId zone, Signer signer) {
        this.recordings = recordings;
        this.roots = recordings.roots();
        this.zone = zone;
        this.signer = signer;
    }

    /**
     * Makes the roots of all days behind the newest one, of none twice. The first root ever is of the last day, and takes
     * all that was recorded until then; there is none before something was.
     *
     * @param last day that has ended
     * @param now our clock
     * @return those that it made
     * @throws DayRootFault when the newest root on the disk is not as it was made: the chain must not go on from it
     * @throws IOException when the disk cannot be read or written; may be tried again
     */
    public List<DayRoot> makeUp(LocalDate last, Instant now) throws IOException {
        return makeUp(last, now, () -> null);
    }

    /**
     * The same with where the chains of the house's logs stand.
     *
     * @param logs asked once, when a root is to be made; may give null
     */
    public List<DayRoot> makeUp(LocalDate last, Instant now, Supplier<List<LogHead>> logs) throws IOException {
        DayRoot before = roots.newest().orElse(null);
        if (before != null) {
            Optional<String> fault = before.fault();
            if (fault.isPresent()) {
                throw new DayRootFault(roots.file(before.day()), fault.get(), null);
            }
        }
        if (before != null && !before.day().isBefore(last)) {
            return List.of();
        }
        Map<String, List<Recordings.Entry>> behind = behind(before);
        if (before == null && behind.values().stream().allMatch(entries -> reach(entries, last, now) == 0)) {
            return List.of();
        }
        LocalDate day = before == null ? last : before.day().plusDays(1);
        if (day.plusDays(MOST_DAYS).isBefore(last)) {
            LOG.warn("days from {} to {} get no roots of their own", day, last.minusDays(MOST_DAYS + 1));
            day = last.minusDays(MOST_DAYS);
        }
        List<DayRoot> made = new ArrayList<>();
        List<LogHead> heads = logs.get();
        for (; !day.isAfter(last); day = day.plusDays(1)) {
            before = make(before, day, now, behind, heads);
            roots.write(before);
            made.add(before);
        }
        return made;
    }

    private DayRoot make(
            DayRoot before, LocalDate day, Instant now, Map<String, List<Recordings.Entry>> behind, List<LogHead> logs)
            throws IOException {
        TreeSet<String> ids = new TreeSet<>(behind.keySet());
        if (before != null) {
            before.streams().forEach(stream -> ids.add(stream.stream()));
        }
        Map<String, StreamRoot> known = new HashMap<>();
        if (before != null) {
            before.streams().forEach(stream -> known.put(stream.stream(), stream));
        }
        List<StreamRoot> streams = new ArrayList<>();
        for (String id : ids) {
            StreamRoot earlier = known.get(id);
            long done = earlier == null ? 0 : earlier.last();
            List<Recordings.Entry> entries = behind.getOrDefault(id, List.of());
            long reach = Math.max(done, reach(entries, day, now));
            if (reach > 0) {
                streams.add(stream(earlier, id, done, reach, entries));
            }
        }
        return DayRoot.following(recordings.algorithm(), before, day, zone, now, streams, logs, signer);
    }

    private StreamRoot stream(StreamRoot earlier, String id, long done, long reach, List<Recordings.Entry> entries)
            throws IOException {
        List<String> leaves = new Leaves(id, entries).from(done + 1, reach);
        List<Long> absent = new ArrayList<>();
        for (int i = 0; i < leaves.size(); i++) {
            if (leaves.get(i).equals(StreamRoot.ABSENT)) {
                absent.add(done + 1 + i);
            }
        }
        if (!absent.isEmpty()) {
            LOG.error(
                    "stream {}: {} segments from {} on have no readable sidecar, and the day root says so",
                    id,
                    absent.size(),
                    absent.getFirst());
        }
        return StreamRoot.following(recordings.algorithm(), earlier, id, absent, leaves);
    }

    /** Sidecars that no root has taken yet, by stream. */
    private Map<String, List<Recordings.Entry>> behind(DayRoot before) throws IOException {
        Map<String, Long> done = new HashMap<>();
        if (before != null) {
            before.streams().forEach(stream -> done.put(stream.stream(), stream.last()));
        }
        Map<String, List<Recordings.Entry>> behind = new HashMap<>();
        for (String stream : recordings.streams()) {
            List<Recordings.Entry> entries = recordings.entries(stream, done.getOrDefault(stream, 0L)).stream()
                    .filter(Recordings.Entry::hasSidecar)
                    .toList();
            if (!entries.isEmpty()) {
                behind.put(stream, entries);
            }
        }
        return behind;
    }

    /** The last sequence that a day's root takes, 0 for none. */
    private long reach(List<Recordings.Entry> entries, LocalDate day, Instant now) {
        long end = day.plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli();
        return entries.stream()
                .filter(entry -> entry.name().start() < end || entry.name().start() > now.toEpochMilli())
                .mapToLong(entry -> entry.name().sequence())
                .max()
                .orElse(0);
    }
}
