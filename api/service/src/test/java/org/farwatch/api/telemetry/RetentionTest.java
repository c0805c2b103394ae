package org.farwatch.api.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.farwatch.api.RunningService;
import org.farwatch.api.database.DatabaseServer;
import org.farwatch.api.telemetry.DeviceDays.DeviceDay;
import org.farwatch.geo.StoreResult;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Deleting by age against the real database; the days are such as no other test uses. */
class RetentionTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static int nextDevice = 4_000_000;

    private final RunningService service = RunningService.shared();
    private final JdbcClient jdbc = service.bean(JdbcClient.class);
    private final Retention retention = service.bean(Retention.class);
    private final DeviceDays days = service.bean(DeviceDays.class);
    private final LocalDate old = LocalDate.now(ZoneOffset.UTC).minusDays(398);
    private final int device = nextDevice++;

    @Test
    void aDayThatIsOldEnoughGoesWithItsCauseAndItsFiguresStay() throws Exception {
        store(old);
        settle();
        assertThat(days.of(device, old, old).getFirst().kept()).isTrue();

        retention.positions(end(old), PATIENCE);

        assertThat(stored()).isZero();
        DeviceDay left = days.of(device, old, old).getFirst();
        assertThat(left.figures().points()).isEqualTo(300);
        assertThat(left.kept()).as("the hole has a cause").isFalse();
        assertThat(jdbc.sql("select sum(rows) from deleted_by_age where subject = 'position' and day = :day")
                        .param("day", old)
                        .query(Long.class)
                        .single())
                .isGreaterThanOrEqualTo(300);
        assertThat(jdbc.sql("select count(*) from audit_log where subject = 'positions' and subject_id = :day")
                        .param("day", old.toString())
                        .query(Long.class)
                        .single())
                .isPositive();
    }

    @Test
    void aDayWhoseFiguresAreNotReadYetStays() throws Exception {
        store(old.plusDays(1));
        jdbc.sql("delete from device_day where device_no = :device")
                .param("device", device)
                .update();

        retention.positions(end(old.plusDays(1)), PATIENCE);

        assertThat(stored()).isEqualTo(300);
    }

    @Test
    void aLongQueryOnAnOldDayIsNotBrokenAndHoldsUpNoWriter() throws Exception {
        LocalDate day = old.minusDays(1);
        store(day);
        settle();
        days.of(device, day, day);
        try (Connection reader =
                        service.bean(DatabaseServer.class).unpooled("test").getConnection();
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            assertThat(count(statement)).isEqualTo(300);
            CompletableFuture<Void> deleting = CompletableFuture.runAsync(() -> {
                try {
                    retention.positions(end(day), Duration.ofSeconds(4));
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            await().atMost(10, TimeUnit.SECONDS)
                    .until(() -> jdbc.sql(
                                    "select exists (select from pg_stat_activity where query like 'alter table%detach%'"
                                            + " and wait_event_type = 'Lock')")
                            .query(Boolean.class)
                            .single());

            assertThat(store(LocalDate.now(ZoneOffset.UTC).minusDays(2)))
                    .as("writers go on while the day waits to go")
                    .containsOnly(StoreResult.STORED);
            assertThat(days.of(device, day, day)).as("so do readers").hasSize(1);
            deleting.get(20, TimeUnit.SECONDS);
            reader.commit();
        }
        assertThat(exists(day))
                .as("it waited for the query and gave up for now")
                .isTrue();
        settle();
        days.of(device, old.minusDays(2), LocalDate.now(ZoneOffset.UTC));

        retention.positions(end(day), PATIENCE);

        assertThat(exists(day)).isFalse();
    }

    @Test
    void suspectAndRefusedPositionsGoByTheirReceiveTimeAndAreCounted() throws Exception {
        jdbc.sql("""
                insert into position_suspect (device_no, fix_time, body_hash, receive_time, alarms, status, flags)
                select :device, '2001-01-01', n, now() - make_interval(days => n), 0, 0, 0
                from unnest(array[500, 501, 10]) n""").param("device", device).update();
        jdbc.sql("""
                insert into position_refused (device_no, receive_time, reason, content)
                values (:device, now() - interval '450 days', 'test', '{}')""").param("device", device).update();

        retention.delete();

        assertThat(jdbc.sql("select body_hash from position_suspect where device_no = :device")
                        .param("device", device)
                        .query(Long.class)
                        .list())
                .containsExactly(10L);
        for (String table : List.of("position_suspect", "position_refused")) {
            assertThat(jdbc.sql("select sum(rows) from deleted_by_age where subject = :table")
                            .param("table", table)
                            .query(Long.class)
                            .single())
                    .as(table)
                    .isPositive();
        }
    }

    private List<StoreResult> store(LocalDate utcDay) throws Exception {
        DayOfPositions made = new DayOfPositions(utcDay, 10 * 3600).go(300, 10);
        return made.store(device, made.fixes);
    }

    /** As if positions had been stored an hour ago. */
    private void settle() {
        jdbc.sql("update device_day_mark set marked_at = marked_at - interval '1 hour' where day < :day")
                .param("day", old.plusDays(30))
                .update();
        days.readWhatIsOver();
    }

    private static Instant end(LocalDate day) {
        return day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private long stored() {
        return jdbc.sql("select count(*) from position where device_no = :device")
                .param("device", device)
                .query(Long.class)
                .single();
    }

    private long count(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("select count(*) from position where device_no = " + device)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private boolean exists(LocalDate day) {
        return jdbc.sql("select to_regclass(:name) is not null")
                .param("name", org.farwatch.api.database.DayPartition.name("position", day))
                .query(Boolean.class)
                .single();
    }
}
