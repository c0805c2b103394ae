package org.farwatch.api.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.farwatch.api.RunningService;
import org.farwatch.api.database.DatabaseServer;
import org.farwatch.geo.PositionBatch;
import org.farwatch.geo.PositionFlag;
import org.farwatch.geo.StoreResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The store against the real database; each test uses device numbers of its own, which need no register. */
class PositionStoreTest {
    private static final long DAY = 86_400_000L;
    private static int nextDevice = 1_000_000;

    private final RunningService service = RunningService.shared();
    private final JdbcClient jdbc = service.bean(JdbcClient.class);
    private final int device = nextDevice++;
    private final long now = System.currentTimeMillis() / 1000 * 1000;
    private final List<PositionStore> stores = new ArrayList<>();

    @AfterEach
    void close() {
        stores.forEach(PositionStore::close);
    }

    @Test
    void aResendIsADuplicateWhetherRememberedOrNot() throws Exception {
        PositionStore store = store((_, _) -> OffDutyRule.KEEP);

        assertThat(store(store, row(now, 1))).containsExactly(StoreResult.STORED);
        assertThat(store(store, row(now, 1))).containsExactly(StoreResult.DUPLICATE);
        assertThat(store(store((_, _) -> OffDutyRule.KEEP), row(now, 1)))
                .as("another store, as after a restart, asks the table")
                .containsExactly(StoreResult.DUPLICATE);
        assertThat(stored()).isEqualTo(1);
    }

    @Test
    void aResendBesideNewPositionsLosesNone() throws Exception {
        store(store((_, _) -> OffDutyRule.KEEP), row(now, 1));

        assertThat(store(store((_, _) -> OffDutyRule.KEEP), row(now - 1000, 1), row(now, 1), row(now + 1000, 1)))
                .containsExactly(StoreResult.STORED, StoreResult.DUPLICATE, StoreResult.STORED);
        assertThat(stored()).isEqualTo(3);
    }

    @Test
    void anSosInTheSecondOfAPeriodicReportIsStoredBesideIt() throws Exception {
        assertThat(store(store((_, _) -> OffDutyRule.KEEP), row(now, 1), row(now, 2)))
                .containsExactly(StoreResult.STORED, StoreResult.STORED);
        assertThat(stored()).isEqualTo(2);
    }

    @Test
    void aWildClockCostsNoPartitionAndLosesNothing() throws Exception {
        List<StoreResult> results = store(
                store((_, _) -> OffDutyRule.KEEP),
                row(now - 401 * DAY, 1),
                row(now + 2 * DAY, 1),
                row(now - 399 * DAY, 1));

        assertThat(results).containsExactly(StoreResult.SUSPECT, StoreResult.SUSPECT, StoreResult.STORED);
        assertThat(count("position_suspect")).isEqualTo(2);
        assertThat(stored()).isEqualTo(1);
    }

    @Test
    void aPositionWithoutATimeIsSuspect() throws Exception {
        PositionBatch batch = new PositionBatch(4);
        append(batch, row(now, 1));
        batch.flag(0, PositionFlag.NO_TIME);

        assertThat(store(store((_, _) -> OffDutyRule.KEEP), batch)).containsExactly(StoreResult.SUSPECT);
    }

    @Test
    void aPositionOfAPersonOffDutyIsSealedAndAnSosIsNot() throws Exception {
        PositionStore store = store((_, _) -> 42);
        PositionBatch batch = new PositionBatch(4);
        append(batch, row(now, 1));
        append(batch, row(now + 1000, 2));
        batch.state(1, 1, 3);

        assertThat(store(store, batch)).containsExactly(StoreResult.SEALED, StoreResult.STORED);
        assertThat(stored()).isEqualTo(1);
        byte[] sealed = jdbc.sql("select sealed from position_sealed where device_no = :device and officer_id = 42")
                .param("device", device)
                .query(byte[].class)
                .single();
        PositionBatch opened = new PositionBatch(1);
        new SealedPositions(SECRET).open(sealed, device, now, now, 1, opened);
        assertThat(opened.longitude(0)).isEqualTo(121.47);
    }

    @Test
    void oneRowThatTheDatabaseRefusesCostsNoOther() throws Exception {
        try (Connection connection =
                        service.bean(DatabaseServer.class).unpooled("test").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("alter table position add constraint refuse_" + device + " check (device_no <> " + device
                    + " or alarms <> 99) not valid");
        }
        try {
            PositionBatch batch = new PositionBatch(64);
            for (int i = 0; i < 50; i++) {
                append(batch, row(now + i * 1000L, 1));
            }
            batch.state(17, 99, 3);

            List<StoreResult> results = store(store((_, _) -> OffDutyRule.KEEP), batch);

            assertThat(results.get(17)).isEqualTo(StoreResult.REFUSED);
            assertThat(results)
                    .filteredOn(result -> result == StoreResult.STORED)
                    .hasSize(49);
            assertThat(stored()).isEqualTo(49);
            assertThat(jdbc.sql("select reason from position_refused where device_no = :device")
                            .param("device", device)
                            .query(String.class)
                            .single())
                    .contains("refuse_" + device);
        } finally {
            jdbc.sql("alter table position drop constraint refuse_" + device).update();
        }
    }

    @Test
    void everythingSentComesBackAsItWas() throws Exception {
        PositionBatch batch = new PositionBatch(4);
        int row = batch.append(device, now, now + 321, -5);
        batch.place(row, 121.473701, 31.230416);
        batch.motion(row, -12, 63.5f, 271);
        batch.accuracy(row, 4.5f);
        batch.state(row, 0x80000001, 0x000C0003);
        batch.flag(row, PositionFlag.BUFFERED);
        int at = batch.reserveItems(3);
        System.arraycopy(new byte[] {0x31, 1, 12}, 0, batch.itemBytes(), at, 3);

        store(store((_, _) -> OffDutyRule.KEEP), batch);

        assertThat(jdbc.sql("select * from position where device_no = :device")
                        .param("device", device)
                        .query()
                        .singleRow())
                .containsEntry("longitude", 121.473701)
                .containsEntry("latitude", 31.230416)
                .containsEntry("altitude", -12f)
                .containsEntry("speed", 63.5f)
                .containsEntry("heading", 271f)
                .containsEntry("accuracy", 4.5f)
                .containsEntry("alarms", 0x80000001)
                .containsEntry("status", 0x000C0003)
                .containsEntry("flags", PositionFlag.BUFFERED.mask())
                .containsEntry("body_hash", -5L)
                .containsEntry("items", new byte[] {0x31, 1, 12});
    }

    private static final String SECRET = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private record Row(long fixTime, long hash) {}

    private static Row row(long fixTime, long hash) {
        return new Row(fixTime, hash);
    }

    private void append(PositionBatch batch, Row row) {
        int index = batch.append(device, row.fixTime(), now, row.hash());
        batch.place(index, 121.47, 31.23);
        batch.state(index, 0, 3);
    }

    private PositionStore store(OffDutyRule rule) throws SQLException {
        TelemetrySettings settings = new TelemetrySettings(
                1,
                4096,
                50_000,
                Duration.ofDays(400),
                Duration.ofDays(1),
                Duration.ofDays(3),
                Duration.ofMinutes(15),
                10);
        PositionStore store = new PositionStore(
                service.bean(DatabaseServer.class).unpooled("test"),
                settings,
                SECRET,
                rule,
                List.of(),
                Clock.systemUTC());
        stores.add(store);
        return store;
    }

    private List<StoreResult> store(PositionStore store, Row... rows) throws Exception {
        PositionBatch batch = new PositionBatch(Math.max(1, rows.length));
        for (Row row : rows) {
            append(batch, row);
        }
        return store(store, batch);
    }

    private static List<StoreResult> store(PositionStore store, PositionBatch batch) throws Exception {
        CompletableFuture<PositionBatch> done = new CompletableFuture<>();
        store.accept(batch, done::complete);
        PositionBatch back = done.get(20, TimeUnit.SECONDS);
        List<StoreResult> results = new ArrayList<>();
        for (int i = 0; i < back.size(); i++) {
            results.add(back.result(i));
        }
        return results;
    }

    private long stored() {
        return count("position");
    }

    private long count(String table) {
        return jdbc.sql("select count(*) from " + table + " where device_no = :device")
                .param("device", device)
                .query(Long.class)
                .single();
    }
}
