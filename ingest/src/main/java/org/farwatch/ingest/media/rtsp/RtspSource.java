package org.farwatch.ingest.media.rtsp;

import java.util.Locale;
import org.farwatch.ingest.media.pull.Connection;
import org.farwatch.ingest.media.pull.PullSource;
import org.farwatch.ingest.media.pull.StreamSource;
import org.farwatch.ingest.media.rtp.RtpCounters;

/**
 * A camera of RTSP.
 *
 * @param counters of the packets of all cameras
 */
public record RtspSource(PullSource source, RtpCounters counters) implements StreamSource {
    /**
     * The way in which an address is fetched best.
     *
     * @param counters of the packets of all cameras that are read here
     */
    public static StreamSource best(PullSource source, RtpCounters counters) {
        boolean plain = source.url().toLowerCase(Locale.ROOT).startsWith("rtsp://");
        return plain ? new RtspSource(source, counters) : source;
    }

    @Override
    public Connection connect() {
        return new RtspConnection(source, counters);
    }

    @Override
    public String toString() {
        return source.toString();
    }
}
