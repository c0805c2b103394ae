package org.farwatch.api.proof;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.farwatch.ingest.record.HashAlgorithm;
import org.farwatch.ingest.record.LogHead;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives each entry of a log its place in the log's chain, soon after its commit. The transaction that writes an entry also
 * writes that it waits (a trigger), so none is forgotten and none waits for another: a chain that grew inside of those
 * transactions would let one at a time through, and two that also wait for other rows would lock each other. One appender
 * at a time, of all services on the database (an advisory lock); in this one the {@code log-chain} thread, or whoever asks
 * for {@link #heads}.
 */
@Component
public class LogChain implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(LogChain.class);
    private static final long LOOK_MILLIS = 500;
    private static final long STOP_SECONDS = 10;
    /** Entries chained in one transaction. */
    private static final int AT_ONCE = 1_000;

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final TransactionTemplate transaction;
    private final HashAlgorithm algorithm;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("log-chain").daemon().factory());

    private record Link(long sequence, long entry, String hash, String chain) {}

    LogChain(JdbcClient jdbc, JdbcTemplate batches, TransactionTemplate transaction, ProofSettings settings) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.transaction = transaction;
        this.algorithm = settings.suite().algorithm();
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        ScheduledFuture<?> _ = thread.scheduleWithFixedDelay(this::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            append();
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("the chains of the logs wait for the database: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("the logs cannot be chained", e);
        }
    }

    /** Chains everything that is committed now. */
    void append() {
        for (Log log : Log.values()) {
            while (Integer.valueOf(AT_ONCE).equals(transaction.execute(_ -> append(log)))) {
                // More may wait.
            }
        }
    }

    /** Where the chains stand, everything that is committed now included. */
    public List<LogHead> heads() {
        append();
        return Arrays.stream(Log.values()).map(this::head).toList();
    }

    LogHead head(Log log) {
        return jdbc.sql("select sequence, chain from log_link where log = :log order by sequence desc limit 1")
                .param("log", log.label())
                .query((row, _) -> new LogHead(log.label(), row.getLong(1), row.getString(2)))
                .optional()
                .orElseGet(() -> new LogHead(log.label(), 0, log.beginning()));
    }

    /** @return how many entries were taken from those that wait */
    private int append(Log log) {
        jdbc.sql("select pg_advisory_xact_lock(hashtext('farwatch.log-chain'))")
                .query((_, _) -> 0)
                .single();
        LogHead head = head(log);
        List<Link> links = new ArrayList<>();
        jdbc.sql("select " + log.columns() + " from log_waiting w join " + log.table() + " r on r.id = w.entry"
                        + " where w.log = :log order by w.entry limit " + AT_ONCE)
                .param("log", log.label())
                .query((ResultSet row) -> next(log, head, links, row));
        batches.batchUpdate(
                "insert into log_link (log, sequence, entry, hash, chain) values (?, ?, ?, ?, ?)",
                links,
                AT_ONCE,
                (row, link) -> {
                    row.setString(1, log.label());
                    row.setLong(2, link.sequence());
                    row.setLong(3, link.entry());
                    row.setString(4, link.hash());
                    row.setString(5, link.chain());
                });
        jdbc.sql("delete from log_waiting where log = :log and entry = any(:entries)")
                .param("log", log.label())
                .param("entries", links.stream().map(Link::entry).toArray(Long[]::new))
                .update();
        return links.size();
    }

    private void next(Log log, LogHead head, List<Link> links, ResultSet row) throws SQLException {
        String previous = links.isEmpty() ? head.chain() : links.getLast().chain();
        long sequence = head.sequence() + links.size() + 1;
        String hash = algorithm.ofText(log.text(row));
        links.add(new Link(
                sequence, row.getLong("row_id"), hash, Log.chain(algorithm, log.label(), previous, sequence, hash)));
    }

    @Override
    public void destroy() throws InterruptedException {
        thread.shutdown();
        if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("some entries of the logs are not chained yet; the next start does it");
        }
    }
}
