package org.farwatch.api.video;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An HLS playlist (RFC 8216) of recorded segments: each file is its own header and one media segment, times of day stand
 * at each, and a discontinuity where a recording run ended, a segment is left out or the format changed. Neighbours in
 * time need not be neighbours in the chain: an upload may have been chained in between. What was recorded twice, by the
 * device and by us, is played once.
 */
final class Playlist {
    private Playlist() {}

    /**
     * @param recorded in the order of their beginnings
     * @param deleted what is not among them since retention deleted it, each given as a date range with its reason
     */
    static String of(List<SegmentTable.Stored> recorded, List<DeletionTable.Deleted> deleted) {
        List<SegmentTable.Stored> segments = once(recorded);
        long longest = segments.stream()
                .mapToLong(segment -> duration(segment).toMillis())
                .max()
                .orElse(1_000);
        StringBuilder out = new StringBuilder(
                        "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-TARGETDURATION:")
                .append(Math.ceilDiv(longest, 1_000))
                .append("\n#EXT-X-INDEPENDENT-SEGMENTS\n");
        for (DeletionTable.Deleted each : deleted) {
            out.append("#EXT-X-DATERANGE:ID=\"deleted-")
                    .append(each.first())
                    .append("\",CLASS=\"org.farwatch.deleted\",START-DATE=\"")
                    .append(each.from())
                    .append("\",END-DATE=\"")
                    .append(each.to())
                    .append("\",X-REASON=\"")
                    .append(each.reason())
                    .append("\",X-DAYS=")
                    .append(each.days())
                    .append('\n');
        }
        SegmentTable.Stored before = null;
        for (SegmentTable.Stored segment : segments) {
            String file = "segments/" + segment.sequence() + ".mp4";
            if (before != null
                    && (before.run() != segment.run()
                            || !before.end().equals(segment.start())
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

    /** Without those that lie wholly within what plays before them. */
    private static List<SegmentTable.Stored> once(List<SegmentTable.Stored> recorded) {
        List<SegmentTable.Stored> kept = new ArrayList<>();
        Instant until = Instant.MIN;
        for (SegmentTable.Stored segment : recorded) {
            if (segment.end().isAfter(until)) {
                kept.add(segment);
                until = segment.end();
            }
        }
        return kept;
    }

    private static Duration duration(SegmentTable.Stored segment) {
        return Duration.between(segment.start(), segment.end());
    }
}
