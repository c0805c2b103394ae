package org.farwatch.api.talk;

import org.farwatch.ingest.media.voice.VoiceCall;

/** A kind of stream whose devices can be spoken to, found by the scheme of the stream's address. */
public interface VoiceKind {
    /** Of the addresses of its streams, such as {@code gb28181}. */
    String scheme();

    /**
     * Calls the loudspeaker of a stream's device; asks nothing of the database after it has returned.
     *
     * @param address of the stream
     */
    VoiceCall call(String address);
}
