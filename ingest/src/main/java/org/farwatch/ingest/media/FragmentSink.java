package org.farwatch.ingest.media;

/** Takes a stream as fragmented MP4, on the stream's own thread, which waits for nobody. */
public interface FragmentSink {
    /**
     * What follows is of this format.
     *
     * @param init header of a file of it: {@code ftyp} and {@code moov}; not to be changed
     */
    void begin(MediaFormat format, byte[] init);

    void fragment(Fragment fragment);

    /** The stream broke off; the next call is {@link #begin}. */
    void end();
}
