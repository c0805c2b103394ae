package org.farwatch.api.devicerecordings;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code farwatch.device-recordings.*}.
 *
 * @param sessions that may be watched at once
 * @param longestPause after which one who paused, or is at the end, is let go
 * @param fetches that may run at once
 * @param longestFetch time that one of them may span
 * @param downloadSpeed times of the recorded speed at which devices of GB/T 28181 are asked to send
 * @param terminalSpeed the same for terminals of JT/T 1078: beyond once, many leave pictures out
 * @param answerTimeout how long somebody who asks what a device has waits for its answer
 */
@ConfigurationProperties("farwatch.device-recordings")
public record DeviceRecordingSettings(
        @DefaultValue("8") int sessions,
        @DefaultValue("5m") Duration longestPause,
        @DefaultValue("1") int fetches,
        @DefaultValue("4h") Duration longestFetch,
        @DefaultValue("4") int downloadSpeed,
        @DefaultValue("1") int terminalSpeed,
        @DefaultValue("20s") Duration answerTimeout) {
    public DeviceRecordingSettings {
        range("sessions", sessions, 1_000);
        range("fetches", fetches, 16);
        range("download-speed", downloadSpeed, 64);
        between("longest-pause", longestPause, Duration.ofSeconds(1), Duration.ofHours(1));
        between("longest-fetch", longestFetch, Duration.ofMinutes(1), Duration.ofHours(24));
        between("answer-timeout", answerTimeout, Duration.ofMillis(100), Duration.ofMinutes(1));
        if (Integer.bitCount(terminalSpeed) != 1 || terminalSpeed < 1 || terminalSpeed > 16) {
            throw new IllegalArgumentException(
                    "farwatch.device-recordings.terminal-speed must be 1, 2, 4, 8 or 16, was " + terminalSpeed);
        }
    }

    private static void range(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(
                    "farwatch.device-recordings." + name + " must be 1 to " + most + ", was " + value);
        }
    }

    private static void between(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "farwatch.device-recordings." + name + " must be " + least + " to " + most + ", was " + value);
        }
    }
}
