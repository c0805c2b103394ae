package org.farwatch.api.storage;

import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.video.DeletionTable;
import org.farwatch.ingest.record.Deleting;
import org.farwatch.ingest.record.Deletion;
import org.farwatch.ingest.record.Deletion.Reason;
import org.farwatch.ingest.record.DeletionLedgers;
import org.farwatch.ingest.record.Deletions;
import org.farwatch.ingest.record.Recordings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Keeps the tables in step with the ledgers of deletions, which are the truth. Used by the thread of retention. */
@Component
class DeletionIndex {
    private static final Logger LOG = LoggerFactory.getLogger(DeletionIndex.class);
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");
    private static final String SERVICE = "farwatch";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final DeletionTable table;
    private final DeletionLedgers ledgers;
    private final AuditLog audit;
    private final UndeletedFiles undeleted;
    /** Whether the last pass ended with all of its deletions in the tables. */
    private boolean inStep;

    DeletionIndex(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            DeletionTable table,
            Recordings recordings,
            AuditLog audit,
            UndeletedFiles undeleted) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.table = table;
        this.ledgers = recordings.deletions();
        this.audit = audit;
        this.undeleted = undeleted;
    }

    /** Why the pictures of a range went. */
    record Why(Reason reason, int days) {}

    /**
     * Finishes what a crash broke off, and gives back what is in the tables and not on the disk. A ledger that is not as
     * it was written is left as it is; nothing of its stream is deleted then.
     *
     * @return streams of which what was broken off cannot be finished now: nothing more may be deleted of them, or the
     *     tables would miss a line
     */
    Set<Long> catchUp(Deleting deleting) throws IOException {
        Set<Long> troubled = new HashSet<>();
        if (!inStep) {
            bringBack();
            for (String stream : ledgers.streams()) {
                if (NUMBER.matcher(stream).matches() && known(stream)) {
                    try {
                        catchUp(deleting, stream);
                    } catch (IOException e) {
                        troubled.add(Long.parseLong(stream));
                        LOG.error("a deletion of stream {} cannot be finished: {}", stream, e.toString());
                    }
                }
            }
            rebuilt();
        }
        inStep = false;
        return troubled;
    }

    /** What was begun since {@link #catchUp} is in the tables: the next one need not look. */
    void settled() {
        inStep = true;
    }

    private boolean known(String stream) {
        return jdbc.sql("select count(*) from stream where id = :id")
                        .param("id", Long.parseLong(stream))
                        .query(Integer.class)
                        .single()
                > 0;
    }

    private void catchUp(Deleting deleting, String stream) throws IOException {
        long id = Long.parseLong(stream);
        long indexed = table.last(id);
        Deletions read = ledgers.read(stream);
        read.fault()
                .ifPresent(fault -> LOG.error("{}, line {}: {}", ledgers.file(stream), fault.line(), fault.reason()));
        for (Deletion line : read.lines()) {
            if (line.number() > indexed) {
                deleting.finish(line);
                undeleted.add(deleting.takeStuck());
                deleted(id, line);
                LOG.info("stream {}: deletion {} was in the ledger and is finished", stream, line.number());
            }
        }
    }

    private void bringBack() throws IOException {
        List<Long> streams = jdbc.sql("select distinct stream_id from recording_deletion")
                .query(Long.class)
                .list();
        for (long stream : streams) {
            String name = Long.toString(stream);
            long last = ledgers.last(name).map(Deletion::number).orElse(0L);
            if (last < table.last(stream)) {
                ledgers.bringBack(name, table.documents(stream, last));
                LOG.warn("{} ended at {}; the database had the rest", ledgers.file(name), last);
            }
        }
    }

    /** Rows that were made again from sidecars do not know that their pictures are deleted. */
    private void rebuilt() {
        jdbc.sql("""
                        update segment g set state = 'deleted' from recording_deletion d
                        where d.part = 'pictures' and d.stream_id = g.stream_id and g.sequence between d.first and d.last
                            and g.state <> 'deleted'""").update();
    }

    /** The files of a line in the ledger are gone: so says the database. */
    void deleted(long stream, Deletion deletion) {
        transaction.executeWithoutResult(_ -> {
            switch (deletion.part()) {
                case PICTURES ->
                    range("update segment set state = 'deleted'", stream, deletion)
                            .update();
                case SIDECARS -> {
                    range("delete from segment", stream, deletion).update();
                    jdbc.sql("update day_root_range set swept = true where stream_id = :stream and first = :first")
                            .param("stream", stream)
                            .param("first", deletion.first())
                            .update();
                }
            }
            table.insert(stream, deletion, DeletionLedgers.document(deletion));
            audit.record(SERVICE, "delete", "recording", Long.toString(stream), null, facts(deletion), null);
        });
        LOG.info(
                "stream {}: {} of segments {} to {}, {} bytes, deleted: {}, {} days",
                stream,
                deletion.part().label(),
                deletion.first(),
                deletion.last(),
                deletion.bytes(),
                deletion.reason().label(),
                deletion.days());
    }

    private JdbcClient.StatementSpec range(String change, long stream, Deletion deletion) {
        return jdbc.sql(change + " where stream_id = :stream and sequence between :first and :last")
                .param("stream", stream)
                .param("first", deletion.first())
                .param("last", deletion.last());
    }

    private static Map<String, Object> facts(Deletion deletion) {
        return Map.of(
                "number", deletion.number(),
                "part", deletion.part(),
                "first", deletion.first(),
                "last", deletion.last(),
                "segments", deletion.count(),
                "bytes", deletion.bytes(),
                "from", Instant.ofEpochMilli(deletion.from()),
                "to", Instant.ofEpochMilli(deletion.to()),
                "reason", deletion.reason(),
                "days", deletion.days());
    }

    /** Of the deletion that took a segment's pictures; of none, its age. */
    Why why(long stream, long sequence) {
        return table.of(stream, sequence)
                .map(deleted -> new Why(Reason.valueOf(deleted.reason().toUpperCase(Locale.ROOT)), deleted.days()))
                .orElse(new Why(Reason.AGE, StorageClass.LEGAL_DAYS));
    }
}
