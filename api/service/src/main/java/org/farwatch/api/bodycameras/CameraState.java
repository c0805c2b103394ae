package org.farwatch.api.bodycameras;

import java.time.Instant;

/**
 * What a body camera said last of each of its facts, and when that came.
 *
 * @param holder who has it now, null for nobody
 * @param onDuty whether the holder has a duty now
 */
record CameraState(
        String deviceId,
        String name,
        String squadId,
        String squadName,
        boolean online,
        Instant lastSeen,
        Holder holder,
        boolean onDuty,
        Battery battery,
        Storage storage,
        Offset clock,
        Recording recording,
        Upload upload) {
    /** @param since when it was issued */
    record Holder(String officerId, String name, String number, Instant since) {}

    /** @param percent null when it never said */
    record Battery(Integer percent, Instant at, Mark mark) {}

    /** Bytes, null when it never said. */
    record Storage(Long free, Long total, Instant at, Mark mark) {}

    /** @param millis its clock less ours, null when it never said */
    record Offset(Long millis, Instant at, Mark mark) {}

    /**
     * @param now null when it never said; what an offline camera said last may be over
     * @param since when it said so first
     */
    record Recording(Boolean now, Instant since) {}

    /**
     * @param last when a recording of it arrived, or it said that it handed one over; null for never
     * @param pending recordings that it said it made and nobody has brought
     * @param mark a warning while some are pending
     */
    record Upload(Instant last, int pending, Mark mark) {}
}
