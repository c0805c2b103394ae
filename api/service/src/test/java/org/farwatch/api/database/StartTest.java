package org.farwatch.api.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.farwatch.api.Home;
import org.farwatch.api.RunningService;
import org.farwatch.ingest.SteadyPort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts that cannot succeed end with one line that says why; those after a crash succeed. */
class StartTest {
    /** Shared by those failing starts that get as far as making a database, which takes seconds. */
    @TempDir
    static Path initialised;

    @TempDir
    Path home;

    @Test
    void aTakenHttpPortIsNamed() throws IOException {
        try (ServerSocket other = listening()) {
            assertThat(Child.failure(initialised, Map.of("FARWATCH_HTTP_PORT", port(other))))
                    .isEqualTo("farwatch.http.port " + port(other) + " is taken by another program");
        }
    }

    @Test
    void aTakenTerminalPortIsNamed() throws IOException {
        try (ServerSocket other = listening()) {
            assertThat(Child.failure(initialised, Map.of("FARWATCH_JT808_PORT", port(other))))
                    .contains("farwatch.jt808.port", port(other), "already in use");
        }
    }

    @Test
    void aHomeThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.createFile(home.resolve("file"));

        assertThat(Child.failure(file.resolve("home"), Map.of()))
                .contains("FARWATCH_HOME " + file.resolve("home") + " cannot be written");
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsNamedWithoutItsPassword() throws IOException {
        String port;
        try (ServerSocket closed = listening()) {
            port = port(closed);
        }
        assertThat(Child.failure(
                        home,
                        Map.of("FARWATCH_DATABASE_URL", "jdbc:postgresql://127.0.0.1:" + port + "/x?password=geheim")))
                .contains("the database at jdbc:postgresql://127.0.0.1:" + port + "/x cannot be reached")
                .doesNotContain("geheim");
    }

    @Test
    void aDatabaseOfAnotherMajorVersionIsRefused() throws IOException {
        Files.createDirectories(home.resolve("postgres"));
        Files.writeString(home.resolve("postgres/PG_VERSION"), "14\n");

        assertThat(Child.failure(home, Map.of()))
                .contains("was made by PostgreSQL 14", "this release brings " + EmbeddedDatabase.MAJOR);
    }

    @Test
    void aSettingOutsideItsRangeIsNamedWithItsRule() {
        assertThat(Child.failure(home, Map.of("FARWATCH_DATABASE_POOLSIZE", "41")))
                .isEqualTo("farwatch.database.pool-size must be at most 40 with the embedded database, was 41");
    }

    @Test
    void aSettingOfTheWrongTypeIsNamed() {
        assertThat(Child.failure(home, Map.of("FARWATCH_TELEMETRY_SEALEDFOR", "three days")))
                .isEqualTo("farwatch.telemetry.sealed-for must be a duration such as 90s, 15m or 72h, was three days");
    }

    @Test
    void aSecondServiceOnTheSameHomeIsRefusedAndTheFirstGoesOn() throws SQLException {
        RunningService first = RunningService.shared();
        Postmaster before = Postmaster.of(first.home().resolve("postgres")).orElseThrow();

        assertThat(Child.failure(first.home(), Map.of()))
                .contains("FARWATCH_HOME " + first.home() + " is in use by another Farwatch (process "
                        + ProcessHandle.current().pid() + ")");

        assertThat(Postmaster.of(first.home().resolve("postgres"))).contains(before);
        assertThat(show(first.bean(DataSource.class), "fsync")).isEqualTo("on");
    }

    @Test
    void aCommitReachesTheDiskOnTheServicesOwnConnections() throws SQLException {
        RunningService service = RunningService.shared();
        for (DataSource source : new DataSource[] {
            service.bean(DataSource.class), service.bean(DatabaseServer.class).unpooled("test")
        }) {
            assertThat(show(source, "fsync")).isEqualTo("on");
            assertThat(show(source, "synchronous_commit")).isEqualTo("on");
            assertThat(show(source, "full_page_writes")).isEqualTo("on");
        }
    }

    @Test
    void thePostmasterOfAKilledServiceIsStoppedAndItsSettingsAreNotInherited() throws Exception {
        String firstPort = Integer.toString(SteadyPort.free());
        String secondPort = Integer.toString(SteadyPort.free());
        Path data = home.resolve("postgres");
        Postmaster orphan;
        try (Child first = Child.start(home, Map.of("FARWATCH_DATABASE_PORT", firstPort), "serve")
                .awaitReady()) {
            first.kill();
            orphan = Postmaster.of(data).orElseThrow();
            assertThat(orphan.runs())
                    .as("PostgreSQL outlives the killed service")
                    .isTrue();
            assertThat(orphan.port()).hasToString(firstPort);
        }
        try (Child second = Child.start(home, Map.of("FARWATCH_DATABASE_PORT", secondPort), "serve")
                .awaitReady()) {
            assertThat(orphan.runs()).isFalse();
            DatabaseServer server = DatabaseServer.beside(new Home(home), settings());
            assertThat(show(server.unpooled("test"), "port")).isEqualTo(secondPort);
            assertThat(show(server.unpooled("test"), "fsync")).isEqualTo("on");
            assertThat(second.words()).contains("stopping PostgreSQL " + orphan.pid());
        }
        assertThat(Postmaster.of(data))
                .as("an orderly stop stops PostgreSQL too")
                .isEqualTo(Optional.empty());
    }

    @Test
    void aServerThatWouldNotKeepItsPromiseIsRefused() throws SQLException {
        try (DatabaseServer server = DatabaseServer.open(Home.open(home), settings());
                Connection connection = server.unpooled("test").getConnection();
                Statement statement = connection.createStatement()) {
            // Settings of a database win over those of the command line.
            statement.execute("alter database postgres set synchronous_commit = off");
        }
        assertThat(Child.failure(home, Map.of())).contains("synchronous_commit=off", "could be lost");
        assertThat(Postmaster.of(home.resolve("postgres")))
                .as("it was stopped again")
                .isEmpty();
    }

    @Test
    void aPidFileThatNamesAnotherProcessStopsNobody() throws IOException {
        long own = ProcessHandle.current().pid();
        Path data = Files.createDirectories(home.resolve("postgres"));
        Files.writeString(data.resolve("postmaster.pid"), own + "\n" + data + "\n1\n5432\n");

        Postmaster stale = Postmaster.of(data).orElseThrow();
        assertThat(stale.runs()).isFalse();
        stale.stop();

        assertThat(Postmaster.of(data)).isEmpty();
    }

    private static DatabaseSettings settings() {
        return new DatabaseSettings(null, "farwatch", "", 0, 16);
    }

    private static String show(DataSource source, String setting) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("show " + setting)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static ServerSocket listening() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private static String port(ServerSocket socket) {
        return Integer.toString(socket.getLocalPort());
    }
}
