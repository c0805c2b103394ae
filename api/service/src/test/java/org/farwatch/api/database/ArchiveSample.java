package org.farwatch.api.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.farwatch.api.Home;
import org.farwatch.api.RunningService;
import org.farwatch.api.evidence.EvidenceStore;
import org.farwatch.api.telemetry.PositionStore;
import org.farwatch.geo.PositionBatch;
import org.farwatch.geo.PositionFlag;
import picocli.CommandLine;

/**
 * Archives of the shared service, taken once while it runs with data of every kind.
 *
 * @param archive with keys, made by the command
 * @param sum what the command printed
 * @param keyless the same without keys
 */
record ArchiveSample(RunningService service, Path archive, String sum, Path keyless) {
    static final DatabaseSettings EMBEDDED = new DatabaseSettings(null, "farwatch", "", 0, 16);

    private static final long SEALED_HASH = 7_070_707;
    private static final long PLATFORM = 4_000_000_001L;
    private static final long DAY = Duration.ofDays(1).toMillis();

    private static ArchiveSample taken;

    static synchronized ArchiveSample taken() {
        if (taken == null) {
            try {
                taken = take();
            } catch (IOException | SQLException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return taken;
    }

    private static ArchiveSample take() throws IOException, SQLException, InterruptedException {
        RunningService service = RunningService.shared();
        Path folder = Files.createDirectories(service.home().resolve("archives"));
        fill(service);
        Path archive = folder.resolve("running.zip");
        String said = Child.run(0, service.home(), Map.of(), "backup", archive.toString(), "--with-keys");
        Path keyless = folder.resolve("keyless.zip");
        new Backup(new Home(service.home()), service.bean(DatabaseServer.class), false, silent()).write(keyless);
        // Nobody could open it, so it must not stay among those that other tests let the service release.
        sql(service, "delete from position_sealed where body_hash = " + SEALED_HASH);
        clear(service);
        Files.delete(service.home().resolve("evidence/ab/abcdef"));
        Matcher printed =
                Pattern.compile("^sha256 +([0-9a-f]{64}) ", Pattern.MULTILINE).matcher(said);
        assertThat(printed.find()).as(said).isTrue();
        return new ArchiveSample(service, archive, printed.group(1), keyless);
    }

    /** @return what it complained of, one line, empty when it did not */
    static String restore(Path home, Path file) {
        return restore(home, EMBEDDED, file.toString());
    }

    static String restore(Path home, DatabaseSettings settings, String... arguments) {
        RestoreCommand command = CommandLine.populateCommand(new RestoreCommand(), arguments);
        ByteArrayOutputStream complaints = new ByteArrayOutputStream();
        int code = command.run(
                new CommandContext(home, settings),
                new PrintStream(OutputStream.nullOutputStream()),
                new PrintStream(complaints, true, StandardCharsets.UTF_8));
        String said = complaints.toString(StandardCharsets.UTF_8);
        assertThat(code).as(said).isEqualTo(said.isEmpty() ? 0 : 1);
        assertThat(said.lines().count()).as(said).isLessThanOrEqualTo(1);
        return said;
    }

    /** Rows in the tables that are filled in unlike ways, and a file. */
    private static void fill(RunningService service) throws IOException, SQLException, InterruptedException {
        assertThat(service.call("POST", "/api/v1/squads", Map.of("name", "存档中队"))
                        .status())
                .isEqualTo(201);
        String id = "archive-" + UUID.randomUUID();
        sql(
                service,
                "insert into device (id, name, kind, protocol, protocol_id) values ('" + id
                        + "', 'tab\t quote'' back\\slash line\nend 执法', 'handset', 'mqtt', '" + id + "')");
        int device = (int) count(service, "select no from device where id = '" + id + "'");
        long now = System.currentTimeMillis();
        PositionBatch batch = new PositionBatch(100);
        for (int i = 0; i < 90; i++) {
            int row = batch.append(device, now - i % 30 * DAY, now, i);
            batch.place(row, 121.4 + 1e-7 / 3 * i, 31.2);
            batch.motion(row, 4.5f, 0.1f * i, Float.NaN);
            int offset = batch.reserveItems(3);
            System.arraycopy(new byte[] {0x31, 1, (byte) i}, 0, batch.itemBytes(), offset, 3);
        }
        int suspect = batch.append(device, now, now, 1_000);
        batch.flag(suspect, PositionFlag.NO_TIME);
        CountDownLatch stored = new CountDownLatch(1);
        service.bean(PositionStore.class).accept(batch, _ -> stored.countDown());
        assertThat(stored.await(30, TimeUnit.SECONDS)).isTrue();
        sql(
                service,
                "insert into position_sealed (device_no, fix_time, body_hash, receive_time, officer_id, sealed, destroy_after)"
                        + " values (" + device
                        + ", now(), " + SEALED_HASH + ", now(), 1, '\\x00ff0a09'::bytea, now() + interval '1 day')");
        ofTerminals(service, device);
        Path evidence = service.home().resolve("evidence/ab");
        Files.createDirectories(evidence);
        Files.writeString(evidence.resolve("abcdef"), "证据");
    }

    /** What terminals send, are asked and forward, and what is made of it; a photograph is a file of the evidence. */
    private static void ofTerminals(RunningService service, int device) throws IOException {
        byte[] photograph = ("photograph " + device).getBytes(StandardCharsets.UTF_8);
        String sha256 = service.bean(EvidenceStore.class)
                .put(new ByteArrayInputStream(photograph), "image/jpeg", "archive", photograph.length)
                .sha256();
        sql(service, """
                insert into device_media (device_no, media_id, type, format, event, channel, evidence, media_type, as_stated,
                    received_at) values (%1$d, 4294967295, 0, 0, 1, 1, '%2$s', 'image/jpeg', true, now());
                insert into device_report (device_no, message_id, v2019, received_at, body)
                    values (%1$d, 1794, true, now(), '\\x00ff0a5c09');
                with c as (insert into device_command (device_no, kind, arguments, state, requested_by, requested_at,
                    expires_at, result) values (%1$d, 'text', '{"text": "收到\\n请回复"}', 'failed', 'admin', now(),
                    now() + interval '1 hour', 'garbage') returning id)
                insert into device_command_event (command_id, at, username, action, to_state)
                    select id, now(), 'admin', 'request', 'queued' from c;
                insert into lower_platform (name, access_code, user_id, password_hash, edition, creates_vehicles, datum)
                    values ('存档平台', %3$d, 1, '$argon2id$', '2019', false, 'GCJ02');
                with l as (insert into upward_link (name, host, port, access_code, user_id, secret_sealed, edition, enabled)
                    values ('存档链路', '127.0.0.1', 1, 1, 1, '\\x00ff', '2011', false) returning id),
                d as (insert into upward_link_device select id, %1$d from l),
                s as (insert into upward_link_squad select id, (select min(id) from squad) from l)
                insert into upward_queue (link_id, device_no, fix_time, body_hash) select id, %1$d, now(), -1 from l;
                insert into device_day values (%1$d, '2020-02-29', now(), '50 300 600', 2, 0.1, 'track', 1e-7, 1, 0, null,
                    null);
                insert into device_day_mark values (%1$d, '2020-02-29', '2020-02-29');
                insert into deleted_by_age (subject, day, rows, devices, keep) values ('archive', '2020-02-29', 1, 1, 'P1D');
                insert into device_alarm (device_no, alarm, starts, ends, settled)
                    values (%1$d, 'sos', now() - interval '1 hour', now(), true)""".formatted(device, sha256, PLATFORM));
    }

    /** What could be in the way of other tests of the shared service. */
    private static void clear(RunningService service) {
        sql(
                service,
                "delete from upward_queue where link_id in (select id from upward_link where name = '存档链路');"
                        + "delete from upward_link where name = '存档链路';"
                        + "delete from lower_platform where access_code = " + PLATFORM);
    }

    static Manifest manifest(Path file) {
        try (Archive opened = Archive.open(file)) {
            return opened.manifest();
        }
    }

    static Progress silent() {
        return new Progress(new PrintStream(OutputStream.nullOutputStream()));
    }

    static void sql(RunningService service, String command) {
        try (Connection connection =
                        service.bean(DatabaseServer.class).unpooled("test").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(command);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static long count(RunningService service, String query) throws SQLException {
        try (Connection connection =
                        service.bean(DatabaseServer.class).unpooled("test").getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
