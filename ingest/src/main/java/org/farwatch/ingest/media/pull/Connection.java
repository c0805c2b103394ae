package org.farwatch.ingest.media.pull;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.farwatch.ingest.media.MediaFormat;
import org.farwatch.ingest.media.MediaUnit;
import org.farwatch.ingest.media.Packets;

/** One connection to a source: its frames in the order in which they come. Owned by the stream's platform thread. */
public interface Connection extends AutoCloseable {
    /**
     * Asks the source; returns when frames may come. Called once, before everything else.
     *
     * @throws PullFailure saying why there is no stream
     */
    void open(Duration limit) throws PullFailure;

    /**
     * The next frame of picture or sound.
     *
     * @param limit longest wait for a picture; sound alone keeps no stream alive
     * @throws PullFailure when there is none, also when none comes within the limit
     */
    MediaUnit read(Duration limit) throws PullFailure;

    /** Of the frame that was read last; null until all parameter sets have come. */
    MediaFormat format();

    /** The codec of a sound that is not taken, null when none is left out. */
    String leftOutSound();

    /** Milliseconds that the source's clock is ahead of ours, by what it says of it; empty where it does not. */
    default OptionalLong clockOffset() {
        return OptionalLong.empty();
    }

    /** What came of it and what was lost; empty where nobody counts it. May be called by any thread. */
    default Optional<Packets> packets() {
        return Optional.empty();
    }

    /** Ends any wait of this connection at once; may be called by any thread. */
    void interrupt();

    /** Lets go of the source, whether it was opened or not. */
    @Override
    void close();
}
