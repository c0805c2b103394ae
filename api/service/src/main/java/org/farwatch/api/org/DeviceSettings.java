package org.farwatch.api.org;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code farwatch.devices.*}.
 *
 * @param selfRegistration whether an unknown device is created by its first message; off, it is refused
 * @param limit devices that the register takes, so that a flood of invented ones ends
 * @param codeAge after which a vehicle terminal's code is refused, so that it registers again and gets another; 0 never
 * @param codeGrace how long the code before stays good after a registration, until the new one is used
 */
@ConfigurationProperties("farwatch.devices")
public record DeviceSettings(
        @DefaultValue("false") boolean selfRegistration,
        @DefaultValue("100000") int limit,
        @DefaultValue("365d") Duration codeAge,
        @DefaultValue("1h") Duration codeGrace) {
    public DeviceSettings {
        if (codeAge.isNegative() || codeGrace.isNegative()) {
            throw new IllegalArgumentException("farwatch.devices.code-age and code-grace must not be negative, were "
                    + codeAge + " and " + codeGrace);
        }
    }
}
