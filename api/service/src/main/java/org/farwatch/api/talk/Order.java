package org.farwatch.api.talk;

import org.farwatch.api.access.Caller;
import org.farwatch.api.access.Role;
import org.farwatch.api.access.Viewing;
import org.farwatch.api.video.StreamBook;

/**
 * That somebody wants to speak to a loudspeaker.
 *
 * @param address of the stream
 * @param kind that knows how to call it
 * @param alertId what it is made for, null for no alert
 * @param announcement name of the recording, null when it is by microphone
 * @param times that the recording is said, null when it is by microphone
 */
record Order(
        StreamBook.Entry stream,
        String address,
        VoiceKind voice,
        Caller caller,
        Viewing viewing,
        ShoutKind kind,
        Long alertId,
        String announcement,
        Integer times) {
    String loudspeaker() {
        return voice.loudspeaker(address);
    }

    /** An operator goes before an inspector. */
    boolean byOperator() {
        return caller.is(Role.OPERATOR);
    }

    boolean ofSameUser(Order other) {
        return caller.username().equals(other.caller.username());
    }
}
