package org.farwatch.ingest.gb28181;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * What is asked of a device's recordings (GB/T 28181-2016 annex G).
 *
 * @param device 20 digits
 * @param from milliseconds since 1970 UTC
 * @param to behind the last instant
 * @param shift that this device wants on {@code t=}: some read it as local time and play what was hours before
 * @param downloadSpeed 0 plays it for somebody who watches; otherwise the times of the recorded speed at which it is sent
 */
public record RecordedStretch(String device, String channel, long from, long to, Duration shift, int downloadSpeed) {
    private static final String END = "\r\n";

    /** @throws IllegalArgumentException naming what is out of its range */
    public RecordedStretch {
        if (from >= to) {
            throw new IllegalArgumentException("from must be before to, was " + from + " and " + to);
        }
        if (downloadSpeed < 0 || downloadSpeed > 64) {
            throw new IllegalArgumentException("downloadSpeed must be 0 to 64, was " + downloadSpeed);
        }
    }

    /** The offer of a live call made into one of this stretch: {@code s=}, {@code u=}, {@code t=} in whole seconds. */
    byte[] offer(byte[] live) {
        boolean download = downloadSpeed > 0;
        long start = Math.floorDiv(from, 1_000L) + shift.toSeconds();
        long end = Math.ceilDiv(to, 1_000L) + shift.toSeconds();
        return new String(live, StandardCharsets.US_ASCII)
                .replace(
                        "s=Play" + END, "s=" + (download ? "Download" : "Playback") + END + "u=" + channel + ":0" + END)
                .replace("t=0 0" + END, "t=" + start + " " + end + END)
                .replace(
                        "a=recvonly" + END,
                        "a=recvonly" + END + (download ? "a=downloadspeed:" + downloadSpeed + END : ""))
                .getBytes(StandardCharsets.US_ASCII);
    }
}
