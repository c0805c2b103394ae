package org.farwatch.api.storage;

import java.io.IOException;
import java.sql.Date;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.farwatch.ingest.record.DayRoot;
import org.farwatch.ingest.record.DayRootFault;
import org.farwatch.ingest.record.Recordings;
import org.farwatch.ingest.record.StreamRoot;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** Which segments the day roots cover: an index of their files, brought in step before anything is deleted. */
@Repository
class RootRanges {
    /** Documents that one pass reads at most; those of a year are read in a few hours. */
    private static final int AT_ONCE = 30;

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Recordings recordings;

    RootRanges(JdbcClient jdbc, TransactionTemplate transaction, Recordings recordings) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.recordings = recordings;
    }

    /**
     * Reads roots that are not known yet, oldest first.
     *
     * @throws DayRootFault when one is not as it was signed: nothing behind it counts as covered
     */
    void catchUp() throws IOException {
        List<LocalDate> unknown = jdbc.sql("""
                        select day from day_root where day not in (select day from day_root_ranged)
                        order by day limit :most""")
                .param("most", AT_ONCE)
                .query((row, _) -> row.getDate("day").toLocalDate())
                .list();
        for (LocalDate day : unknown) {
            DayRoot root = recordings.roots().read(day);
            Optional<String> fault = root.fault();
            if (fault.isPresent() || !root.day().equals(day)) {
                throw new DayRootFault(
                        recordings.roots().file(day), fault.orElse("is the root of " + root.day()), null);
            }
            transaction.executeWithoutResult(_ -> {
                root.streams().forEach(stream -> insert(day, stream));
                jdbc.sql("insert into day_root_ranged (day) values (:day)")
                        .param("day", Date.valueOf(day))
                        .update();
            });
        }
    }

    private void insert(LocalDate day, StreamRoot stream) {
        if (stream.leaves() == 0 || !NUMBER.matcher(stream.stream()).matches()) {
            return;
        }
        jdbc.sql("""
                        insert into day_root_range (stream_id, first, last, absent, day)
                        values (:stream, :first, :last, :absent, :day) on conflict do nothing""")
                .param("stream", Long.parseLong(stream.stream()))
                .param("first", stream.first())
                .param("last", stream.last())
                .param("absent", stream.absent().size())
                .param("day", Date.valueOf(day))
                .update();
    }

    /** Whether the newest root is signed with this key: deletions of another could not be told from forged ones. */
    boolean newestSignedBy(byte[] publicKey) {
        return jdbc.sql("select public_key from day_root order by day desc limit 1")
                .query(String.class)
                .optional()
                .filter(Base64.getEncoder().encodeToString(publicKey)::equals)
                .isPresent();
    }

    /** What a day's root says of a stream. */
    StreamRoot read(LocalDate day, long stream) throws IOException {
        return recordings.roots().read(day).stream(Long.toString(stream)).orElseThrow();
    }
}
