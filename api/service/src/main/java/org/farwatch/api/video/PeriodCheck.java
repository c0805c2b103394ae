package org.farwatch.api.video;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.web.BureauTime;
import org.farwatch.ingest.record.ChainPoint;
import org.farwatch.ingest.record.Deletions;
import org.farwatch.ingest.record.Recordings;
import org.farwatch.ingest.record.RootVerdict;
import org.farwatch.ingest.record.RootVerification;
import org.farwatch.ingest.record.Verdict;
import org.farwatch.ingest.record.Verification;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Checks that what was recorded in a period is as it was recorded: every file of it is hashed again and compared with its
 * sidecar, each chain with the chain values that the database keeps, and all day roots of the house with each other and
 * their signatures. What somebody with the house's key made anew as a whole this does not show; roots kept elsewhere do
 * ({@code verify --roots}).
 */
@Component
public class PeriodCheck {
    private final JdbcClient jdbc;
    private final Recordings recordings;
    private final Clock clock;

    PeriodCheck(JdbcClient jdbc, Recordings recordings, Clock clock) {
        this.jdbc = jdbc;
        this.recordings = recordings;
        this.clock = clock;
    }

    /**
     * What was found.
     *
     * @param at when it was checked
     * @param days of the period that are over, by the bureau's clock
     * @param closed of them that have a day root
     * @param rootFault why the day roots of the house are not as they were signed, null when they are
     * @param keys fingerprints of the keys that they are signed with
     * @param segments recorded in the period, finished and not deleted by retention
     * @param intact that were read and are as they were recorded; null when their files were not read
     * @param faults one for each stream of which something is not: behind it nothing was read
     */
    public record Result(
            Instant at,
            int days,
            int closed,
            String rootFault,
            List<String> keys,
            long segments,
            Long intact,
            List<Fault> faults) {}

    /**
     * The first thing of a stream that is not as it was recorded; {@code verify} says more of it.
     *
     * @param kind {@code altered}, {@code missing}, {@code reordered}, {@code added} or {@code rewritten}
     * @param segment null for a file that is none, and where the ledger of deletions was altered
     */
    public record Fault(String streamId, String kind, Long segment) {}

    private record Range(long stream, long first, long last, String before, String chain, long segments) {}

    /** How many segments of the period would be read. */
    public long segments(Instant from, Instant to, DataScope scope) {
        return ranges(from, to, scope).stream().mapToLong(Range::segments).sum();
    }

    /**
     * Checks.
     *
     * @param files whether their content is read, too, which takes as long as reading all of it takes
     * @param progress told after each file how many were read
     * @throws IOException when the disk cannot be read; then nothing is found out
     */
    public Result check(Instant from, Instant to, DataScope scope, boolean files, LongConsumer progress)
            throws IOException {
        LocalDate first = LocalDate.ofInstant(from, BureauTime.ZONE);
        LocalDate last = LocalDate.ofInstant(to.minusNanos(1), BureauTime.ZONE);
        LocalDate today = LocalDate.ofInstant(clock.instant(), BureauTime.ZONE);
        LocalDate end = last.isBefore(today) ? last.plusDays(1) : today;
        int closed = jdbc.sql("select count(*) from day_root where day >= :first and day < :end")
                .param("first", Date.valueOf(first))
                .param("end", Date.valueOf(end))
                .query(Integer.class)
                .single();
        RootVerdict roots = new RootVerification(recordings.roots()).documents(Set.of());
        List<Range> ranges = ranges(from, to, scope);
        List<Fault> faults = new ArrayList<>();
        long intact = 0;
        Set<Long> broken = new HashSet<>();
        for (Range range : files ? ranges : List.<Range>of()) {
            if (broken.contains(range.stream())) {
                continue;
            }
            long before = intact;
            long[] read = {0};
            Optional<Verdict> verdict = check(range, read, () -> progress.accept(before + ++read[0]));
            intact += read[0];
            if (verdict.isEmpty()) {
                faults.add(new Fault(Long.toString(range.stream()), "altered", null));
                broken.add(range.stream());
            } else if (!(verdict.get() instanceof Verdict.Intact)) {
                faults.add(fault(range.stream(), verdict.get()));
                broken.add(range.stream());
            }
        }
        return new Result(
                clock.instant(),
                (int) Math.max(0, end.toEpochDay() - first.toEpochDay()),
                closed,
                roots instanceof RootVerdict.Wrong wrong ? wrong.day() + ": " + wrong.reason() : null,
                roots instanceof RootVerdict.Intact all
                        ? all.keys().stream().sorted().toList()
                        : List.of(),
                ranges.stream().mapToLong(Range::segments).sum(),
                files ? intact : null,
                faults);
    }

    /** Empty where the ledger of deletions is not as it was written. */
    private Optional<Verdict> check(Range range, long[] count, Runnable read) throws IOException {
        String stream = Long.toString(range.stream());
        Verification verification = new Verification(stream, recordings.folder(stream));
        while (true) {
            count[0] = 0;
            Deletions deletions = recordings.deletions().read(stream);
            if (deletions.fault().isPresent()) {
                return Optional.empty();
            }
            Verification.Scope scope = new Verification.Scope(
                    begin(range, deletions), new ChainPoint(range.last(), range.chain()), deletions, range.last() + 1);
            Verdict verdict = null;
            NoSuchFileException gone = null;
            try {
                verdict = verification.check(scope, _ -> read.run());
            } catch (NoSuchFileException e) {
                gone = e;
            }
            boolean missed = gone != null || verdict instanceof Verdict.Missing;
            // What went while it was read is in the ledger by now.
            if (!missed
                    || recordings.deletions().read(stream).lines().size()
                            == deletions.lines().size()) {
                if (gone != null) {
                    throw gone;
                }
                return Optional.of(verdict);
            }
        }
    }

    /** The place before the first of them; where rows before it were deleted, the ledger knows it. */
    private static ChainPoint begin(Range range, Deletions deletions) {
        return Optional.ofNullable(range.before())
                .or(() -> deletions.chain(range.first() - 1))
                .map(chain -> new ChainPoint(range.first() - 1, chain))
                .orElseGet(() -> ChainPoint.beginning(Long.toString(range.stream())));
    }

    /**
     * The parts of each stream's chain that are of the period; what was uploaded later is a part of its own behind what was
     * recorded meanwhile.
     */
    private List<Range> ranges(Instant from, Instant to, DataScope scope) {
        return jdbc.sql("""
                        with range as (
                            select p.stream_id, min(p.sequence) as first, max(p.sequence) as last,
                                count(*) filter (where p.state <> 'deleted') as segments
                            from (
                                select g.stream_id, g.sequence, g.state, g.sequence - row_number()
                                    over (partition by g.stream_id order by g.sequence) as part
                                from segment g join stream s on s.id = g.stream_id
                                where g.starts < :to and g.ends > :from
                                    and (:everything or s.squad_id = any(:squads))) p
                            group by p.stream_id, p.part
                        )
                        select r.*, b.chain as before, l.chain from range r
                            join segment l on l.stream_id = r.stream_id and l.sequence = r.last
                            left join segment b on b.stream_id = r.stream_id and b.sequence = r.first - 1
                        where r.segments > 0 order by r.stream_id, r.first""")
                .param("from", Timestamp.from(from), Types.TIMESTAMP)
                .param("to", Timestamp.from(to), Types.TIMESTAMP)
                .param("everything", scope.everything())
                .param("squads", scope.squadArray())
                .query((row, _) -> new Range(
                        row.getLong("stream_id"),
                        row.getLong("first"),
                        row.getLong("last"),
                        row.getString("before"),
                        row.getString("chain"),
                        row.getLong("segments")))
                .list();
    }

    private static Fault fault(long stream, Verdict verdict) {
        String id = Long.toString(stream);
        return switch (verdict) {
            case Verdict.Intact _ -> throw new IllegalArgumentException("nothing is wrong with stream " + id);
            case Verdict.Altered(long sequence, Path _, String _) -> new Fault(id, "altered", sequence);
            case Verdict.Missing(long sequence, Verdict.Missing.Part _) -> new Fault(id, "missing", sequence);
            case Verdict.Reordered(long sequence, Path _, long _) -> new Fault(id, "reordered", sequence);
            case Verdict.Added(Path _, String _) -> new Fault(id, "added", null);
            case Verdict.Rewritten(ChainPoint found, ChainPoint _) -> new Fault(id, "rewritten", found.sequence());
        };
    }
}
