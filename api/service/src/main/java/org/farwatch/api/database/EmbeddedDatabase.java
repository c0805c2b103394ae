package org.farwatch.api.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.farwatch.api.Home;
import org.farwatch.api.StartupFailure;
import org.farwatch.ingest.SteadyPort;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL 18 as a child process, its data in {@code FARWATCH_HOME/postgres}. The library's defaults are made for
 * tests (no fsync, no password); here every commit reaches the disk and every connection shows a password, and
 * {@link #start} refuses to go on unless the server says so itself.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    /** Major version of the bundled binaries; a data folder of another one is refused. */
    static final String MAJOR = "18";

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final String DATABASE = "postgres";
    static final String USER = "postgres";
    private static final Duration STARTUP_WAIT = Duration.ofSeconds(60);
    private static final int CONNECTIONS = 60;
    /** Connections that a pool may take: the rest is for position writers, a backup and an administrator. */
    static final int MOST_POOLED = CONNECTIONS - 20;
    /** What a server that keeps its promises answers to SHOW. */
    private static final Map<String, String> PROMISES =
            Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on");

    private final EmbeddedPostgres server;
    private final String password;

    private EmbeddedDatabase(EmbeddedPostgres server, String password) {
        this.server = server;
        this.password = password;
    }

    /**
     * Stops what a killed service left running on this data, then starts the server and checks its promises.
     *
     * @param port loopback port, 0 for a free one
     * @throws StartupFailure with one sentence when it cannot be done
     */
    public static EmbeddedDatabase start(Home home, int port) {
        Path data = home.folder("postgres");
        refuseForeignVersion(data);
        stopOrphan(data);
        String password = home.secret("database");
        Path words = home.folder("logs").resolve("postgres.log");
        try {
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setOverrideWorkingDirectory(
                            home.folder("postgres-binaries").toFile())
                    .setRegisterShutdownHook(false)
                    .setPGStartupWait(STARTUP_WAIT)
                    .setOutputRedirector(ProcessBuilder.Redirect.to(words.toFile()))
                    .setErrorRedirector(ProcessBuilder.Redirect.to(words.toFile()))
                    .setConnectConfig("password", password)
                    // The library passes these to initdb as --name=value after its own "-A trust", which they override.
                    .setLocaleConfig("auth", "scram-sha-256")
                    .setLocaleConfig("pwfile", home.secretFile("database").toString())
                    .setLocaleConfig("locale", "C.UTF-8")
                    .setServerConfig("listen_addresses", "localhost")
                    .setServerConfig("unix_socket_directories", "")
                    .setServerConfig("max_connections", Integer.toString(CONNECTIONS))
                    .setServerConfig("shared_buffers", "256MB")
                    .setServerConfig("max_wal_size", "2GB")
                    .setServerConfig("log_min_messages", "warning")
                    .setServerConfig("timezone", "UTC")
                    .setServerConfig("log_timezone", "UTC");
            PROMISES.forEach(builder::setServerConfig);
            builder.setPort(port > 0 ? port : SteadyPort.free());
            EmbeddedDatabase database = new EmbeddedDatabase(builder.start(), password);
            database.requirePromises();
            return database;
        } catch (IOException | RuntimeException e) {
            if (e instanceof StartupFailure failure) {
                throw failure;
            }
            throw new StartupFailure(
                    "the embedded PostgreSQL in " + data + " did not start: " + e.getMessage()
                            + " (its own words are in " + words + ")",
                    e);
        }
    }

    public String url() {
        return url(server.getPort());
    }

    /** Where the server of this port is reached. */
    static String url(int port) {
        return "jdbc:postgresql://localhost:" + port + "/" + DATABASE;
    }

    public String user() {
        return USER;
    }

    public String password() {
        return password;
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            LOG.warn("embedded PostgreSQL did not stop cleanly: {}", e.getMessage());
        }
    }

    private void requirePromises() {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            for (Map.Entry<String, String> promise : PROMISES.entrySet()) {
                try (ResultSet rows = statement.executeQuery("SHOW " + promise.getKey())) {
                    rows.next();
                    if (!promise.getValue().equals(rows.getString(1))) {
                        close();
                        throw new StartupFailure("the embedded PostgreSQL runs with " + promise.getKey() + "="
                                + rows.getString(1) + "; acknowledged positions could be lost, so the service stops");
                    }
                }
            }
        } catch (SQLException e) {
            close();
            throw new StartupFailure("the embedded PostgreSQL does not answer: " + e.getMessage(), e);
        }
    }

    private static void refuseForeignVersion(Path data) {
        Path versionFile = data.resolve("PG_VERSION");
        if (Files.notExists(versionFile)) {
            return;
        }
        try {
            String version = Files.readString(versionFile).strip();
            if (!version.equals(MAJOR)) {
                throw new StartupFailure("the database in " + data + " was made by PostgreSQL " + version
                        + ", this release brings " + MAJOR
                        + ": back it up with the release that made it and restore it into a new FARWATCH_HOME");
            }
        } catch (IOException e) {
            throw new StartupFailure(versionFile + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** A postmaster outlives a killed service, and the library would silently attach to it with its old settings. */
    private static void stopOrphan(Path data) {
        Postmaster.of(data).ifPresent(postmaster -> {
            if (postmaster.runs()) {
                LOG.warn("stopping PostgreSQL {} that an earlier run left on {}", postmaster.pid(), data);
            }
            postmaster.stop();
        });
    }
}
