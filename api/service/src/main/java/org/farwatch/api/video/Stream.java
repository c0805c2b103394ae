package org.farwatch.api.video;

import java.time.Instant;
import org.farwatch.ingest.media.Packets;

/**
 * A stream as the API gives it (design, section 6).
 *
 * @param sourceUrl without its password
 * @param subSourceUrl of the smaller picture that a wall shows, without its password; absent where there is none
 * @param state {@code connecting}, {@code live}, {@code stalled}, {@code offline}, or {@code idle} while nobody needs it
 * @param cause why it is offline, otherwise absent
 * @param detail the same in the words of who noticed it
 * @param since when the state began
 * @param loudspeaker it is spoken to and sends nothing: never fetched, watched or recorded
 * @param codec as RFC 6381 names it, absent before the first frame
 * @param width of the picture in pixels
 * @param sound absent before the first frame and when the source sends none
 * @param clockOffset seconds that the camera's clock is ahead of ours, negative when behind; absent while that is not known
 * @param packets of the present connection, absent while there is none and where nobody counts them
 * @param heading degrees clockwise from north
 * @param fieldOfView degrees
 */
record Stream(
        String id,
        String name,
        String deviceId,
        String channelId,
        String squadId,
        String sourceUrl,
        String subSourceUrl,
        boolean record,
        boolean loudspeaker,
        Fetch fetch,
        String state,
        String cause,
        String detail,
        Instant since,
        String codec,
        Integer width,
        Integer height,
        Sound sound,
        Double clockOffset,
        Packets packets,
        Location location,
        Float heading,
        Float fieldOfView,
        int version) {
    /**
     * What a camera sends to be heard.
     *
     * @param codec in which it is watched and recorded, as RFC 6381 names it; absent when it is left out
     * @param original codec that the camera sends, such as {@code aac} or {@code pcm_alaw}
     */
    record Sound(String codec, String original) {}

    /** Degrees, WGS-84. */
    record Location(double longitude, double latitude) {}
}
