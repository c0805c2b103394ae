package org.farwatch.api.database;

import java.sql.Connection;
import java.sql.SQLException;
import org.farwatch.api.Home;
import org.farwatch.api.StartupFailure;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The PostgreSQL in use, embedded or given.
 *
 * @param onClose stops the embedded server and gives the home folder back
 */
public record DatabaseServer(String url, String user, String password, Runnable onClose) implements AutoCloseable {
    private static final int OLDEST_MAJOR = 15;
    private static final int CONNECT_SECONDS = 5;

    /**
     * Takes the home folder for this process and opens the server that the settings name.
     *
     * @throws StartupFailure with one sentence when either cannot be done
     */
    static DatabaseServer open(Home home, DatabaseSettings settings) {
        Restore.refuseUnfinished(home);
        return openEmpty(home, settings);
    }

    /** The same for a restore, which is what makes an unfinished home. */
    static DatabaseServer openEmpty(Home home, DatabaseSettings settings) {
        HomeLock lock = HomeLock.acquire(home);
        try {
            return open(home, settings, lock);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static DatabaseServer open(Home home, DatabaseSettings settings, HomeLock lock) {
        if (settings.embedded()) {
            EmbeddedDatabase embedded = EmbeddedDatabase.start(home, settings.port());
            return new DatabaseServer(embedded.url(), embedded.user(), embedded.password(), () -> {
                embedded.close();
                lock.close();
            });
        }
        DatabaseServer server = new DatabaseServer(settings.url(), settings.user(), settings.password(), lock::close);
        server.requireVersion();
        return server;
    }

    /**
     * A running server beside the service that uses it: nothing is started, locked or stopped.
     *
     * @throws StartupFailure when the service has not started its own yet
     */
    static DatabaseServer beside(Home home, DatabaseSettings settings) {
        if (!settings.embedded()) {
            return new DatabaseServer(settings.url(), settings.user(), settings.password(), () -> {});
        }
        Postmaster postmaster = Postmaster.of(home.folder("postgres"))
                .filter(found -> found.port() > 0 && found.runs())
                .orElseThrow(() -> new StartupFailure("the service on " + home.path()
                        + " is starting or stopping and its database does not answer: try again in a minute"));
        return new DatabaseServer(
                EmbeddedDatabase.url(postmaster.port()), EmbeddedDatabase.USER, home.secret("database"), () -> {});
    }

    /** A source of connections outside any pool, for those who keep one: position writers, COPY of a backup. */
    public PGSimpleDataSource unpooled(String applicationName) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(user);
        source.setPassword(password);
        source.setApplicationName("farwatch-" + applicationName);
        source.setReWriteBatchedInserts(true);
        source.setTcpKeepAlive(true);
        return source;
    }

    /** Where it is, without what a URL may carry after the question mark. */
    String address() {
        return url.replaceFirst("\\?.*", "");
    }

    private void requireVersion() {
        PGSimpleDataSource source = unpooled("start");
        source.setConnectTimeout(CONNECT_SECONDS);
        try (Connection connection = source.getConnection()) {
            int major = connection.getMetaData().getDatabaseMajorVersion();
            if (major < OLDEST_MAJOR) {
                throw new StartupFailure("the database at " + address() + " is PostgreSQL " + major
                        + "; Farwatch needs " + OLDEST_MAJOR + " or newer");
            }
        } catch (SQLException e) {
            throw new StartupFailure(
                    "the database at " + address() + " cannot be reached: " + e.getMessage()
                            + " (see farwatch.database.url, user and password)",
                    e);
        }
    }

    @Override
    public void close() {
        onClose.run();
    }

    @Override
    public String toString() {
        return address();
    }
}
