package org.farwatch.api.video;

import java.io.IOException;
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
import java.util.Set;
import java.util.function.LongConsumer;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.web.BureauTime;
import org.farwatch.ingest.record.ChainPoint;
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
     * @param segment null for a file that is none
     */
    public record Fault(String streamId, String kind, Long segment) {}

    private record Range(
            long stream, long first, long last, String before, String chain, long segments, Long[] deleted) {}

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
            Verdict verdict = check(range, () -> progress.accept(before + ++read[0]));
            intact += read[0];
            if (!(verdict instanceof Verdict.Intact)) {
                faults.add(fault(range.stream(), verdict));
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

    private Verdict check(Range range, Runnable read) throws IOException {
        String stream = Long.toString(range.stream());
        Path folder = recordings.folder(stream);
        Set<Long> deleted = new HashSet<>(List.of(range.deleted()));
        ChainPoint begin = range.before() == null
                ? ChainPoint.beginning(stream)
                : new ChainPoint(range.first() - 1, range.before());
        Verification.Scope scope = new Verification.Scope(
                begin, new ChainPoint(range.last(), range.chain()), deleted::contains, range.last() + 1);
        return new Verification(stream, folder).check(scope, _ -> read.run());
    }

    /**
     * The parts of each stream's chain that are of the period; what was uploaded later is a part of its own behind what was
     * recorded meanwhile.
     */
    private List<Range> ranges(Instant from, Instant to, DataScope scope) {
        return jdbc.sql("""
                        with range as (
                            select p.stream_id, min(p.sequence) as first, max(p.sequence) as last,
                                count(*) filter (where p.state <> 'deleted') as segments,
                                array_agg(p.sequence) filter (where p.state = 'deleted') as deleted
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
                        row.getLong("segments"),
                        row.getArray("deleted") == null
                                ? new Long[0]
                                : (Long[]) row.getArray("deleted").getArray()))
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
