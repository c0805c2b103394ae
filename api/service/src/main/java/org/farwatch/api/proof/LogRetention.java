package org.farwatch.api.proof;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.farwatch.api.access.AuditLog;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Deletes entries of the logs by age, where {@code farwatch.proof.keep-logs} says so: the oldest places of the chain, up to
 * the first entry that is younger. Links stay, so the chain is whole; {@code log_purge} names the range, without which the
 * database deletes nothing, and the audit log says that it happened.
 */
@Component
class LogRetention {
    private static final long FIRST_MILLIS = 600_000;
    private static final long CHECK_MILLIS = 3_600_000;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final AuditLog audit;
    private final Duration keep;
    private final Clock clock;

    LogRetention(
            JdbcClient jdbc, TransactionTemplate transaction, AuditLog audit, ProofSettings settings, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.audit = audit;
        this.keep = settings.keepLogs();
        this.clock = clock;
    }

    @Scheduled(initialDelay = FIRST_MILLIS, fixedDelay = CHECK_MILLIS)
    void look() {
        if (keep != null) {
            delete(clock.instant().minus(keep), keep.toDays() + " d");
        }
    }

    /** @param before entries that are older go */
    void delete(Instant before, String kept) {
        for (Log log : Log.values()) {
            transaction.executeWithoutResult(_ -> delete(log, before, kept));
        }
    }

    private void delete(Log log, Instant before, String kept) {
        long first = jdbc.sql("select coalesce(max(last), 0) + 1 from log_purge where log = :log")
                .param("log", log.label())
                .query(Long.class)
                .single();
        long end = jdbc.sql("select coalesce(min(l.sequence), (select coalesce(max(sequence), 0) + 1 from log_link"
                        + " where log = :log)) from log_link l join " + log.table() + " r on r.id = l.entry"
                        + " where l.log = :log and l.sequence >= :first and r.at >= :before")
                .param("log", log.label())
                .param("first", first)
                .param("before", Timestamp.from(before))
                .query(Long.class)
                .single();
        if (end <= first) {
            return;
        }
        jdbc.sql("""
                        insert into log_purge (log, first, last, entries, keep)
                        values (:log, :first, :last, :entries, :keep)""")
                .param("log", log.label())
                .param("first", first)
                .param("last", end - 1)
                .param("entries", end - first)
                .param("keep", kept)
                .update();
        jdbc.sql("delete from " + log.table() + " r using log_link l where l.log = :log and l.entry = r.id"
                        + " and l.sequence between :first and :last")
                .param("log", log.label())
                .param("first", first)
                .param("last", end - 1)
                .update();
        audit.record(
                "farwatch",
                "purge",
                log.label() + "-log",
                first + "-" + (end - 1),
                null,
                Map.of("entries", end - first, "keep", kept),
                null);
    }
}
