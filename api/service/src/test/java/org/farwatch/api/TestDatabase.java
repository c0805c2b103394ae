package org.farwatch.api;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * The server that the suite runs against: the embedded one of each home, or, where {@code FARWATCH_TEST_DB_URL} names a
 * server (user and password in the URL or in {@code FARWATCH_TEST_DB_USER} and {@code FARWATCH_TEST_DB_PASSWORD}), a
 * database of its own there for each home, dropped when the JVM ends. Tests of the embedded server itself, of archives
 * and of killing run with it in any case.
 */
final class TestDatabase {
    private static final String URL = System.getenv("FARWATCH_TEST_DB_URL");
    private static final Map<Path, String> BY_HOME = new HashMap<>();

    private TestDatabase() {}

    /** The settings that a service on this home starts with. */
    static synchronized Map<String, Object> settings(Path home) {
        if (URL == null || URL.isBlank() || Files.exists(home.resolve("postgres/PG_VERSION"))) {
            return Map.of();
        }
        Properties of = Driver.parseURL(URL, new Properties());
        if (of == null) {
            throw new IllegalStateException("FARWATCH_TEST_DB_URL must begin with jdbc:postgresql://, was " + URL);
        }
        String name = BY_HOME.computeIfAbsent(home, TestDatabase::make);
        return Map.of(
                "farwatch.database.url",
                "jdbc:postgresql://" + PGProperty.PG_HOST.getOrDefault(of) + ":" + PGProperty.PG_PORT.getOrDefault(of)
                        + "/" + name,
                "farwatch.database.user",
                user(of),
                "farwatch.database.password",
                password(of));
    }

    private static String make(Path home) {
        if (BY_HOME.isEmpty()) {
            Runtime.getRuntime().addShutdownHook(new Thread(TestDatabase::dropAll));
        }
        String name = "farwatch_test_" + ProcessHandle.current().pid() + "_" + BY_HOME.size();
        execute("create database " + name);
        return name;
    }

    private static synchronized void dropAll() {
        BY_HOME.values().forEach(name -> execute("drop database if exists " + name + " with (force)"));
    }

    private static void execute(String command) {
        Properties of = Driver.parseURL(URL, new Properties());
        try (Connection connection = DriverManager.getConnection(URL, user(of), password(of));
                Statement statement = connection.createStatement()) {
            statement.execute(command);
        } catch (SQLException e) {
            throw new IllegalStateException(command + " at " + URL.replaceFirst("\\?.*", "") + " failed", e);
        }
    }

    private static String user(Properties of) {
        String user = PGProperty.USER.getOrDefault(of);
        return user != null ? user : System.getenv().getOrDefault("FARWATCH_TEST_DB_USER", "postgres");
    }

    private static String password(Properties of) {
        String password = PGProperty.PASSWORD.getOrDefault(of);
        return password != null ? password : System.getenv().getOrDefault("FARWATCH_TEST_DB_PASSWORD", "");
    }
}
