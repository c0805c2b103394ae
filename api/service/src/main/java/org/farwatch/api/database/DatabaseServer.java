package org.farwatch.api.database;

import org.postgresql.ds.PGSimpleDataSource;

/**
 * The PostgreSQL in use, embedded or given.
 *
 * @param onClose stops the embedded server; does nothing for a given one
 */
public record DatabaseServer(String url, String user, String password, Runnable onClose) implements AutoCloseable {
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

    @Override
    public void close() {
        onClose.run();
    }

    @Override
    public String toString() {
        return url;
    }
}
