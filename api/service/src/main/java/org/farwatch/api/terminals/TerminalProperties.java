package org.farwatch.api.terminals;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code farwatch.terminals.*}.
 *
 * @param queue messages that wait to be stored at most; more are not acknowledged and come again
 * @param reportRows messages kept as facts, newest first
 * @param reportAge how long one of these is kept at most
 */
@ConfigurationProperties("farwatch.terminals")
public record TerminalProperties(
        @DefaultValue("256") int queue,
        @DefaultValue("200000") int reportRows,
        @DefaultValue("90d") Duration reportAge) {
    public TerminalProperties {
        if (queue < 1 || queue > 100_000) {
            throw new IllegalArgumentException("farwatch.terminals.queue must be 1 to 100000, was " + queue);
        }
        if (reportRows < 1) {
            throw new IllegalArgumentException("farwatch.terminals.report-rows must be at least 1, was " + reportRows);
        }
        if (reportAge.isNegative() || reportAge.isZero()) {
            throw new IllegalArgumentException("farwatch.terminals.report-age must be positive, was " + reportAge);
        }
    }
}
