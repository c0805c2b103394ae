package org.farwatch.api.uploads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.farwatch.api.RunningService;
import org.farwatch.api.database.DatabaseLine;
import org.farwatch.api.org.DeviceRegister;
import org.farwatch.api.video.DeviceRecordings;
import org.farwatch.ingest.KnownDevice;
import org.farwatch.ingest.mqtt.DeviceStatus;
import org.farwatch.ingest.mqtt.RecordingReport;
import org.farwatch.ingest.mqtt.RecordingReport.Event;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What a body camera said of itself names the cause of each part of a gap. */
class DeviceCauseTest {
    private static final RunningService SERVICE = RunningService.shared();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static void done() {}

    @Test
    void eachPartOfAGapHasTheCauseThatTheCameraTells() {
        Station station = new Station(SERVICE);
        JdbcClient jdbc = SERVICE.bean(JdbcClient.class);
        CameraReports reports = SERVICE.bean(CameraReports.class);
        KnownDevice camera =
                SERVICE.bean(DeviceRegister.class).byId(station.deviceId).known();
        long stream = SERVICE.bean(DeviceRecordings.class).stream(
                camera.no(), "camera", Long.parseLong(station.squad), "test");
        Instant t = Instant.now().minus(Duration.ofHours(9)).truncatedTo(ChronoUnit.HOURS);
        jdbc.sql("insert into service_run (started, alive) values (:from::timestamptz, :to::timestamptz)")
                .param("from", t.minusSeconds(3_600).toString())
                .param("to", t.plusSeconds(9 * 3_600).toString())
                .update();
        reports.presence(camera, true, t, DeviceCauseTest::done);
        reports.recording(
                camera,
                new RecordingReport(Event.STARTED, null, null),
                t.plus(Duration.ofHours(1)),
                DeviceCauseTest::done);
        reports.recording(
                camera,
                new RecordingReport(Event.STOPPED, null, null),
                t.plus(Duration.ofHours(2)),
                DeviceCauseTest::done);
        reports.status(
                camera, clock(t.plus(Duration.ofHours(3)), 0), t.plus(Duration.ofHours(3)), DeviceCauseTest::done);
        reports.status(
                camera, clock(t.plus(Duration.ofHours(4)), 7_200), t.plus(Duration.ofHours(4)), DeviceCauseTest::done);
        reports.presence(camera, false, t.plus(Duration.ofHours(5)), DeviceCauseTest::done);
        await().atMost(PATIENCE)
                .until(() -> jdbc.sql("select ends from device_link where device_no = :no and ends is not null")
                                .param("no", camera.no())
                                .query()
                                .listOfRows()
                                .size()
                        == 1);
        assertThat(reports.offset(camera.no(), t.plus(Duration.ofHours(4)))).contains(7_200_000L);
        SERVICE.call(
                "POST",
                "/api/v1/requirements",
                Map.of("streamId", Long.toString(stream), "from", t, "to", t.plus(Duration.ofHours(6))));

        assertThat(gaps(stream, t))
                .containsExactly(
                        "0 1 not-started",
                        "1 2 upload-pending",
                        "2 3 not-started",
                        "3 4 clock-jump",
                        "4 5 not-started",
                        "5 6 device-offline");
        reports.recording(
                camera,
                new RecordingReport(Event.UPLOADED, null, null),
                t.plus(Duration.ofHours(6)),
                DeviceCauseTest::done);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(gaps(stream, t))
                        .as("it said that it was handed over")
                        .contains("0 3 not-started"));
    }

    @Test
    void whatItSaysIsAcknowledgedBehindTheCommitAlsoWhenTheDatabaseWasAway() {
        Station station = new Station(SERVICE);
        JdbcClient jdbc = SERVICE.bean(JdbcClient.class);
        KnownDevice camera =
                SERVICE.bean(DeviceRegister.class).byId(station.deviceId).known();
        Instant t = Instant.now().minusSeconds(60).truncatedTo(ChronoUnit.SECONDS);
        List<String> acknowledged = new CopyOnWriteArrayList<>();
        try (DatabaseLine line = DatabaseLine.to(SERVICE)) {
            DataSource source = line.source();
            CameraReports reports = new CameraReports(
                    JdbcClient.create(source),
                    new TransactionTemplate(new JdbcTransactionManager(source)),
                    SERVICE.bean(UploadSettings.class),
                    Clock.systemUTC());
            line.cut();
            reports.status(camera, new DeviceStatus(71, null, null, null, true), t, () -> acknowledged.add("status"));
            await().atMost(PATIENCE).until(() -> reports.waiting() == 0);
            reports.recording(
                    camera, new RecordingReport(Event.STARTED, null, null), t, () -> acknowledged.add("recording"));
            assertThat(acknowledged).isEmpty();
            assertThat(rows(jdbc, camera)).isEmpty();

            line.mend();
            await().atMost(PATIENCE).until(() -> acknowledged.size() == 2);
            assertThat(acknowledged).containsExactly("status", "recording");
            assertThat(rows(jdbc, camera)).containsExactly("71", "recording");
            reports.close();
        }
    }

    private static List<String> rows(JdbcClient jdbc, KnownDevice camera) {
        return jdbc.sql("""
                        select battery::text from device_status where device_no = :no
                        union all select 'recording' from device_recording where device_no = :no and ends is null""").param("no", camera.no()).query(String.class).list();
    }

    private static DeviceStatus clock(Instant at, long ahead) {
        return new DeviceStatus(80, null, null, at.plusSeconds(ahead), null);
    }

    private static List<String> gaps(long stream, Instant t) {
        return SERVICE.get("/api/v1/streams/" + stream + "/coverage?from=" + t + "&to=" + t.plus(Duration.ofHours(6)))
                .body()
                .path("gaps")
                .valueStream()
                .map(gap -> hours(t, gap.path("from").asString()) + " "
                        + hours(t, gap.path("to").asString()) + " "
                        + gap.path("cause").asString())
                .toList();
    }

    private static long hours(Instant from, String to) {
        return Duration.between(from, Instant.parse(to)).toHours();
    }
}
