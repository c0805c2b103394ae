package org.farwatch.api.video;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.farwatch.api.web.BureauTime;
import org.farwatch.api.web.Refusal;
import org.farwatch.ingest.record.Deletion;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What retention deleted of recordings: an index of the ledgers on the disk, and the copy of them that a backup holds. */
@Repository
public class DeletionTable {
    /** Of one answer; a deletion is mostly a day of a stream. */
    private static final int MOST = 10_000;

    private final JdbcClient jdbc;

    DeletionTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A deletion of recorded files.
     *
     * @param from earliest start of the segments
     * @param to their latest end; in between there may be holes
     * @param reason {@code age} or {@code disk}
     * @param days age that they had passed
     * @param at when they were deleted
     */
    public record Deleted(
            Instant from,
            Instant to,
            long first,
            long last,
            long segments,
            long bytes,
            String reason,
            int days,
            Instant at) {
        /** In a sentence, for whoever asks for what is gone. */
        String sentence(String stream) {
            return "stream " + stream + ": recordings from " + from + " to " + to + " were deleted at " + at + ": "
                    + switch (reason) {
                        case "age" -> "they were older than the " + days + " days for which they are kept";
                        default -> "the disk was nearly full and they were older than " + days + " days";
                    }
                    + " (已于 " + at.atZone(BureauTime.ZONE).toLocalDate()
                    + (reason.equals("age") ? " 到期删除，保存期限 " : " 因存储空间不足删除，已满 ") + days + " 天)";
        }

        /** The answer to a request for it. */
        Refusal gone(String stream) {
            return new Refusal(410, "deleted", sentence(stream))
                    .with("deletedAt", at)
                    .with("reason", reason)
                    .with("days", days);
        }
    }

    /** The last number that is known of a stream, 0 before the first. */
    public long last(long stream) {
        return jdbc.sql("select coalesce(max(number), 0) from recording_deletion where stream_id = :stream")
                .param("stream", stream)
                .query(Long.class)
                .single();
    }

    /** Lines of the ledger behind a number, in their order. */
    public List<String> documents(long stream, long after) {
        return jdbc.sql("""
                        select document from recording_deletion where stream_id = :stream and number > :after
                        order by number""")
                .param("stream", stream)
                .param("after", after)
                .query(String.class)
                .list();
    }

    /** One that is known stays. */
    public void insert(long stream, Deletion deletion, String document) {
        jdbc.sql("""
                        insert into recording_deletion (stream_id, number, at, part, first, last, segments, bytes, starts,
                            ends, reason, days, document)
                        values (:stream, :number, :at, :part, :first, :last, :segments, :bytes, :starts, :ends, :reason,
                            :days, :document)
                        on conflict do nothing""")
                .param("stream", stream)
                .param("number", deletion.number())
                .param("at", Timestamp.from(deletion.at()))
                .param("part", deletion.part().label())
                .param("first", deletion.first())
                .param("last", deletion.last())
                .param("segments", deletion.count())
                .param("bytes", deletion.bytes())
                .param("starts", new Timestamp(deletion.from()))
                .param("ends", new Timestamp(deletion.to()))
                .param("reason", deletion.reason().label())
                .param("days", deletion.days())
                .param("document", document)
                .update();
    }

    /** What was deleted of a stream that was recorded at least partly in the time, in its order. */
    public List<Deleted> between(long stream, Instant from, Instant to) {
        return jdbc.sql("""
                        select * from recording_deletion where stream_id = :stream and part = 'pictures'
                            and starts < :to and ends > :from
                        order by starts, number limit :most""")
                .param("stream", stream)
                .param("from", Timestamp.from(from))
                .param("to", Timestamp.from(to))
                .param("most", MOST)
                .query((row, _) -> read(row))
                .list();
    }

    /** How a segment was deleted; empty where it was not. */
    public Optional<Deleted> of(long stream, long sequence) {
        return jdbc.sql("""
                        select * from recording_deletion where stream_id = :stream and part = 'pictures'
                            and :sequence between first and last
                        order by number desc limit 1""")
                .param("stream", stream)
                .param("sequence", sequence)
                .query((row, _) -> read(row))
                .optional();
    }

    private static Deleted read(ResultSet row) throws SQLException {
        return new Deleted(
                row.getTimestamp("starts").toInstant(),
                row.getTimestamp("ends").toInstant(),
                row.getLong("first"),
                row.getLong("last"),
                row.getLong("segments"),
                row.getLong("bytes"),
                row.getString("reason"),
                row.getInt("days"),
                row.getTimestamp("at").toInstant());
    }
}
