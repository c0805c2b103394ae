package org.farwatch.api.org;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code farwatch.devices.*}.
 *
 * @param selfRegistration whether an unknown device is created by its first message; off, it is refused
 * @param limit devices that the register takes, so that a flood of invented ones ends
 */
@ConfigurationProperties("farwatch.devices")
public record DeviceSettings(
        @DefaultValue("false") boolean selfRegistration,
        @DefaultValue("100000") int limit) {}
