package org.farwatch.api.telemetry;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code farwatch.retention.*}; how long positions are kept is {@code farwatch.telemetry.keep}.
 *
 * @param figures how long the figures of devices and days are kept; at least as long as positions
 */
@ConfigurationProperties("farwatch.retention")
public record RetentionSettings(@DefaultValue("1100d") Duration figures) {}
