package org.farwatch.ingest.media;

/**
 * Sound as a device sends it, before it becomes AAC.
 *
 * @param sampleRate samples a second, 4,000 to 192,000
 * @param channels 1 to 8
 * @param bits of a coded sample: 2 to 5 of G.726, which leaves it open; of the others what is known, or 0
 */
public record SourceSound(SoundCodec codec, int sampleRate, int channels, int bits) {
    /** @throws IllegalArgumentException naming what is out of its range */
    public SourceSound {
        rule(sampleRate >= 4_000 && sampleRate <= 192_000, "sample rate", sampleRate, "4000 to 192000");
        rule(channels >= 1 && channels <= 8, "channels", channels, "1 to 8");
        boolean open = codec == SoundCodec.ADPCM_G726 || codec == SoundCodec.ADPCM_G726LE;
        rule(!open || bits >= 2 && bits <= 5, "bits of a G.726 sample", bits, "2 to 5");
    }

    private static void rule(boolean kept, String fact, int value, String rule) {
        if (!kept) {
            throw new IllegalArgumentException("sound: " + fact + " must be " + rule + ", was " + value);
        }
    }
}
