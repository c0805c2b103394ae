package org.farwatch.api.walls;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code farwatch.walls.*}.
 *
 * @param perUser layouts and patrols that one user may save
 */
@ConfigurationProperties("farwatch.walls")
record WallSettings(@DefaultValue("50") int perUser) {
    WallSettings {
        if (perUser < 1 || perUser > 1_000) {
            throw new IllegalArgumentException("farwatch.walls.per-user must be 1 to 1000, was " + perUser);
        }
    }
}
