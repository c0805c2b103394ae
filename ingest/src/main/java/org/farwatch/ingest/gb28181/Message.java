package org.farwatch.ingest.gb28181;

import java.time.Instant;
import java.util.List;

/** A MANSCDP message of a device. Texts are empty where the device says nothing. */
public sealed interface Message {
    /** Who it is about: the device, or a channel of it. */
    String about();

    /**
     * It is alive.
     *
     * @param faulty channels that are not well
     * @param deviceTime by its clock, null when it does not say, as the standard has it
     */
    record Keepalive(String about, String status, List<String> faulty, Instant deviceTime) implements Message {}

    /**
     * A part of a catalogue.
     *
     * @param total items that all parts have, -1 when it does not say
     */
    record CatalogPart(String about, int sn, int total, List<Channel> items) implements Message {}

    /** Channels changed (subscribed). */
    record CatalogChange(String about, List<Channel> items) implements Message {}

    /**
     * What the device is. Its login and password, which some send, are not read.
     *
     * @param deviceTime as in {@link Keepalive}
     */
    record DeviceInfo(
            String about, int sn, String name, String manufacturer, String model, String firmware, Instant deviceTime)
            implements Message {}

    /** @param deviceTime by its clock, null when it does not say */
    record DeviceStatus(String about, int sn, boolean online, boolean well, Instant deviceTime) implements Message {}

    /** A part of a list of recordings. */
    record RecordPart(String about, int sn, int total, List<Recorded> items) implements Message {}

    /**
     * A recording that a device has.
     *
     * @param kind {@code time}, {@code alarm} or {@code manual}
     * @param bytes of its file, null when it does not say
     */
    record Recorded(String channel, String name, String path, Instant start, Instant end, String kind, Long bytes) {}

    record Presets(String about, int sn, int total, List<Preset> items) implements Message {}

    /** @param number 1 to 255 */
    record Preset(int number, String name) {}

    /**
     * An alarm.
     *
     * @param method 1 phone, 2 device, 3 message, 4 GPS, 5 video, 6 fault, 7 other; 0 when it does not say
     * @param type within the method
     * @param priority 1 highest to 4; 0 when it does not say
     * @param time by its clock, null when it does not say
     * @param longitude degrees, null when it does not say
     */
    record Alarm(
            String about,
            int sn,
            int priority,
            int method,
            int type,
            Instant time,
            String description,
            Double longitude,
            Double latitude)
            implements Message {}

    /** Positions, one in the form of 2016, several in that of 2022. */
    record Positions(String about, List<Fix> fixes) implements Message {}

    /**
     * A position.
     *
     * @param target whose it is
     * @param time null when it is none
     * @param speed km/h; NaN where missing, as heading (degrees from north) and altitude (metres)
     */
    record Fix(
            String target,
            Instant time,
            double longitude,
            double latitude,
            float speed,
            float heading,
            float altitude) {}

    /**
     * What is played ended.
     *
     * @param type 121 for the end of the file
     */
    record MediaStatus(String about, String type) implements Message {}

    /** The device says whether it did what it was told. */
    record Result(String about, int sn, String command, boolean done) implements Message {}

    /** A command that this service does not handle. */
    record Unknown(String about, String root, String command) implements Message {}
}
