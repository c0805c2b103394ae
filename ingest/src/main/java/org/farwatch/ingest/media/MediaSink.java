package org.farwatch.ingest.media;

/**
 * Takes a stream's frames. Called by the stream's own thread, which waits for nobody: what is slow keeps a bounded queue
 * and says what it drops.
 */
public interface MediaSink {
    /** What follows is of this format; comes before the first frame and again whenever it changes. */
    void format(MediaFormat format);

    void unit(MediaUnit unit);

    /** The stream broke off or was stopped; what comes after {@link #format} is another run. */
    void end();
}
