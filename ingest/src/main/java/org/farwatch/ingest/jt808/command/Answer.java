package org.farwatch.ingest.jt808.command;

import java.util.List;

/** What became of a command. Every command gets one, and only one. */
public sealed interface Answer {
    /** Done, and there is nothing to tell of it. */
    record Done() implements Answer {}

    /** The terminal said no, or what it said cannot be read. */
    record Failed(String reason) implements Answer {}

    /** The terminal does not know this; the reason says whether it was asked. */
    record Unsupported(String reason) implements Answer {}

    /** The terminal is not connected; nothing was sent. */
    record NotOnline() implements Answer {}

    /** Too much waits for answers already; nothing was sent. */
    record Busy(String reason) implements Answer {}

    /** Sent so many times without an answer. */
    record NoAnswer(int tries) implements Answer {}

    /** Sent; the connection ended before the answer. */
    record ConnectionLost() implements Answer {}

    /** 0x0104. */
    record Parameters(List<ParameterValue> values) implements Answer {}

    /**
     * 0x0107.
     *
     * @param type bits: 0 passenger, 1 dangerous goods, 2 freight, 3 taxi, 6 disk recording, 7 split unit, 8 trailer
     * @param gnss bits: 0 GPS, 1 BeiDou, 2 GLONASS, 3 Galileo
     * @param radio bits: 0 GPRS, 1 CDMA, 2 TD-SCDMA, 3 WCDMA, 4 CDMA2000, 5 TD-LTE, 7 other
     */
    record Attributes(
            int type,
            String maker,
            String model,
            String terminalId,
            String iccid,
            String hardware,
            String firmware,
            int gnss,
            int radio)
            implements Answer {}

    /**
     * 0x0201 and 0x0500. The position itself goes the way of all positions and is not repeated here, where the rules for
     * a person's data would not hold.
     *
     * @param at the terminal's time, milliseconds since 1970 UTC; null when it has none
     * @param fix whether it had one
     */
    record Located(Long at, boolean fix) implements Answer {}

    /** 0x0608. */
    record Areas(AreaCommand.Kind kind, List<AreaSeen> areas) implements Answer {}

    /** An area that the terminal has; the name may be empty. */
    record AreaSeen(long id, String name) {}

    /** 0x0802. */
    record MediaFound(List<MediaSeen> media) implements Answer {}

    /** A stored file; {@code at} in milliseconds since 1970 UTC, null when the terminal had no time. */
    record MediaSeen(long id, int type, int channel, int event, Long at) {}

    /** 0x0805: the files follow on their own. */
    record Photographed(List<Long> media) implements Answer {}

    /**
     * 0x1003.
     *
     * @param soundCodec and {@code videoCodec} of JT/T 1078-2016, table 12
     * @param soundFrame bytes of a piece of sound
     * @param speaks whether it plays sound that it is sent
     * @param soundChannels most physical channels of sound; {@code videoChannels} of pictures
     */
    record VideoAttributes(
            int soundCodec, int soundFrame, boolean speaks, int videoCodec, int soundChannels, int videoChannels)
            implements Answer {}

    /** 0x1205. */
    record RecordingsFound(List<RecordingSeen> recordings) implements Answer {}

    /**
     * A recording that the terminal has.
     *
     * @param from milliseconds since 1970 UTC; {@code to} likewise; null when it is no time
     * @param alarms bits: 0 to 31 of JT/T 808's alarm word, from 32 on of video alarms
     * @param media 0 sound and picture, 1 sound, 2 picture
     * @param quality 1 main, 2 sub
     * @param store 1 main, 2 backup
     */
    record RecordingSeen(int channel, Long from, Long to, long alarms, int media, int quality, int store, long bytes) {}

    /** 0x0702: who drives; {@code cardRead} is false when there is no card or it cannot be read. */
    record Driver(boolean cardRead, String name, String licence) implements Answer {}
}
