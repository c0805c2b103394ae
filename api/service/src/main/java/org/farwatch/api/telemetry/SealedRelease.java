package org.farwatch.api.telemetry;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.farwatch.api.Home;
import org.farwatch.geo.PositionBatch;
import org.farwatch.geo.StoreResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Ends the sealing of off-duty positions: those that a roster entered late covers are stored like any other, the rest
 * is destroyed when its time is over, and counted.
 */
@Component
public class SealedRelease {
    private static final Logger LOG = LoggerFactory.getLogger(SealedRelease.class);
    private static final int AT_ONCE = 1_000;
    private static final long CHECK_MILLIS = 2_000;
    private static final long DESTROY_MILLIS = 600_000;
    private static final long STORE_SECONDS = 30;

    private final JdbcClient jdbc;
    private final OffDutyRule rule;
    private final ObjectProvider<PositionStore> store;
    private final SealedPositions sealed;
    private final AtomicBoolean asked = new AtomicBoolean();

    private record Row(int device, long fixTime, long receiveTime, long hash, byte[] content) {}

    SealedRelease(JdbcClient jdbc, OffDutyRule rule, ObjectProvider<PositionStore> store, Home home) {
        this.jdbc = jdbc;
        this.rule = rule;
        this.store = store;
        this.sealed = new SealedPositions(home.secret("sealed-positions"));
    }

    /** Roster or custody changed: look through what is sealed, soon and in the background. */
    public void release() {
        asked.set(true);
    }

    @Scheduled(fixedDelay = CHECK_MILLIS)
    void releaseWhenAsked() throws InterruptedException {
        if (!asked.getAndSet(false)) {
            return;
        }
        int released = 0;
        Row last = null;
        while (true) {
            List<Row> rows = read(last);
            if (rows.isEmpty()) {
                break;
            }
            last = rows.getLast();
            released += store(rows.stream()
                    .filter(row -> rule.offDutyHolder(row.device(), row.fixTime()) == OffDutyRule.KEEP)
                    .toList());
        }
        if (released > 0) {
            LOG.info("{} sealed positions are covered by the roster now and were stored", released);
        }
    }

    @Scheduled(fixedDelay = DESTROY_MILLIS)
    void destroyExpired() {
        jdbc.sql("""
                with gone as (delete from position_sealed where destroy_after < now() returning 1),
                    counted as (select count(*) as positions from gone)
                insert into position_destroyed (day, positions)
                select current_date, positions from counted where positions > 0
                on conflict (day) do update set positions = position_destroyed.positions + excluded.positions""").update();
    }

    private List<Row> read(Row after) {
        return jdbc.sql("""
                        select device_no, fix_time, body_hash, receive_time, sealed from position_sealed
                        where (device_no, fix_time, body_hash) > (:device, :fixTime::timestamptz, :hash)
                        order by device_no, fix_time, body_hash limit :limit""")
                .param("device", after == null ? 0 : after.device())
                .param(
                        "fixTime",
                        after == null
                                ? "-infinity"
                                : new java.sql.Timestamp(after.fixTime())
                                        .toInstant()
                                        .toString())
                .param("hash", after == null ? Long.MIN_VALUE : after.hash())
                .param("limit", AT_ONCE)
                .query((row, _) -> new Row(
                        row.getInt(1),
                        row.getTimestamp(2).getTime(),
                        row.getTimestamp(4).getTime(),
                        row.getLong(3),
                        row.getBytes(5)))
                .list();
    }

    private int store(List<Row> rows) throws InterruptedException {
        if (rows.isEmpty()) {
            return 0;
        }
        PositionBatch batch = new PositionBatch(rows.size());
        for (Row row : rows) {
            try {
                sealed.open(row.content(), row.device(), row.fixTime(), row.receiveTime(), row.hash(), batch);
            } catch (IllegalStateException e) {
                // Sealed with another key, as after a restore without keys: nobody can read it, its time will end it.
                LOG.warn("{}", e.getMessage());
            }
        }
        if (batch.isEmpty()) {
            return 0;
        }
        CountDownLatch stored = new CountDownLatch(1);
        store.getObject().accept(batch, _ -> stored.countDown());
        if (!stored.await(STORE_SECONDS, TimeUnit.SECONDS)) {
            // The database is away; what is sealed stays sealed and is looked at again.
            asked.set(true);
            return 0;
        }
        int released = 0;
        for (int row = 0; row < batch.size(); row++) {
            if (batch.result(row) == StoreResult.STORED || batch.result(row) == StoreResult.DUPLICATE) {
                released++;
                jdbc.sql("""
                        delete from position_sealed
                        where device_no = :device and fix_time = :fixTime and body_hash = :hash""")
                        .param("device", batch.device(row))
                        .param("fixTime", new java.sql.Timestamp(batch.fixTime(row)))
                        .param("hash", batch.bodyHash(row))
                        .update();
            }
        }
        return released;
    }
}
