package org.farwatch.ingest.media;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_ADPCM_G722;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_ADPCM_G726;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_ADPCM_G726LE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_ADPCM_IMA_WAV;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_PCM_ALAW;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_PCM_MULAW;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_PCM_S16LE;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The telephone's codecs, which neither browsers nor MP4 take: {@link SoundTranscoder} makes AAC of them. */
public enum SoundCodec {
    /** ITU-T G.711, A-law. */
    PCM_ALAW(AV_CODEC_ID_PCM_ALAW),
    /** ITU-T G.711, µ-law. */
    PCM_MULAW(AV_CODEC_ID_PCM_MULAW),
    /** ITU-T G.722. */
    ADPCM_G722(AV_CODEC_ID_ADPCM_G722),
    /** ITU-T G.726, the first sample in the highest bits. */
    ADPCM_G726(AV_CODEC_ID_ADPCM_G726),
    /** ITU-T G.726, the first sample in the lowest bits, as RTP has it (RFC 3551, 4.5.4). */
    ADPCM_G726LE(AV_CODEC_ID_ADPCM_G726LE),
    /** IMA ADPCM in blocks with a header, as WAV files have it. */
    ADPCM_IMA_WAV(AV_CODEC_ID_ADPCM_IMA_WAV),
    /** IMA ADPCM in pieces with a state, as chips of cameras write it: {@link Dvi4} makes samples of it. */
    ADPCM_DVI4(AV_CODEC_ID_PCM_S16LE);

    private final int number;

    SoundCodec(int number) {
        this.number = number;
    }

    /** The codec that libavcodec has under this number. */
    public static Optional<SoundCodec> of(int number) {
        return Arrays.stream(values())
                .filter(codec -> codec != ADPCM_DVI4 && codec.number == number)
                .findFirst();
    }

    /** libavcodec's number of it, or of what is made of it before libavcodec gets it. */
    int number() {
        return number;
    }

    /** As it is noted in {@link AudioFormat#original}: libavcodec's name, where it has one. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
