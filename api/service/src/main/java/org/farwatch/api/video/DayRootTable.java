package org.farwatch.api.video;

import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.farwatch.ingest.record.DayRoot;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Day roots in the database: an index of the files, and the copy of them that a backup holds. */
@Repository
class DayRootTable {
    private final JdbcClient jdbc;

    DayRootTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A day root without what it says of each stream. */
    record Stored(
            LocalDate day,
            String root,
            String previous,
            String signature,
            String publicKey,
            Instant made,
            int streams,
            long segments) {}

    /** A day that has one keeps it. */
    void insert(DayRoot root) {
        jdbc.sql("""
                        insert into day_root (day, root, previous, signature, public_key, made, streams, segments,
                            document)
                        values (:day, :root, :previous, :signature, :key, :made, :streams, :segments, :document)
                        on conflict do nothing""")
                .param("day", Date.valueOf(root.day()))
                .param("root", root.root())
                .param("previous", root.previous())
                .param("signature", root.signature())
                .param("key", root.publicKey())
                .param("made", Timestamp.from(root.made()))
                .param("streams", root.count())
                .param("segments", root.segments())
                .param("document", new String(root.document(), StandardCharsets.UTF_8))
                .update();
    }

    /** All days, ascending. */
    List<LocalDate> days() {
        return jdbc.sql("select day from day_root order by day")
                .query((row, _) -> row.getDate("day").toLocalDate())
                .list();
    }

    /**
     * Newest first.
     *
     * @param from null for the first
     * @param before days from here on are left out, null for none
     */
    List<Stored> list(LocalDate from, LocalDate before, int limit) {
        return jdbc.sql("""
                        select day, root, previous, signature, public_key, made, streams, segments from day_root
                        where (:from::date is null or day >= :from::date)
                            and (:before::date is null or day < :before::date)
                        order by day desc limit :limit""")
                .param("from", from == null ? null : Date.valueOf(from))
                .param("before", before == null ? null : Date.valueOf(before))
                .param("limit", limit)
                .query((row, _) -> new Stored(
                        row.getDate("day").toLocalDate(),
                        row.getString("root"),
                        row.getString("previous"),
                        row.getString("signature"),
                        row.getString("public_key"),
                        row.getTimestamp("made").toInstant(),
                        row.getInt("streams"),
                        row.getLong("segments")))
                .list();
    }

    Optional<String> document(LocalDate day) {
        return jdbc.sql("select document from day_root where day = :day")
                .param("day", Date.valueOf(day))
                .query(String.class)
                .optional();
    }
}
