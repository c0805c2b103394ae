package org.farwatch.ingest.media.pull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.javacpp.BytePointer;
import org.farwatch.ingest.media.OfflineCause;

/**
 * Where libavformat may come to with a source: its own host and those that it may lead to. HTTP goes by a {@link Relay};
 * of RTSP libavformat puts the new address into its context before it connects to it, and asks before it sends anything.
 * Owned by the stream's platform thread.
 */
final class Reach implements AutoCloseable {
    private final PullSource source;
    /** Of a source that speaks HTTP, else null. */
    private final Relay relay;
    /** What the context's address is while it is opened is looked at. */
    private boolean opening;

    private String strayed;

    /** @throws PullFailure when there is no port for a relay */
    Reach(PullSource source) throws PullFailure {
        this.source = source;
        try {
            relay = source.isHttp() ? new Relay(source::mayLeadTo) : null;
        } catch (IOException e) {
            throw new PullFailure(OfflineCause.BROKEN, "no port for its relay: " + e.getMessage());
        }
    }

    /** The proxy that HTTP has to take, null where there is none. */
    String proxy() {
        return relay == null ? null : relay.address();
    }

    /** While its address is opened, libavformat may change it. */
    void opening(boolean now) {
        opening = now;
    }

    /** Whether RTSP was redirected to where it may not lead. */
    boolean strays(AVFormatContext context) {
        if (!opening || !source.isRtsp() || strayed != null) {
            return strayed != null;
        }
        BytePointer now = context.url();
        String url = now == null ? source.url() : now.getString(StandardCharsets.UTF_8);
        if (!url.equals(source.url())) {
            String host = PullSource.host(url);
            strayed = source.mayLeadTo(host) ? null : host;
        }
        return strayed != null;
    }

    /** What stands in the way of a source; null where it is something else. */
    String obstacle() {
        String elsewhere = relay == null ? strayed : relay.refused();
        if (elsewhere != null) {
            return "leads to " + elsewhere + ", which is neither its own host nor among those it may lead to";
        }
        return relay != null && relay.away() ? "no connection to its host" : null;
    }

    @Override
    public void close() {
        if (relay != null) {
            relay.close();
        }
    }
}
