package org.farwatch.ingest.media.rtsp;

import java.util.Locale;
import org.farwatch.ingest.media.pull.Connection;
import org.farwatch.ingest.media.pull.PullSource;
import org.farwatch.ingest.media.pull.StreamSource;

/** A camera of RTSP whose media come inside the connection. */
public record RtspSource(PullSource source) implements StreamSource {
    /** The way in which an address is fetched best. */
    public static StreamSource best(PullSource source) {
        boolean plain = source.url().toLowerCase(Locale.ROOT).startsWith("rtsp://");
        return plain && source.transport() == PullSource.Transport.TCP ? new RtspSource(source) : source;
    }

    @Override
    public Connection connect() {
        return new RtspConnection(source);
    }

    @Override
    public String toString() {
        return source.toString();
    }
}
