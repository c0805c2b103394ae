package org.farwatch.ingest.gb28181;

import org.farwatch.ingest.media.OfflineCause;
import org.farwatch.ingest.sip.SipRefused;

/**
 * One try of a {@link SpokenCall} to have sound taken. What it reports after another one has begun is nobody's. Any
 * thread.
 *
 * @param number of the tries of that call
 */
record Attempt(SpokenCall call, int number) {
    /** @return false when it is wanted no more: then the leg is closed */
    boolean adopt(SpokenLeg made) {
        return call.adopt(number, made);
    }

    /** The device takes sound. */
    void opened(Voices.Way way) {
        call.opened(number, way);
    }

    void hungUp() {
        lost(OfflineCause.ENDED, "the device hung up");
    }

    /** What stood, or was about to, is gone. */
    void lost(OfflineCause cause, String detail) {
        call.lost(number, cause, detail);
    }

    /** It came to nothing. */
    void refused(OfflineCause cause, String reason) {
        call.refused(number, cause, reason);
    }

    static OfflineCause cause(Throwable refusal) {
        return refusal instanceof SipRefused refused ? LiveCall.cause(refused) : OfflineCause.UNREACHABLE;
    }
}
