package org.farwatch.api.talk;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code farwatch.talk.*}: speaking to devices.
 *
 * @param longest that one call may last
 * @param opening that a device may take to open its loudspeaker
 * @param calls at a time, of all users together
 * @param loudspeakers that one shout may go to
 * @param buffer of sound from a browser that waits to be sent; what is older is dropped
 * @param announcements that may be stored
 * @param announcementLength that one may have
 */
@ConfigurationProperties("farwatch.talk")
record TalkSettings(
        @DefaultValue("5m") Duration longest,
        @DefaultValue("20s") Duration opening,
        @DefaultValue("64") int calls,
        @DefaultValue("32") int loudspeakers,
        @DefaultValue("400ms") Duration buffer,
        @DefaultValue("100") int announcements,
        @DefaultValue("60s") Duration announcementLength) {
    TalkSettings {
        between("longest", longest, Duration.ofSeconds(1), Duration.ofHours(1));
        between("opening", opening, Duration.ofSeconds(1), Duration.ofMinutes(2));
        between("calls", calls, 1, 1_000);
        between("loudspeakers", loudspeakers, 1, 256);
        between("buffer", buffer, Duration.ofMillis(100), Duration.ofSeconds(5));
        between("announcements", announcements, 1, 1_000);
        between("announcement-length", announcementLength, Duration.ofSeconds(1), Duration.ofMinutes(5));
    }

    private static <T extends Comparable<T>> void between(String name, T value, T least, T most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "farwatch.talk." + name + " must be " + least + " to " + most + ", was " + value);
        }
    }
}
