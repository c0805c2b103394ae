package org.farwatch.api.video;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.farwatch.ingest.record.Arriving;
import org.farwatch.ingest.record.SegmentName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Says which day folders of a stream can hold what the table of segments does not know yet, so that a start looks into a
 * few of them and not into a year. Those are the folders from the day before the newest segment that is known, and,
 * since a clock may have been wrong, those of which nothing is known at all; and those in which an upload of days ago is
 * arriving ({@link Arriving}).
 */
@Component
class FreshFolders {
    private static final Logger LOG = LoggerFactory.getLogger(FreshFolders.class);

    private final SegmentTable table;

    private final Arriving arriving;

    FreshFolders(SegmentTable table, Arriving arriving) {
        this.table = table;
        this.arriving = arriving;
    }

    /**
     * @param sequence of the newest segment that is known, 0 for none
     * @param days of the folders, UTC; every one when nothing is known
     */
    record Fresh(long sequence, Predicate<LocalDate> days) {}

    /** Everything is fresh while the database is away. */
    Fresh of(String stream) {
        try {
            long id = Long.parseLong(stream);
            Optional<SegmentName> newest = table.newest(id);
            if (newest.isPresent()) {
                LocalDate since = LocalDate.ofInstant(
                                Instant.ofEpochMilli(newest.get().start()), ZoneOffset.UTC)
                        .minusDays(1);
                Set<LocalDate> known = table.daysBefore(id, since);
                Set<LocalDate> late = arriving.days(stream);
                return new Fresh(
                        newest.get().sequence(),
                        day -> !day.isBefore(since) || !known.contains(day) || late.contains(day));
            }
        } catch (DataAccessException | IOException e) {
            LOG.warn("all folders of stream {} are listed: {}", stream, e.getMessage());
        } catch (NumberFormatException _) {
            // A folder that is not ours by its name; nothing is known of it.
        }
        return new Fresh(0, _ -> true);
    }
}
