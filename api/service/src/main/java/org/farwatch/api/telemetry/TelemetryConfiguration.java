package org.farwatch.api.telemetry;

import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import org.farwatch.api.Home;
import org.farwatch.api.StartupFailure;
import org.farwatch.api.database.DatabaseServer;
import org.farwatch.api.live.LiveHub;
import org.farwatch.api.org.DeviceActivity;
import org.farwatch.api.org.DeviceRegister;
import org.farwatch.geo.PositionBatch;
import org.farwatch.ingest.Faults;
import org.farwatch.ingest.RowBudget;
import org.farwatch.ingest.jt808.TerminalCommands;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires the path of a position from the sockets to the table and the board. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
    TelemetrySettings.class,
    RetentionSettings.class,
    Jt808Properties.class,
    MqttProperties.class,
    NmeaProperties.class
})
class TelemetryConfiguration {
    @Bean
    Faults faults(Clock clock) {
        return new Faults(clock);
    }

    @Bean
    RowBudget rowBudget(TelemetrySettings settings) {
        return new RowBudget(settings.rowsInFlight());
    }

    @Bean
    @DependsOnDatabaseInitialization
    UndecodedTable undecodedTable(JdbcClient jdbc, TelemetrySettings settings) {
        return new UndecodedTable(jdbc, settings.undecodedRows());
    }

    @Bean
    TerminalCommands terminalCommands(Jt808Intake intake) {
        return intake.commands();
    }

    @Bean
    LiveBoard liveBoard() {
        return new LiveBoard();
    }

    @Bean
    PositionListener activityListener(DeviceActivity activity) {
        return (PositionBatch batch, int row) -> activity.heard(batch.device(row), batch.receiveTime(row));
    }

    @Bean
    @DependsOnDatabaseInitialization
    LivePositions livePositions(
            JdbcClient jdbc,
            LiveBoard board,
            DeviceRegister register,
            DeviceActivity activity,
            LiveHolders holders,
            LiveHub hub) {
        return new LivePositions(jdbc, board, register, activity, holders, hub);
    }

    @Bean
    @DependsOnDatabaseInitialization
    PositionStore positionStore(
            DatabaseServer server,
            TelemetrySettings settings,
            Home home,
            OffDutyRule offDuty,
            List<PositionListener> listeners,
            PositionJournal journal,
            Clock clock) {
        try {
            return new PositionStore(
                    server.unpooled("positions"),
                    settings,
                    home.secret("sealed-positions"),
                    offDuty,
                    listeners,
                    journal,
                    clock);
        } catch (SQLException e) {
            throw new StartupFailure("the table of positions cannot be prepared: " + e.getMessage(), e);
        }
    }
}
