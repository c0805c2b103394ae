package org.farwatch.api.database;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.farwatch.api.Home;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes one consistent archive: every table as it stood at one moment (a read-only transaction of isolation level
 * repeatable read), then the evidence files, on demand the keys. The service may go on writing meanwhile.
 *
 * <p>The archive is a zip file, readable by its owner only, written beside its final name and moved there when it is
 * whole; after a failure nothing is left.
 */
final class Backup {
    /** Belongs to a server's own data folder; the restored one makes its own. */
    static final String DATABASE_KEY = "database";

    private static final int BUFFER = 64 * 1024;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final Home home;
    private final DatabaseServer server;
    private final boolean withKeys;
    private final Progress progress;

    Backup(Home home, DatabaseServer server, boolean withKeys, Progress progress) {
        this.home = home;
        this.server = server;
        this.withKeys = withKeys;
        this.progress = progress;
    }

    /**
     * @return SHA-256 of the archive, to be kept elsewhere
     * @throws ArchiveFailure with one sentence when it cannot be made
     */
    String write(Path file) {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        if (Files.exists(file)) {
            throw new ArchiveFailure(file + " exists already: choose another name");
        }
        try {
            Files.createFile(part, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        } catch (FileAlreadyExistsException e) {
            throw new ArchiveFailure(
                    part + " is there: another backup is writing it, or an interrupted one left it", e);
        } catch (IOException e) {
            throw new ArchiveFailure(file + " cannot be written: " + e, e);
        }
        part.toFile().deleteOnExit();
        try {
            Digest digest = new Digest();
            try (OutputStream out = new BufferedOutputStream(new Summed(Files.newOutputStream(part), digest), BUFFER);
                    ZipOutputStream zip = new ZipOutputStream(out)) {
                write(zip);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            return digest.hex();
        } catch (IOException e) {
            throw new ArchiveFailure(file + " cannot be written: " + e.getMessage(), e);
        } catch (SQLException e) {
            throw new ArchiveFailure("the database cannot be read: " + e.getMessage(), e);
        } finally {
            part.toFile().delete();
        }
    }

    private void write(ZipOutputStream zip) throws IOException, SQLException {
        Manifest manifest;
        try (Connection connection = server.unpooled("backup").getConnection()) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            manifest = database(connection, zip);
            connection.rollback();
        }
        zip.putNextEntry(new ZipEntry(Manifest.ENTRY));
        zip.write(json().writeValueAsBytes(manifest));
        zip.closeEntry();
    }

    private Manifest database(Connection connection, ZipOutputStream zip) throws IOException, SQLException {
        Instant madeAt = snapshot(connection);
        Catalogue catalogue = new Catalogue(connection);
        String version = catalogue
                .schemaVersion()
                .orElseThrow(() -> new ArchiveFailure(
                        "the database at " + server + " holds no tables of Farwatch: there is nothing to back up"));
        List<Manifest.Table> tables = new ArrayList<>();
        for (Map.Entry<String, List<String>> table : catalogue.tables().entrySet()) {
            tables.add(table(connection, table.getKey(), table.getValue(), zip));
        }
        // After the tables: a sequence is not part of the snapshot and only ever runs ahead of it.
        List<Manifest.Sequence> sequences = catalogue.sequences();
        List<Manifest.File> files = new ArrayList<>(folder(Manifest.EVIDENCE, zip));
        progress.done("%,d evidence files".formatted(files.size()));
        if (withKeys) {
            files.addAll(folder(Manifest.KEYS, zip));
        }
        return new Manifest(
                Manifest.FORMAT,
                madeAt,
                version,
                connection.getMetaData().getDatabaseProductVersion(),
                withKeys,
                tables,
                sequences,
                files);
    }

    /** The transaction's first query fixes what it sees. */
    private static Instant snapshot(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set local timezone = 'UTC'");
            statement.execute("set local datestyle = 'ISO'");
            statement.execute("set local intervalstyle = 'postgres'");
            statement.execute("set local extra_float_digits = 1");
            statement.execute("set local bytea_output = 'hex'");
            try (ResultSet rows = statement.executeQuery("select now()")) {
                rows.next();
                return rows.getTimestamp(1).toInstant();
            }
        }
    }

    private Manifest.Table table(Connection connection, String name, List<String> columns, ZipOutputStream zip)
            throws IOException, SQLException {
        Digest digest = new Digest();
        zip.putNextEntry(new ZipEntry(Manifest.TABLES + name + ".copy"));
        OutputStream buffered = new BufferedOutputStream(zip, BUFFER);
        // A query, not the table: COPY of a partitioned table or of a hypertable gives nothing.
        CopyOut copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("copy (select " + Catalogue.list(columns) + " from " + Catalogue.quoted(name)
                        + ") to stdout (encoding 'UTF8')");
        try {
            for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
                digest.add(row, 0, row.length);
                buffered.write(row);
                progress.rows(name, digest.lines());
            }
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
        buffered.flush();
        zip.closeEntry();
        progress.done("%s: %,d rows".formatted(name, digest.lines()));
        return new Manifest.Table(name, columns, digest.lines(), digest.bytes(), digest.hex());
    }

    private List<Manifest.File> folder(String name, ZipOutputStream zip) throws IOException {
        Path folder = home.path().resolve(name);
        List<Manifest.File> files = new ArrayList<>();
        if (Files.notExists(folder)) {
            return files;
        }
        for (Path file : below(folder)) {
            String entry = name + folder.relativize(file);
            try (InputStream in = Files.newInputStream(file)) {
                zip.putNextEntry(new ZipEntry(entry));
                Digest digest = new Digest().copy(in, zip);
                zip.closeEntry();
                files.add(new Manifest.File(entry, digest.bytes(), digest.hex()));
            } catch (NoSuchFileException e) {
                // Its retention ended between listing and reading; the archive is as if it had a minute earlier.
                progress.done(entry + " was deleted meanwhile and is left out");
            }
        }
        return files;
    }

    /** The files wanted, in order. The service goes on writing: what goes or is renamed meanwhile is not there. */
    private static List<Path> below(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (wanted(file)) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException cause) throws IOException {
                if (cause instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw cause;
            }
        });
        Collections.sort(files);
        return files;
    }

    private static boolean wanted(Path file) {
        String name = file.getFileName().toString();
        boolean databaseKey = name.equals(DATABASE_KEY)
                && file.getParent().getFileName().toString().equals("keys");
        return Files.isRegularFile(file) && !name.startsWith(".") && !databaseKey;
    }

    private static JsonMapper json() {
        return JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    }

    /** Sums up what is written. */
    private static final class Summed extends OutputStream {
        private final OutputStream to;
        private final Digest digest;

        Summed(OutputStream to, Digest digest) {
            this.to = to;
            this.digest = digest;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            to.write(bytes, offset, length);
            digest.add(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
            to.flush();
        }

        @Override
        public void close() throws IOException {
            to.close();
        }
    }
}
