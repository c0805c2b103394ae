package org.farwatch.api.video;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.farwatch.api.video.StreamSession.State;
import org.farwatch.ingest.media.Fmp4Writer;
import org.farwatch.ingest.media.MediaFormat;
import org.farwatch.ingest.media.Priority;
import org.farwatch.ingest.media.StreamState;
import org.farwatch.vision.picture.EncodedPicture;

/**
 * The smaller picture of a stream, fetched while it is watched and for nothing else: it is never recorded, no zone looks
 * at it, and its failures are no interruption of the stream.
 */
final class SubStream implements AutoCloseable, Fetching.Owner {
    private final String url;
    private final boolean alternates;
    private final Runnable released;
    private final LiveFeed feed = new LiveFeed(Quality.SUB);
    private final LastPicture picture = new LastPicture(List.of(new Fmp4Writer(feed)));
    private final Fetching fetching;
    private volatile MediaFormat format;

    /**
     * @param demand lock of the stream
     * @param released told when its source is free again
     */
    SubStream(
            long stream,
            String url,
            StreamSources sources,
            Object demand,
            Duration linger,
            Clock clock,
            Runnable released) {
        this.url = url;
        this.alternates = sources.alternates(url);
        this.released = released;
        this.fetching = new Fetching(
                stream + "-sub",
                sources.of(url, () -> feed.viewers().isEmpty() ? Priority.IDLE : Priority.OPERATOR),
                picture,
                this,
                demand,
                linger,
                clock,
                new State(StreamState.IDLE, null, null, clock.instant()));
    }

    boolean fetches(String address) {
        return url.equals(address);
    }

    /** Whether its device sends either this or the main picture, never both. */
    boolean alternates() {
        return alternates;
    }

    /** Its viewers see the main picture from now on, and its source is let go of. Under the stream's lock. */
    void giveWay(LiveFeed main, State connecting) {
        feed.tell(connecting);
        feed.handOver(main);
        fetching.drop();
    }

    LiveFeed feed() {
        return feed;
    }

    Fetching fetching() {
        return fetching;
    }

    /** The last one known, null before the first frame. */
    MediaFormat format() {
        MediaFormat now = feed.format();
        if (now != null) {
            format = now;
        }
        return format;
    }

    Optional<EncodedPicture> picture() {
        return picture.newest();
    }

    @Override
    public boolean needed() {
        return !feed.viewers().isEmpty();
    }

    @Override
    public void told(State state) {
        feed.tell(state);
    }

    @Override
    public void released() {
        released.run();
    }

    @Override
    public void close() {
        fetching.close();
    }
}
