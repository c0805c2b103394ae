package org.farwatch.ingest.media.rtp;

/**
 * What stands behind a payload type's number.
 *
 * @param clockRate of the stamps, ticks a second, 1 to 1,000,000
 * @param channels of sound, 1 to 8; 1 for everything else
 */
public record RtpPayload(RtpContent content, int clockRate, int channels) {
    private static final int VIDEO_CLOCK = 90_000;
    private static final int TELEPHONE_CLOCK = 8_000;

    /** @throws IllegalArgumentException naming what is out of its range */
    public RtpPayload {
        if (clockRate < 1 || clockRate > 1_000_000) {
            throw new IllegalArgumentException("payload: clock rate must be 1 to 1000000, was " + clockRate);
        }
        if (channels < 1 || channels > 8) {
            throw new IllegalArgumentException("payload: channels must be 1 to 8, was " + channels);
        }
    }

    /** With its usual clock: 8,000 of the telephone's codecs, 90,000 of everything else. */
    public static RtpPayload of(RtpContent content) {
        return switch (content) {
            case PCMA, PCMU, G722, AAC -> new RtpPayload(content, TELEPHONE_CLOCK, 1);
            case PS, TS, H264, H265, UNKNOWN -> new RtpPayload(content, VIDEO_CLOCK, 1);
        };
    }
}
