package org.farwatch.ingest;

import java.time.Instant;

/**
 * A photograph, sound or video of a vehicle terminal, or the notice that there is one (JT/T 808 0x0801, 0x0800). Codes
 * are those of the protocol. Equality is identity: contents are large.
 *
 * @param mediaId the terminal's own number, not unique over time
 * @param type 0 image, 1 sound, 2 video
 * @param format 0 JPEG, 1 TIF, 2 MP3, 3 WAV, 4 WMV, as the terminal says
 * @param event 0 ordered by the platform, 1 timer, 2 robbery, 3 collision or rollover, 4 door opened, 5 door closed, 6
 *     door closed and faster than 20 km/h, 7 distance
 * @param location the 28 fixed bytes of 0x0200; null when the layout has none
 * @param content null for a notice
 */
public record TerminalMedia(
        KnownDevice device,
        long mediaId,
        int type,
        int format,
        int event,
        int channel,
        byte[] location,
        Instant receivedAt,
        byte[] content) {
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
