package org.farwatch.api.video;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * An HLS playlist (RFC 8216) of recorded segments: each file is its own header and one media segment, times of day stand
 * at each, and a discontinuity where a recording run ended, a segment is left out or the format changed.
 */
final class Playlist {
    private Playlist() {}

    /** @param segments in the order of time */
    static String of(List<SegmentTable.Stored> segments) {
        long longest = segments.stream()
                .mapToLong(segment -> duration(segment).toMillis())
                .max()
                .orElse(1_000);
        StringBuilder out = new StringBuilder(
                        "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-TARGETDURATION:")
                .append(Math.ceilDiv(longest, 1_000))
                .append("\n#EXT-X-INDEPENDENT-SEGMENTS\n");
        SegmentTable.Stored before = null;
        for (SegmentTable.Stored segment : segments) {
            String file = "segments/" + segment.sequence() + ".mp4";
            if (before != null
                    && (before.run() != segment.run()
                            || before.sequence() + 1 != segment.sequence()
                            || !before.mime().equals(segment.mime()))) {
                out.append("#EXT-X-DISCONTINUITY\n");
            }
            out.append("#EXT-X-MAP:URI=\"")
                    .append(file)
                    .append("\",BYTERANGE=\"")
                    .append(segment.initBytes())
                    .append("@0\"\n#EXT-X-PROGRAM-DATE-TIME:")
                    .append(segment.start())
                    .append(String.format(
                            Locale.ROOT, "\n#EXTINF:%.3f,\n", duration(segment).toMillis() / 1_000.0))
                    .append("#EXT-X-BYTERANGE:")
                    .append(segment.bytes() - segment.initBytes())
                    .append('@')
                    .append(segment.initBytes())
                    .append('\n')
                    .append(file)
                    .append('\n');
            before = segment;
        }
        return out.append("#EXT-X-ENDLIST\n").toString();
    }

    private static Duration duration(SegmentTable.Stored segment) {
        return Duration.between(segment.start(), segment.end());
    }
}
