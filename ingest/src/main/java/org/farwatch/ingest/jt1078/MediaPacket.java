package org.farwatch.ingest.jt1078;

/**
 * One packet of a media link (JT/T 1078-2016, 5.5.3, table 19).
 *
 * @param sim decimal digits without leading zeros
 * @param simBytes in which the SIM came: 6 by the standard, 10 of many terminals that speak JT/T 808-2019
 * @param channel logical channel, 0 to 255
 * @param payloadType of table 12, 0 to 127
 * @param marker the end of a whole frame
 * @param sequence 0 to 65535, then from 0 again
 * @param stamp milliseconds of any origin; 0 of transparent data, which has none
 * @param sinceLast milliseconds since the picture before, as the terminal says; 0 where it says none, and of all else
 * @param body not to be changed
 */
record MediaPacket(
        String sim,
        int simBytes,
        int channel,
        int payloadType,
        boolean marker,
        int sequence,
        Kind kind,
        Part part,
        long stamp,
        int sinceLast,
        byte[] body) {
    static final int SIM_2016 = 6;
    static final int SIM_2019 = 10;

    /** In the order of their numbers. */
    enum Kind {
        I,
        P,
        B,
        SOUND,
        TRANSPARENT;

        boolean picture() {
            return this == I || this == P || this == B;
        }
    }

    /** Of a frame, in the order of their numbers. */
    enum Part {
        WHOLE,
        FIRST,
        LAST,
        MIDDLE;

        boolean begins() {
            return this == WHOLE || this == FIRST;
        }
    }

    /** Up to the length of the body, the length included. */
    static int headerBytes(Kind kind, int simBytes) {
        int more = simBytes - SIM_2016;
        return more
                + switch (kind) {
                    case I, P, B -> 30;
                    case SOUND -> 26;
                    case TRANSPARENT -> 18;
                };
    }
}
