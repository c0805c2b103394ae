package org.farwatch.api.terminals;

import java.time.Instant;
import java.util.List;

/**
 * A photograph, sound or video of a terminal as the API gives it; what is not known is absent.
 *
 * @param mediaId the terminal's own number
 * @param type {@code image}, {@code sound}, {@code video}
 * @param event why it was taken
 * @param takenAt by the terminal's clock
 * @param evidence id of the file; absent while the terminal has only told of it
 * @param asStated false when the file is not what the terminal says it is
 */
record DeviceMedium(
        String id,
        long mediaId,
        String type,
        String event,
        int channel,
        Instant takenAt,
        Double longitude,
        Double latitude,
        String evidence,
        String mediaType,
        Boolean asStated,
        Instant receivedAt) {
    private static final List<String> TYPES = List.of("image", "sound", "video");
    private static final List<String> EVENTS = List.of(
            "ordered", "timer", "robbery", "collision", "door-opened", "door-closed", "door-closed-moving", "distance");

    static String type(int code) {
        return code < TYPES.size() ? TYPES.get(code) : "other";
    }

    static String event(int code) {
        return code < EVENTS.size() ? EVENTS.get(code) : "other";
    }
}
