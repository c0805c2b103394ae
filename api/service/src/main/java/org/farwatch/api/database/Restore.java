package org.farwatch.api.database;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.farwatch.api.Home;
import org.farwatch.api.StartupFailure;
import org.farwatch.ingest.record.Signatures;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.postgresql.PGConnection;

/**
 * Fills an empty home and an empty database from an archive: first the schema as it was when the archive was made, then
 * the rows, then the migrations that came after. The rows are loaded in one transaction.
 */
final class Restore {
    /** Stands in the home while a restore is under way; a service refuses to start on it. */
    private static final String UNFINISHED = "restore-unfinished";

    private final Archive archive;
    private final Manifest manifest;
    private final Progress progress;

    Restore(Archive archive, Progress progress) {
        this.archive = archive;
        this.manifest = archive.manifest();
        this.progress = progress;
    }

    /** @throws StartupFailure when a restore into this home was interrupted */
    static void refuseUnfinished(Home home) {
        if (Files.exists(home.path().resolve(UNFINISHED))) {
            throw new StartupFailure("the restore into " + home.path()
                    + " was interrupted and its data is not whole: delete the folder and restore again");
        }
    }

    /** Says in the home that its data is not whole yet. */
    static void begin(Home home) throws IOException {
        Files.createFile(home.path().resolve(UNFINISHED));
    }

    /** Takes that back. */
    static void end(Home home) throws IOException {
        Files.delete(home.path().resolve(UNFINISHED));
    }

    /** @throws ArchiveFailure when the database holds tables or the archive is of a newer release */
    void requireFits(DatabaseServer server) throws SQLException {
        try (Connection connection = server.unpooled("restore").getConnection()) {
            if (!new Catalogue(connection).isEmpty()) {
                throw new ArchiveFailure(
                        "the database at " + server + " already holds tables: restore only fills an empty one");
            }
        }
        List<MigrationInfo> known = Arrays.asList(flyway(server, null).info().all());
        MigrationVersion wanted = MigrationVersion.fromVersion(manifest.schemaVersion());
        if (known.stream().noneMatch(migration -> wanted.equals(migration.getVersion()))) {
            throw new ArchiveFailure("the archive has schema version " + manifest.schemaVersion()
                    + ", which this release does not know: restore it with the release that made it, or a newer one");
        }
    }

    /** Migrates, loads, migrates on. */
    void database(DatabaseServer server) throws SQLException, IOException {
        flyway(server, manifest.schemaVersion()).migrate();
        try (Connection connection = server.unpooled("restore").getConnection()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("set local timezone = 'UTC'");
                // What an insertion sets off has happened already, and is in the archive.
                statement.execute("set local farwatch.restoring = 'on'");
            }
            load(connection);
            sequences(connection);
            if (!manifest.withKeys()) {
                destroySealed(connection);
            }
            connection.commit();
            connection.setAutoCommit(true);
            try (Statement statement = connection.createStatement()) {
                statement.execute("analyze");
            }
        }
        int newer = flyway(server, null).migrate().migrationsExecuted;
        progress.done("schema version " + manifest.schemaVersion()
                + (newer == 0 ? ", which is the present one" : ", brought " + newer + " versions further"));
        if (!manifest.withKeys()) {
            sayNewKey(server);
        }
    }

    /** What is signed from now on is signed by a key that nobody outside knows yet. */
    private void sayNewKey(DatabaseServer server) throws SQLException {
        progress.done("the signing key is not in the archive: the service makes a new one when it starts;"
                + " make its fingerprint known");
        try (Connection connection = server.unpooled("restore").getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select public_key, min(day), max(day) from day_root group by 1 order by 2")) {
            while (rows.next()) {
                progress.done("day roots from %s to %s stay verifiable; their key is %s"
                        .formatted(
                                rows.getString(2),
                                rows.getString(3),
                                Signatures.fingerprint(Base64.getDecoder().decode(rows.getString(1)))));
            }
        }
    }

    /** Evidence and keys, readable by their owner only. */
    void files(Home home) throws IOException {
        for (Manifest.File file : manifest.files()) {
            Path target = home.path().resolve(file.entry());
            Files.createDirectories(
                    target.getParent(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            try (InputStream in = archive.content(file.entry())) {
                Files.copy(in, target);
            }
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-------"));
        }
        progress.done("%,d files".formatted(manifest.files().size()));
    }

    private void load(Connection connection) throws SQLException, IOException {
        Catalogue catalogue = new Catalogue(connection);
        Map<String, List<String>> tables = catalogue.tables();
        requireSameTables(tables);
        emptyAll(connection, new ArrayList<>(tables.keySet()));
        for (String name : tables.keySet()) {
            Manifest.Table table = manifest.tables().stream()
                    .filter(found -> found.name().equals(name))
                    .findFirst()
                    .orElseThrow();
            Optional<String> column = catalogue.partitionColumn(name);
            if (column.isPresent()) {
                for (LocalDate day : archive.days(table, column.get())) {
                    DayPartition.create(connection, name, day);
                }
            }
            long rows;
            try (InputStream in = archive.content(table.entry())) {
                rows = connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn(
                                "copy " + Catalogue.quoted(name) + " (" + Catalogue.list(table.columns())
                                        + ") from stdin (encoding 'UTF8')",
                                in);
            }
            if (rows != table.rows()) {
                throw new ArchiveFailure(
                        "%s: %,d rows were loaded, the archive holds %,d".formatted(name, rows, table.rows()));
            }
            progress.done("%s: %,d rows".formatted(name, rows));
        }
    }

    private void requireSameTables(Map<String, List<String>> tables) {
        Set<String> inArchive = new HashSet<>();
        for (Manifest.Table table : manifest.tables()) {
            inArchive.add(table.name());
            List<String> columns = tables.get(table.name());
            if (columns == null || !new HashSet<>(columns).equals(new HashSet<>(table.columns()))) {
                throw new ArchiveFailure("the archive's table " + table.name() + " differs from schema version "
                        + manifest.schemaVersion() + " of this release");
            }
        }
        for (String name : tables.keySet()) {
            if (!inArchive.contains(name)) {
                throw new ArchiveFailure(
                        "the archive lacks the table " + name + " of schema version " + manifest.schemaVersion());
            }
        }
    }

    /** Migrations may bring rows of their own, which are in the archive too. */
    private static void emptyAll(Connection connection, List<String> tables) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String name : tables.reversed()) {
                boolean filled;
                try (ResultSet rows =
                        statement.executeQuery("select exists (select from " + Catalogue.quoted(name) + ")")) {
                    rows.next();
                    filled = rows.getBoolean(1);
                }
                if (filled) {
                    statement.executeUpdate("delete from " + Catalogue.quoted(name));
                }
            }
        }
    }

    private void sequences(Connection connection) throws SQLException {
        try (PreparedStatement set = connection.prepareStatement("select setval(pg_get_serial_sequence(?, ?), ?, ?)")) {
            for (Manifest.Sequence sequence : manifest.sequences()) {
                set.setString(1, Catalogue.quoted(sequence.table()));
                set.setString(2, sequence.column());
                set.setLong(3, sequence.value());
                set.setBoolean(4, sequence.called());
                set.executeQuery().close();
            }
        }
    }

    /** Without its key nobody can ever open a sealed position: it counts as destroyed, and is. */
    private void destroySealed(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            int destroyed = statement.executeUpdate("delete from position_sealed");
            if (destroyed > 0) {
                statement.executeUpdate("""
                        insert into position_destroyed (day, positions) values (current_date, %d)
                        on conflict (day) do update set positions = position_destroyed.positions + excluded.positions""".formatted(destroyed));
                progress.done("%,d sealed positions, whose key is not in the archive, were destroyed and counted"
                        .formatted(destroyed));
            }
        }
    }

    private static Flyway flyway(DatabaseServer server, String target) {
        return Flyway.configure()
                .dataSource(server.unpooled("restore"))
                .locations("classpath:db/migration")
                .target(target == null ? MigrationVersion.LATEST : MigrationVersion.fromVersion(target))
                .load();
    }

    /** Removes what a failed restore made in a database that was empty before. */
    static void clean(DatabaseServer server) {
        Flyway.configure()
                .dataSource(server.unpooled("restore"))
                .locations("classpath:db/migration")
                .cleanDisabled(false)
                .load()
                .clean();
    }
}
