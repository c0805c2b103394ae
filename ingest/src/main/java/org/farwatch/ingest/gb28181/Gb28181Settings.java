package org.farwatch.ingest.gb28181;

import java.time.Duration;
import java.util.Set;
import org.farwatch.ingest.sip.SipSettings;

/**
 * How devices of GB/T 28181 are held.
 *
 * @param keepalive interval of keepalives agreed with the devices, 1 s to 1 h
 * @param misses keepalives in a row that may be missing, 1 to 20: then the device is offline
 * @param maxDevices registered at a time
 * @param maxItems of one answer: channels of a catalogue, recordings of a day
 * @param streamsPerDevice that a device or platform may send at a time
 * @param inviteTimeout within which a device has to answer a call, 1 s to 60 s
 * @param speakTimeout within which a device has to open the way for sound once it is told to, or called, 1 s to 60 s
 * @param positionInterval at which devices are asked for their position; zero asks for none
 * @param clockInterval at which devices are asked for their time; zero asks none
 * @param answerSilence after the last part that came of an answer, which then counts as over, 1 s to 60 s
 * @param mediaHosts that pictures may come from, that may be connected to for them, and spoken to, besides the device's
 *     own address
 */
public record Gb28181Settings(
        SipSettings sip,
        Duration keepalive,
        int misses,
        int maxDevices,
        int maxItems,
        int streamsPerDevice,
        Duration inviteTimeout,
        Duration speakTimeout,
        Duration positionInterval,
        Duration clockInterval,
        Duration answerSilence,
        Set<String> mediaHosts) {
    public Gb28181Settings {
        require(DeviceCode.is(sip.user()), "farwatch.gb28181.id must be 20 digits, was " + sip.user());
        require(sip.domain().matches("\\d{10}"), "farwatch.gb28181.domain must be 10 digits, was " + sip.domain());
        between("keepalive", keepalive, Duration.ofSeconds(1), Duration.ofHours(1));
        require(misses >= 1 && misses <= 20, "farwatch.gb28181.misses must be 1 to 20, was " + misses);
        require(maxDevices >= 1, "farwatch.gb28181.max-devices must be at least 1, was " + maxDevices);
        require(maxItems >= 1, "farwatch.gb28181.max-items must be at least 1, was " + maxItems);
        require(
                streamsPerDevice >= 1,
                "farwatch.gb28181.streams-per-device must be at least 1, was " + streamsPerDevice);
        between("invite-timeout", inviteTimeout, Duration.ofSeconds(1), Duration.ofMinutes(1));
        between("speak-timeout", speakTimeout, Duration.ofSeconds(1), Duration.ofMinutes(1));
        between("position-interval", positionInterval, Duration.ZERO, Duration.ofHours(1));
        between("clock-interval", clockInterval, Duration.ZERO, Duration.ofDays(1));
        between("answer-silence", answerSilence, Duration.ofSeconds(1), Duration.ofMinutes(1));
        mediaHosts = Set.copyOf(mediaHosts);
    }

    private static void between(String name, Duration value, Duration least, Duration most) {
        require(
                value.compareTo(least) >= 0 && value.compareTo(most) <= 0,
                "farwatch.gb28181.%s must be %s to %s, was %s".formatted(name, least, most, value));
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
