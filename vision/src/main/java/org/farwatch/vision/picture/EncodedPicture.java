package org.farwatch.vision.picture;

/**
 * One coded picture (access unit).
 *
 * <p>Immutable by agreement: who hands it over no longer writes into the arrays.
 *
 * @param codec how it is coded
 * @param configuration the {@code avcC} or {@code hvcC} record of ISO/IEC 14496-15 with four-byte lengths, or an empty array
 *     when the parameter sets come in the pictures
 * @param payload NAL units, each after its length in four bytes, most significant first
 * @param key whether decoding can start here
 * @param timeMicros presentation time on the stream's clock, microseconds
 */
public record EncodedPicture(VideoCodec codec, byte[] configuration, byte[] payload, boolean key, long timeMicros) {}
