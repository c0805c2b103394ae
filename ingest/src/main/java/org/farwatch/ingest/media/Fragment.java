package org.farwatch.ingest.media;

/**
 * A piece of fragmented MP4 that can be written to a file and shown as it is: producer time, movie fragment and its data
 * (ISO/IEC 14496-12, 8.8 and 8.16.5).
 *
 * @param bytes not to be changed
 * @param key whether its first picture is one at which decoding can begin
 * @param decodeTime of its first frame, microseconds on the stream's clock
 * @param duration microseconds
 * @param received our clock when its first frame had come, milliseconds since 1970 UTC
 * @param frames pictures in it
 */
public record Fragment(byte[] bytes, boolean key, long decodeTime, long duration, long received, int frames) {
    /** Our clock at its end, milliseconds since 1970 UTC. */
    public long receivedEnd() {
        return received + Math.ceilDiv(duration, 1_000);
    }
}
