package org.farwatch.api.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import org.farwatch.api.Home;
import org.farwatch.api.StartupFailure;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Chooses the server and opens the pool. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DatabaseSettings.class)
class DatabaseConfiguration {
    private static final int OLDEST_MAJOR = 15;
    private static final int CONNECT_SECONDS = 5;
    private static final long ACQUIRE_MILLIS = 10_000;

    @Bean(destroyMethod = "close")
    DatabaseServer databaseServer(Home home, DatabaseSettings settings) {
        if (settings.url() == null || settings.url().isBlank()) {
            EmbeddedDatabase embedded = EmbeddedDatabase.start(home, settings.port());
            return new DatabaseServer(embedded.url(), embedded.user(), embedded.password(), embedded::close);
        }
        DatabaseServer server = new DatabaseServer(settings.url(), settings.user(), settings.password(), () -> {});
        requireVersion(server);
        return server;
    }

    @Bean(destroyMethod = "close")
    HikariDataSource dataSource(DatabaseServer server, DatabaseSettings settings) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("requests");
        config.setDataSource(server.unpooled("requests"));
        config.setMaximumPoolSize(settings.poolSize());
        config.setConnectionTimeout(ACQUIRE_MILLIS);
        config.setInitializationFailTimeout(ACQUIRE_MILLIS);
        return new HikariDataSource(config);
    }

    private static void requireVersion(DatabaseServer server) {
        PGSimpleDataSource source = server.unpooled("start");
        source.setConnectTimeout(CONNECT_SECONDS);
        try (Connection connection = source.getConnection()) {
            int major = connection.getMetaData().getDatabaseMajorVersion();
            if (major < OLDEST_MAJOR) {
                throw new StartupFailure("the database at " + server.url() + " is PostgreSQL " + major
                        + "; Farwatch needs " + OLDEST_MAJOR + " or newer");
            }
        } catch (SQLException e) {
            throw new StartupFailure(
                    "the database at " + server.url() + " cannot be reached: " + e.getMessage()
                            + "; check farwatch.database.url, user and password",
                    e);
        }
    }
}
