package org.farwatch.api.telemetry;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.database.DatabaseServer;
import org.farwatch.api.database.DayPartition;
import org.farwatch.api.web.BureauTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Deletes positions by age: whole UTC days, oldest first, each counted in the transaction that deletes it, so that a hole
 * in the record has its cause. Neither readers nor writers wait: the day is taken out of the table first, which waits for
 * those that were at it before, a while at a time. Figures of its devices stay; a day goes only when they are read.
 */
@Component
public class Retention {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final String TABLE = "position";
    private static final long FIRST_MILLIS = 300_000;
    private static final long CHECK_MILLIS = 3_600_000;
    private static final int AT_ONCE = 10_000;
    /** A day more than is kept: then none of the local days that the UTC day touches can get positions any more. */
    private static final Duration MARGIN = Duration.ofDays(1);

    private static final String DELETE_FIGURES = """
            with gone as (delete from device_day where day < :before returning device_no, day)
            insert into deleted_by_age (subject, day, rows, devices, keep)
            select 'device_day', day, count(*), count(distinct device_no), :keep from gone group by day""";

    private final DatabaseServer server;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final AuditLog audit;
    private final DeviceDays days;
    private final Duration keep;
    private final Duration keepFigures;
    private final Clock clock;

    Retention(
            DatabaseServer server,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            AuditLog audit,
            DeviceDays days,
            TelemetrySettings settings,
            RetentionSettings retention,
            Clock clock) {
        if (retention.figures().compareTo(settings.keep()) < 0) {
            throw new IllegalArgumentException("farwatch.retention.figures must be at least farwatch.telemetry.keep ("
                    + settings.keep().toDays() + "d), was "
                    + retention.figures().toDays() + "d");
        }
        this.server = server;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.audit = audit;
        this.days = days;
        this.keep = settings.keep();
        this.keepFigures = retention.figures();
        this.clock = clock;
    }

    /** The UTC days in {@code [from, to)} of which positions were deleted. */
    List<LocalDate> deleted(Instant from, Instant to) {
        return jdbc.sql("""
                select distinct day from deleted_by_age
                where subject = 'position' and rows > 0 and day between :first and :last order by day""")
                .param("first", LocalDate.ofInstant(from, ZoneOffset.UTC))
                .param("last", LocalDate.ofInstant(to.minusMillis(1), ZoneOffset.UTC))
                .query(LocalDate.class)
                .list();
    }

    /** Every hour; what cannot be deleted now is tried again then. */
    @Scheduled(initialDelay = FIRST_MILLIS, fixedDelay = CHECK_MILLIS)
    void delete() throws SQLException {
        Instant now = clock.instant();
        positions(now.minus(keep).minus(MARGIN), Duration.ofSeconds(20));
        rows("position_suspect", now.minus(keep));
        rows("position_refused", now.minus(keep));
        jdbc.sql(DELETE_FIGURES)
                .param("before", LocalDate.ofInstant(now.minus(keepFigures), BureauTime.ZONE))
                .param("keep", keepFigures.toDays() + " d")
                .update();
    }

    /**
     * Deletes the days that end by then.
     *
     * @param patience how long those that were at a day before may take
     */
    void positions(Instant end, Duration patience) throws SQLException {
        try (Connection connection = server.unpooled("retention").getConnection();
                Statement statement = connection.createStatement()) {
            // One service at a time.
            try (ResultSet rows =
                    statement.executeQuery("select pg_try_advisory_lock(hashtext('farwatch.retention'))")) {
                rows.next();
                if (!rows.getBoolean(1)) {
                    return;
                }
            }
            statement.execute("set statement_timeout = " + patience.toMillis());
            boolean hypertable = isHypertable(statement);
            SortedSet<LocalDate> all = hypertable ? Hypertable.days(connection) : DayPartition.days(connection, TABLE);
            for (LocalDate day : all) {
                if (start(day.plusDays(1)).isAfter(end) || days.hasUnread(day.plusDays(1))) {
                    return;
                }
                if (!hypertable) {
                    DayPartition.detach(connection, TABLE, day);
                }
                drop(day, hypertable);
            }
        } catch (SQLException e) {
            if (!isTimeout(e)) {
                throw e;
            }
            LOG.info("old positions are still being read; they are deleted when that is over");
        }
    }

    private void drop(LocalDate day, boolean hypertable) {
        String table = hypertable ? TABLE : DayPartition.name(TABLE, day);
        transaction.executeWithoutResult(_ -> {
            jdbc.sql("insert into deleted_by_age (subject, day, rows, devices, keep)"
                            + " select 'position', :day, count(*), count(distinct device_no), :keep from " + table
                            + " where fix_time >= :start and fix_time < :end")
                    .param("day", day)
                    .param("keep", keep.toDays() + " d")
                    .param("start", Timestamp.from(start(day)))
                    .param("end", Timestamp.from(start(day.plusDays(1))))
                    .update();
            if (hypertable) {
                jdbc.sql(Hypertable.DROP)
                        .param("end", Timestamp.from(start(day.plusDays(1))))
                        .query()
                        .listOfRows();
            } else {
                jdbc.sql("drop table " + table).update();
            }
            // The UTC day lies in this local day and the next one.
            days.freeze(day.plusDays(1));
            audit.record(
                    "farwatch", "delete", "positions", day.toString(), null, Map.of("keepDays", keep.toDays()), null);
        });
        LOG.info("the positions of {} were deleted: they were older than {} days", day, keep.toDays());
    }

    private void rows(String table, Instant before) {
        String delete = """
                with gone as (
                    delete from %1$s where ctid = any (array(
                        select ctid from %1$s where receive_time < :before limit :atOnce))
                    returning device_no, (receive_time at time zone 'UTC')::date as day)
                insert into deleted_by_age (subject, day, rows, devices, keep)
                select '%1$s', day, count(*), count(distinct device_no), :keep from gone group by day""".formatted(table);
        int deleted;
        do {
            deleted = jdbc.sql(delete)
                    .param("before", Timestamp.from(before))
                    .param("atOnce", AT_ONCE)
                    .param("keep", keep.toDays() + " d")
                    .update();
        } while (deleted > 0);
    }

    private static boolean isHypertable(Statement statement) throws SQLException {
        try (ResultSet rows =
                statement.executeQuery("select relkind <> 'p' from pg_class where oid = 'position'::regclass")) {
            rows.next();
            return rows.getBoolean(1);
        }
    }

    /** A statement was ended by its timeout (57014). */
    private static boolean isTimeout(SQLException e) {
        return "57014".equals(e.getSQLState());
    }

    private static Instant start(LocalDate utcDay) {
        return utcDay.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
