package org.farwatch.api.database;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code farwatch.database.*}.
 *
 * @param url JDBC URL of a PostgreSQL 15 or newer; absent means the embedded one under FARWATCH_HOME
 * @param user role that owns the schema
 * @param password its password
 * @param port port of the embedded server, loopback only; 0 chooses a free one
 * @param poolSize connections for requests and features, 2 to 200; the position writers have their own
 */
@ConfigurationProperties("farwatch.database")
public record DatabaseSettings(
        String url,
        @DefaultValue("farwatch") String user,
        @DefaultValue("") String password,
        @DefaultValue("0") int port,
        @DefaultValue("16") int poolSize) {
    private static final int HIGHEST_PORT = 65_535;
    private static final int FEWEST = 2;
    private static final int MOST = 200;

    public DatabaseSettings {
        if (url != null && !url.isBlank() && !url.startsWith("jdbc:postgresql://")) {
            throw new IllegalArgumentException("farwatch.database.url must begin with jdbc:postgresql://");
        }
        if (port < 0 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException("farwatch.database.port must be 0 to 65535, was " + port);
        }
        if (poolSize < FEWEST || poolSize > MOST) {
            throw new IllegalArgumentException("farwatch.database.pool-size must be 2 to 200, was " + poolSize);
        }
        if ((url == null || url.isBlank()) && poolSize > EmbeddedDatabase.MOST_POOLED) {
            throw new IllegalArgumentException("farwatch.database.pool-size must be at most "
                    + EmbeddedDatabase.MOST_POOLED + " with the embedded database, was " + poolSize);
        }
    }

    /** Whether no server is given, so that the one in the home folder is used. */
    public boolean embedded() {
        return url == null || url.isBlank();
    }
}
