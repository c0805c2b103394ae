package org.farwatch.api.proof;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.farwatch.ingest.record.DayRoot;
import org.farwatch.ingest.record.DayRootFault;
import org.farwatch.ingest.record.DayRoots;
import org.farwatch.ingest.record.HashAlgorithm;
import org.farwatch.ingest.record.LogHead;
import org.farwatch.ingest.record.Recordings;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Computes the chain of a log again from its entries, compares it with what the day roots say of it, and names the first
 * entry that is not as it was written. One check at a time; the last result of each log is kept until the service ends.
 */
@Component
class LogCheck {
    private static final int AT_ONCE = 1_000;

    private final JdbcClient jdbc;
    private final LogChain chain;
    private final DayRoots roots;
    private final Clock clock;
    private final Map<Log, Result> last = new HashMap<>();

    LogCheck(JdbcClient jdbc, LogChain chain, Recordings recordings, Clock clock) {
        this.jdbc = jdbc;
        this.chain = chain;
        this.roots = recordings.roots();
        this.clock = clock;
    }

    /**
     * What was found.
     *
     * @param log {@code audit} or {@code view}
     * @param at when it was checked
     * @param entries that are as they were written
     * @param sequence of the last entry that was looked at
     * @param chain its chain value
     * @param purged what was deleted by age, and is covered by the chain all the same
     * @param rooted the last day whose root names this chain as it is, null when none does
     * @param fault the first thing that is not as it was written, null when all is
     */
    record Result(
            String log,
            Instant at,
            long entries,
            long sequence,
            String chain,
            List<Purge> purged,
            LocalDate rooted,
            Fault fault) {}

    /** Sequences that were deleted by age. */
    record Purge(long first, long last, long entries, String keep, Instant at) {
        boolean covers(long sequence) {
            return sequence >= first && sequence <= last;
        }
    }

    /**
     * @param kind {@code altered}, {@code missing}, {@code added}, {@code unchained} (the chain itself was tampered with) or
     *     {@code rewritten} (it is not the one that a day root names)
     * @param sequence in the chain, null for an entry that has no place in it
     * @param entry its id in the log, null when nobody knows
     * @param reason in a sentence
     */
    record Fault(String kind, Long sequence, Long entry, String reason) {}

    private static final class Walk {
        private long sequence;
        private long entries;
        private String chain;
        private Fault fault;

        private Walk(String beginning) {
            chain = beginning;
        }
    }

    /** The last result, empty before the first check. */
    synchronized Optional<Result> last(Log log) {
        return Optional.ofNullable(last.get(log));
    }

    /** @throws IOException when day roots cannot be read; then nothing is found out */
    synchronized Result check(Log log) throws IOException {
        chain.append();
        List<Purge> purges = purges(log);
        Map<Long, List<DayRoot>> rooted = rooted(log);
        Walk walk = new Walk(log.beginning());
        LocalDate day = null;
        long before = -1;
        while (walk.fault == null && walk.sequence != before) {
            before = walk.sequence;
            LocalDate reached = page(log, walk, purges, rooted);
            day = reached == null ? day : reached;
        }
        Fault fault = walk.fault;
        if (fault == null) {
            fault = rooted.entrySet().stream()
                    .filter(entry -> entry.getKey() > walk.sequence)
                    .min(Map.Entry.comparingByKey())
                    .map(entry -> new Fault(
                            "missing",
                            walk.sequence + 1,
                            null,
                            "the root of " + entry.getValue().getFirst().day() + " names entry " + entry.getKey()
                                    + ", and the chain ends before it"))
                    .orElseGet(() -> added(log));
        }
        Result result =
                new Result(log.label(), clock.instant(), walk.entries, walk.sequence, walk.chain, purges, day, fault);
        last.put(log, result);
        return result;
    }

    /** @return the last day whose root agrees, null when none of these entries is named by one */
    private LocalDate page(Log log, Walk walk, List<Purge> purges, Map<Long, List<DayRoot>> rooted) {
        LocalDate[] day = {null};
        jdbc.sql("select l.sequence, l.entry, l.hash, l.chain, " + log.columns() + " from log_link l left join "
                        + log.table() + " r on r.id = l.entry where l.log = :log and l.sequence > :after"
                        + " order by l.sequence limit " + AT_ONCE)
                .param("log", log.label())
                .param("after", walk.sequence)
                .query((ResultSet row) -> {
                    if (walk.fault == null) {
                        walk.fault = fault(log, walk, purges, row);
                    }
                    if (walk.fault == null) {
                        walk.sequence = row.getLong("sequence");
                        walk.chain = row.getString("chain");
                        for (DayRoot root : rooted.getOrDefault(walk.sequence, List.of())) {
                            String named = head(root, log).orElseThrow().chain();
                            if (!named.equals(walk.chain)) {
                                walk.fault = new Fault(
                                        "rewritten",
                                        walk.sequence,
                                        row.getLong("entry"),
                                        "the root of " + root.day() + " names the chain value " + named);
                                return;
                            }
                            day[0] = root.day();
                        }
                    }
                });
        return day[0];
    }

    /** @return null when nothing is wrong with this entry */
    private static Fault fault(Log log, Walk walk, List<Purge> purges, ResultSet row) throws SQLException {
        long sequence = row.getLong("sequence");
        long entry = row.getLong("entry");
        if (sequence != walk.sequence + 1) {
            return new Fault("missing", walk.sequence + 1, null, "its place in the chain is gone");
        }
        String hash = row.getString("hash");
        String chain = row.getString("chain");
        HashAlgorithm algorithm = HashAlgorithm.of(chain);
        if (!Log.chain(algorithm, log.label(), walk.chain, sequence, hash).equals(chain)) {
            return new Fault("unchained", sequence, entry, "its hash does not give its chain value");
        }
        row.getLong("row_id");
        if (row.wasNull()) {
            return purges.stream().anyMatch(purge -> purge.covers(sequence))
                    ? null
                    : new Fault("missing", sequence, entry, "it was deleted");
        }
        if (!algorithm.ofText(log.text(row)).equals(hash)) {
            return new Fault("altered", sequence, entry, "its content does not give its hash");
        }
        walk.entries++;
        return null;
    }

    /** An entry that was written past the triggers. */
    private Fault added(Log log) {
        return jdbc.sql("select r.id from " + log.table() + " r where not exists (select from log_link l"
                        + " where l.log = :log and l.entry = r.id) and not exists (select from log_waiting w"
                        + " where w.log = :log and w.entry = r.id) order by r.id limit 1")
                .param("log", log.label())
                .query((row, _) -> new Fault("added", null, row.getLong(1), "it has no place in the chain"))
                .optional()
                .orElse(null);
    }

    List<Purge> purges(Log log) {
        return jdbc.sql("select first, last, entries, keep, at from log_purge where log = :log order by first")
                .param("log", log.label())
                .query((row, _) -> new Purge(
                        row.getLong(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getString(4),
                        row.getTimestamp(5).toInstant()))
                .list();
    }

    /** Roots by the sequence that they name, those left out whose files are not readable: {@code verify} names these. */
    private Map<Long, List<DayRoot>> rooted(Log log) throws IOException {
        Map<Long, List<DayRoot>> named = new HashMap<>();
        for (LocalDate day : roots.days()) {
            DayRoot root;
            try {
                root = roots.read(day);
            } catch (DayRootFault _) {
                continue;
            }
            head(root, log)
                    .filter(head -> head.sequence() > 0 && root.fault().isEmpty())
                    .ifPresent(head -> named.computeIfAbsent(head.sequence(), _ -> new ArrayList<>(1))
                            .add(root));
        }
        return named;
    }

    private static Optional<LogHead> head(DayRoot root, Log log) {
        return root.logs() == null
                ? Optional.empty()
                : root.logs().stream()
                        .filter(head -> head.log().equals(log.label()))
                        .findFirst();
    }
}
