package org.farwatch.api.talk;

import java.util.Optional;
import org.farwatch.ingest.media.voice.VoiceCall;

/** A kind of stream whose devices can be spoken to, found by the scheme of the stream's address. */
public interface VoiceKind {
    /** Of the addresses of its streams, such as {@code gb28181}. */
    String scheme();

    /**
     * Which loudspeaker the sound comes out of: streams of which this is the same are spoken to by one person at a time.
     * Usually each channel has its own, since a device may be a recorder or a whole platform.
     *
     * @param address of the stream
     */
    default String loudspeaker(String address) {
        return address;
    }

    /**
     * Whether the loudspeaker is held by somebody who is off duty now. Asked before it is called, and each second while
     * it is spoken to.
     *
     * @param address of the stream
     * @return that it is, in words; empty while it may be spoken to
     */
    Optional<String> offDuty(String address);

    /**
     * Calls the loudspeaker of a stream's device; asks nothing of the database after it has returned.
     *
     * @param address of the stream
     */
    VoiceCall call(String address);
}
