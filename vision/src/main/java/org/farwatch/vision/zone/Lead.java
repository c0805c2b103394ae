package org.farwatch.vision.zone;

import org.farwatch.vision.shape.Box;

/**
 * What satisfied a zone's rule for long enough (疑似问题). Times are presentation times of the stream in microseconds.
 *
 * @param number distinguishes it from others of its watch; {@link LeadEnd} repeats it
 * @param zoneId of the zone
 * @param rule of the zone
 * @param box where the thing stands
 * @param firstSeenMicros when it was first seen there
 * @param raisedMicros of the picture that made it a lead
 * @param confidence 0 to 1, higher for a thing of clear contrast that was seen whole; orders leads and is no probability
 * @param before a JPEG from before it came, or an empty array when the watch began too late for one
 * @param after the picture of {@code raisedMicros} as JPEG, zone and thing outlined
 */
public record Lead(
        long number,
        String zoneId,
        Rule rule,
        Box box,
        long firstSeenMicros,
        long raisedMicros,
        double confidence,
        byte[] before,
        byte[] after) {}
