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
 * @param poolSize connections for requests and features; the position writers have their own
 */
@ConfigurationProperties("farwatch.database")
public record DatabaseSettings(
        String url,
        @DefaultValue("farwatch") String user,
        @DefaultValue("") String password,
        @DefaultValue("0") int port,
        @DefaultValue("16") int poolSize) {}
