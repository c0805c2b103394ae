package org.farwatch.api.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.farwatch.api.Home;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens the server and its pool of connections. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DatabaseSettings.class)
class DatabaseConfiguration {
    private static final long ACQUIRE_MILLIS = 10_000;

    @Bean(destroyMethod = "close")
    DatabaseServer databaseServer(Home home, DatabaseSettings settings) {
        return DatabaseServer.open(home, settings);
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
}
