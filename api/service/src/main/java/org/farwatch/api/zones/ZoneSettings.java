package org.farwatch.api.zones;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * {@code farwatch.zones.*}.
 *
 * @param threads on which pictures are decoded and looked at; cameras are shared out among them
 * @param queue pictures of one camera that may wait to be looked at; behind that they are left out up to a key picture
 * @param clipMemory what is kept of one camera for the clip of a lead
 */
@ConfigurationProperties("farwatch.zones")
record ZoneSettings(
        @DefaultValue("1") int threads,
        @DefaultValue("50") int queue,
        @DefaultValue("16MB") DataSize clipMemory) {
    ZoneSettings {
        if (threads < 1 || threads > 64) {
            throw new IllegalArgumentException("farwatch.zones.threads must be 1 to 64, was " + threads);
        }
        if (queue < 2 || queue > 1_000) {
            throw new IllegalArgumentException("farwatch.zones.queue must be 2 to 1000, was " + queue);
        }
        if (clipMemory.toBytes() < 1 << 20) {
            throw new IllegalArgumentException("farwatch.zones.clip-memory must be at least 1MB, was " + clipMemory);
        }
    }
}
