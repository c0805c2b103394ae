package org.farwatch.api.telemetry;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code farwatch.telemetry.*}.
 *
 * @param writers connections that write positions, each with its own share of the devices; 1 to 16
 * @param groupRows rows that one commit takes at most
 * @param rowsInFlight rows between sockets and database before sockets are no longer read
 * @param keep how far back a fix time may lie before the row counts as suspect
 * @param ahead how far ahead
 * @param sealedFor how long a position of a person off duty stays sealed before it is destroyed
 * @param dutyMargin how long before and after a duty positions still count as on duty
 * @param undecodedRows messages nobody could decode that are kept, newest first
 */
@ConfigurationProperties("farwatch.telemetry")
public record TelemetrySettings(
        @DefaultValue("2") int writers,
        @DefaultValue("4096") int groupRows,
        @DefaultValue("50000") int rowsInFlight,
        @DefaultValue("400d") Duration keep,
        @DefaultValue("1d") Duration ahead,
        @DefaultValue("72h") Duration sealedFor,
        @DefaultValue("15m") Duration dutyMargin,
        @DefaultValue("10000") int undecodedRows) {

    public TelemetrySettings {
        if (writers < 1 || writers > 16) {
            throw new IllegalArgumentException("farwatch.telemetry.writers must be 1 to 16, was " + writers);
        }
        if (groupRows < 1 || groupRows > 100_000) {
            throw new IllegalArgumentException("farwatch.telemetry.group-rows must be 1 to 100000, was " + groupRows);
        }
        if (rowsInFlight < groupRows) {
            throw new IllegalArgumentException("farwatch.telemetry.rows-in-flight must be at least group-rows ("
                    + groupRows + "), was " + rowsInFlight);
        }
    }
}
