package org.farwatch.ingest.media.rtp;

import java.util.Map;
import java.util.OptionalLong;

/**
 * What a device has answered about the packets that it will send.
 *
 * @param ssrc its source's number, 0 to 2^32 - 1, where it names one; what was asked for stays expected besides
 * @param payloads by payload type, 0 to 127; types that are missing here are taken by their number or their bytes
 */
public record Answer(OptionalLong ssrc, Map<Integer, RtpPayload> payloads) {
    /** @throws IllegalArgumentException naming what is out of its range */
    public Answer {
        if (ssrc.isPresent() && (ssrc.getAsLong() < 0 || ssrc.getAsLong() > 0xffff_ffffL)) {
            throw new IllegalArgumentException("answer: SSRC must be 0 to 4294967295, was " + ssrc.getAsLong());
        }
        payloads = Map.copyOf(payloads);
        for (int type : payloads.keySet()) {
            if (type < 0 || type > 127) {
                throw new IllegalArgumentException("answer: payload type must be 0 to 127, was " + type);
            }
        }
    }
}
