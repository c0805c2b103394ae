package org.farwatch.api.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.farwatch.api.database.ArchiveSample.EMBEDDED;
import static org.farwatch.api.database.ArchiveSample.manifest;
import static org.farwatch.api.database.ArchiveSample.restore;
import static org.farwatch.api.database.ArchiveSample.silent;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.farwatch.api.Home;
import org.farwatch.api.RunningService;
import org.farwatch.ingest.record.Signatures;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What was backed up comes back as it was, into an empty place and no other. */
class ArchiveTest {
    /** Tables that the sample has rows in, of every kind that there is. */
    private static final List<String> FILLED = List.of(
            "position",
            "position_suspect",
            "position_sealed",
            "device",
            "squad",
            "audit_log",
            "device_media",
            "device_report",
            "device_command",
            "device_command_event",
            "lower_platform",
            "upward_link",
            "upward_link_device",
            "upward_link_squad",
            "upward_queue",
            "device_day",
            "device_day_mark",
            "deleted_by_age",
            "device_alarm_rule",
            "device_alarm");

    private final RunningService service = ArchiveSample.taken().service();
    private final Path archive = ArchiveSample.taken().archive();
    private final Path keyless = ArchiveSample.taken().keyless();

    @TempDir
    Path folder;

    @Test
    void aRoundTripKeepsEveryRowEverySequenceAndEveryFile() throws Exception {
        Path home = folder.resolve("restored");
        assertThat(Child.run(
                        0,
                        home,
                        Map.of(),
                        "restore",
                        archive.toString(),
                        "--sha256",
                        ArchiveSample.taken().sum()))
                .contains("restored   " + home);
        Path again = folder.resolve("again.zip");
        Child.run(0, home, Map.of(), "backup", again.toString(), "--with-keys");

        Manifest first = manifest(archive);
        Manifest second = manifest(again);
        // The sums are over all rows in their stored order, which loading keeps.
        assertThat(second.tables()).isEqualTo(first.tables());
        assertThat(second.sequences()).isEqualTo(first.sequences());
        assertThat(second.files()).isEqualTo(first.files());
        assertThat(second.schemaVersion()).isEqualTo(first.schemaVersion());
        for (String table : FILLED) {
            assertThat(table(first, table).rows()).as(table).isPositive();
        }
        assertThat(first.files())
                .extracting(Manifest.File::entry)
                .contains("evidence/ab/abcdef", "keys/sealed-positions");
        assertThat(first.files()).extracting(Manifest.File::entry).doesNotContain("keys/" + Backup.DATABASE_KEY);
    }

    @Test
    void theServiceStartsOnWhatWasRestoredAndShowsIt() throws Exception {
        Path home = folder.resolve("served");
        assertThat(restore(home, archive)).isEmpty();

        try (RunningService restored = RunningService.startOn(home, Map.of())) {
            String squads = restored.get("/api/v1/squads").body().toString();
            assertThat(squads).contains("存档中队");
            // Identities go on where they were.
            assertThat(restored.call("POST", "/api/v1/squads", Map.of("name", "新中队"))
                            .status())
                    .isEqualTo(201);
        }
    }

    @Test
    void aBackupShowsOneMomentThoughOthersWrite() throws Exception {
        Path file = folder.resolve("consistent.zip");
        String name = "并发" + UUID.randomUUID();
        // As soon as the squads are in the archive, another connection commits a squad with an officer.
        OutputStream intruder = new OutputStream() {
            private final ByteArrayOutputStream line = new ByteArrayOutputStream();

            @Override
            public void write(int b) {
                line.write(b);
                if (b == '\n') {
                    if (line.toString(StandardCharsets.UTF_8).startsWith("  squad: ")) {
                        sql("with s as (insert into squad (name) values ('" + name + "') returning id)"
                                + " insert into officer (name, number, squad_id) select '" + name + "', '" + name
                                + "', id from s");
                    }
                    line.reset();
                }
            }
        };
        new Backup(
                        new Home(service.home()),
                        service.bean(DatabaseServer.class),
                        false,
                        new Progress(new PrintStream(intruder, true, StandardCharsets.UTF_8)))
                .write(file);

        assertThat(ArchiveSample.count(service, "select count(*) from officer where name = '" + name + "'"))
                .isEqualTo(1);
        assertThat(text(file, "tables/officer.copy")).doesNotContain(name);
        assertThat(restore(folder.resolve("consistent"), file)).isEmpty();
    }

    @Test
    void withoutKeysSealedPositionsAreDestroyedAndCounted() throws Exception {
        Path home = folder.resolve("keyless");
        assertThat(restore(home, keyless)).isEmpty();

        Path again = folder.resolve("keyless-again.zip");
        try (DatabaseServer server = DatabaseServer.open(new Home(home), EMBEDDED)) {
            new Backup(new Home(home), server, false, silent()).write(again);
        }
        long sealed = table(manifest(keyless), "position_sealed").rows();
        assertThat(table(manifest(again), "position_sealed").rows()).isZero();
        assertThat(text(again, "tables/position_destroyed.copy")).contains("\t" + sealed + "\n");
        assertThat(manifest(keyless).files()).noneMatch(entry -> entry.entry().startsWith("keys/"));
    }

    @Test
    void withoutKeysARestoreSaysThatTheSigningKeyIsNewAndWhichOneSignedTheDayRoots() throws Exception {
        Path file = folder.resolve("roots.zip");
        byte[] key = {1, 2, 3};
        sql("insert into day_root (day, root, previous, signature, public_key, made, streams, segments, document)"
                + " values ('2026-11-20', 'r', 'p', 's', '"
                + Base64.getEncoder().encodeToString(key) + "', now(), 0, 0, '{}')");
        try {
            new Backup(new Home(service.home()), service.bean(DatabaseServer.class), false, silent()).write(file);
        } finally {
            sql("delete from day_root where day = '2026-11-20'");
        }
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        RestoreCommand command = CommandLine.populateCommand(new RestoreCommand(), file.toString());
        int code = command.run(
                new CommandContext(folder.resolve("new-key"), EMBEDDED),
                new PrintStream(said, true, StandardCharsets.UTF_8),
                System.err);

        assertThat(code).isZero();
        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("the signing key is not in the archive")
                .contains("day roots from 2026-11-20 to 2026-11-20 stay verifiable; their key is "
                        + Signatures.fingerprint(key));
    }

    @Test
    void anArchiveIsReadableByItsOwnerOnlyAndNeverOverwritten() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(archive)))
                .isEqualTo("rw-------");
        assertThat(Child.run(1, service.home(), Map.of(), "backup", archive.toString()))
                .isEqualTo("Farwatch cannot back up: " + archive + " exists already: choose another name\n");
        assertThat(archive.resolveSibling("running.zip.part")).doesNotExist();
    }

    @Test
    void aBackupThatFailsLeavesNothing() throws SQLException {
        Path file = folder.resolve("failed.zip");
        DatabaseServer running = service.bean(DatabaseServer.class);
        DatabaseServer wrong = new DatabaseServer(running.url(), running.user(), "not the password", () -> {});

        assertThatThrownBy(() -> new Backup(new Home(service.home()), wrong, false, silent()).write(file))
                .isInstanceOf(ArchiveFailure.class)
                .hasMessageContaining("password authentication failed");
        assertThat(file).doesNotExist();
        assertThat(folder.resolve("failed.zip.part")).doesNotExist();
    }

    @Test
    void aHomeWithoutADatabaseIsRefused() {
        Path nowhere = folder.resolve("nowhere");
        assertThat(Child.run(
                        1, nowhere, Map.of(), "backup", folder.resolve("x.zip").toString()))
                .isEqualTo("Farwatch cannot back up: there is no database in FARWATCH_HOME " + nowhere + "\n");
        assertThat(nowhere).doesNotExist();
    }

    @Test
    void aHomeThatIsNotEmptyIsRefusedAndLeftAlone() throws IOException {
        Path home = Files.createDirectories(folder.resolve("full"));
        Files.writeString(home.resolve("mine"), "mine");

        assertThat(restore(home, archive)).contains(home + " is not empty");
        assertThat(home.resolve("mine")).hasContent("mine");
    }

    @Test
    void anInterruptedRestoreIsNotServed() throws IOException {
        Home home = Home.open(folder.resolve("interrupted"));
        Restore.begin(home);

        assertThat(Child.failure(home.path(), Map.of())).contains("was interrupted", "delete the folder");
    }

    @Test
    void aGivenServerIsFilledWhenItIsEmptyAndOnlyThen() throws SQLException {
        sql("drop database if exists restore_target");
        sql("create database restore_target");
        DatabaseServer running = service.bean(DatabaseServer.class);
        DatabaseSettings given = new DatabaseSettings(
                running.url().replaceFirst("/postgres$", "/restore_target"), running.user(), running.password(), 0, 16);

        assertThat(restore(folder.resolve("given"), given, archive.toString())).isEmpty();
        assertThat(restore(folder.resolve("given-again"), given, archive.toString()))
                .contains("already holds tables");

        assertThat(folder.resolve("given-again")).doesNotExist();
        Flyway restored = Flyway.configure()
                .dataSource(given.url(), given.user(), given.password())
                .load();
        assertThat(restored.info().current()).as("what was there stays").isNotNull();
        sql("drop database restore_target");
    }

    private static Manifest.Table table(Manifest manifest, String name) {
        return manifest.tables().stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String text(Path file, String entry) throws IOException {
        try (Archive opened = Archive.open(file)) {
            return new String(opened.content(entry).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void sql(String command) {
        ArchiveSample.sql(service, command);
    }
}
