package org.farwatch.api.uploads;

import jakarta.annotation.PreDestroy;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.farwatch.ingest.KnownDevice;
import org.farwatch.ingest.mqtt.DeviceReports;
import org.farwatch.ingest.mqtt.DeviceStatus;
import org.farwatch.ingest.mqtt.RecordingReport;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What body cameras say of themselves: status, recordings, that they come and go. Stored before it is acknowledged, so that
 * neither a crash nor a database that is away costs a gap its cause. What comes twice does no harm: stretches of time are
 * unions, and readings beside each other say the same.
 */
@Component
@DependsOnDatabaseInitialization
class CameraReports implements DeviceReports {
    private static final long SWEEP_MILLIS = 3_600_000;
    /** Beyond it a device's clock has no bearing on a recording. */
    private static final Duration NEAR = Duration.ofDays(7);

    private final JdbcClient jdbc;
    private final UploadSettings settings;
    private final Clock clock;
    private final ReportWriter writer;

    CameraReports(JdbcClient jdbc, TransactionTemplate transaction, UploadSettings settings, Clock clock) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.clock = clock;
        // Who was connected when the last service ended says so again; when it left, nobody knows but this.
        jdbc.sql("""
                update device_link set ends = greatest(starts, coalesce((select max(alive) from service_run), starts))
                where ends is null""").update();
        writer = new ReportWriter(transaction);
    }

    /** Reports that wait to be stored. */
    int waiting() {
        return writer.waiting();
    }

    @Override
    public void status(KnownDevice device, DeviceStatus status, Instant received, Runnable stored) {
        writer.write(
                () -> jdbc.sql("""
                        with said as (
                            insert into device_status (device_no, at, battery, storage_free, storage_total,
                                clock_offset_ms, recording)
                            values (:device, :at, :battery, :free, :total, :offset, :recording) returning *)
                        insert into device_state as s (device_no, battery, battery_at, storage_free, storage_total,
                            storage_at, clock_offset_ms, clock_at, recording, recording_at)
                        select device_no, battery, case when battery is not null then at end,
                            storage_free, storage_total, case when storage_free is not null then at end,
                            clock_offset_ms, case when clock_offset_ms is not null then at end,
                            recording, case when recording is not null then at end
                        from said
                        on conflict (device_no) do update set
                            battery = coalesce(excluded.battery, s.battery),
                            battery_at = coalesce(excluded.battery_at, s.battery_at),
                            storage_free = coalesce(excluded.storage_free, s.storage_free),
                            storage_total = case when excluded.storage_free is null then s.storage_total
                                else coalesce(excluded.storage_total, s.storage_total) end,
                            storage_at = coalesce(excluded.storage_at, s.storage_at),
                            clock_offset_ms = coalesce(excluded.clock_offset_ms, s.clock_offset_ms),
                            clock_at = coalesce(excluded.clock_at, s.clock_at),
                            recording = coalesce(excluded.recording, s.recording),
                            recording_at = case when excluded.recording is distinct from s.recording
                                then coalesce(excluded.recording_at, s.recording_at) else s.recording_at end""")
                        .param("device", device.no())
                        .param("at", Timestamp.from(received))
                        .param("battery", status.battery(), Types.INTEGER)
                        .param("free", status.storageFree(), Types.BIGINT)
                        .param("total", status.storageTotal(), Types.BIGINT)
                        .param(
                                "offset",
                                status.clock() == null
                                        ? null
                                        : Duration.between(received, status.clock())
                                                .toMillis(),
                                Types.BIGINT)
                        .param("recording", status.recording(), Types.BOOLEAN)
                        .update(),
                stored);
    }

    /** Times are ours: what a device says of its own clock is corrected by what it said of it. */
    @Override
    public void recording(KnownDevice device, RecordingReport report, Instant received, Runnable stored) {
        writer.write(
                () -> {
                    switch (report.event()) {
                        case STARTED -> {
                            Instant at = ours(device, report.at(), received);
                            started(device, at);
                            recordsNow(device, true, at);
                        }
                        case STOPPED -> {
                            Instant at = ours(device, report.at(), received);
                            jdbc.sql("""
                                    update device_recording set ends = greatest(starts, :at)
                                    where device_no = :device and ends is null""")
                                    .param("at", Timestamp.from(at))
                                    .param("device", device.no())
                                    .update();
                            recordsNow(device, false, at);
                        }
                        case UPLOADED -> uploaded(device, report, received);
                    }
                },
                stored);
    }

    private void started(KnownDevice device, Instant at) {
        jdbc.sql("update device_recording set ends = greatest(starts, :at) where device_no = :device and ends is null")
                .param("at", Timestamp.from(at))
                .param("device", device.no())
                .update();
        jdbc.sql("insert into device_recording (device_no, starts) values (:device, :at) on conflict do nothing")
                .param("device", device.no())
                .param("at", Timestamp.from(at))
                .update();
    }

    private void recordsNow(KnownDevice device, boolean recording, Instant at) {
        jdbc.sql("""
                insert into device_state (device_no, recording, recording_at) values (:device, :recording, :at)
                on conflict (device_no) do update set recording = :recording, recording_at = :at""")
                .param("device", device.no())
                .param("recording", recording)
                .param("at", Timestamp.from(at))
                .update();
    }

    /** Without a start it is about all that it said before. */
    private void uploaded(KnownDevice device, RecordingReport report, Instant received) {
        Instant start = report.start() == null ? null : ours(device, report.start(), received);
        jdbc.sql("""
                        update device_recording set uploaded_at = :at where device_no = :device and uploaded_at is null
                            and ends is not null and (:start::timestamptz is null
                                or :start between starts - interval '5 s' and ends)""")
                .param("at", Timestamp.from(received))
                .param("start", start == null ? null : Timestamp.from(start), Types.TIMESTAMP)
                .param("device", device.no())
                .update();
    }

    private Instant ours(KnownDevice device, Instant theirs, Instant received) {
        return theirs == null
                ? received
                : theirs.minusMillis(offset(device.no(), received).orElse(0L));
    }

    @Override
    public void presence(KnownDevice device, boolean online, Instant at, Runnable stored) {
        writer.write(
                () -> {
                    if (online) {
                        jdbc.sql("""
                        insert into device_link (device_no, starts) select :device, :at where not exists (
                            select from device_link where device_no = :device and ends is null)
                        on conflict do nothing""")
                                .param("device", device.no())
                                .param("at", Timestamp.from(at))
                                .update();
                    } else {
                        jdbc.sql(
                                        "update device_link set ends = greatest(starts, :at) where device_no = :device and ends is null")
                                .param("device", device.no())
                                .param("at", Timestamp.from(at))
                                .update();
                    }
                },
                stored);
    }

    /**
     * By how much a device's clock was ahead, by what it said nearest to a time.
     *
     * @return milliseconds; empty when it said nothing within a week
     */
    Optional<Long> offset(int deviceNo, Instant at) {
        return jdbc.sql("""
                        select clock_offset_ms from device_status where device_no = :device and clock_offset_ms is not null
                            and at between :from and :to
                        order by abs(extract(epoch from at - :at::timestamptz)) limit 1""")
                .param("device", deviceNo)
                .param("from", Timestamp.from(at.minus(NEAR)))
                .param("to", Timestamp.from(at.plus(NEAR)))
                .param("at", Timestamp.from(at))
                .query(Long.class)
                .optional();
    }

    @Scheduled(fixedDelay = SWEEP_MILLIS, initialDelay = SWEEP_MILLIS)
    void forget() {
        Timestamp before = Timestamp.from(clock.instant().minus(settings.statusAge()));
        jdbc.sql("delete from device_status where at < :before")
                .param("before", before)
                .update();
        jdbc.sql("delete from device_recording where starts < :before")
                .param("before", before)
                .update();
        jdbc.sql("delete from device_link where ends < :before")
                .param("before", before)
                .update();
    }

    @PreDestroy
    void close() {
        writer.close();
    }
}
