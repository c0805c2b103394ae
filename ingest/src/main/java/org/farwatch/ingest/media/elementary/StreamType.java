package org.farwatch.ingest.media.elementary;

import org.farwatch.ingest.media.SoundCodec;
import org.farwatch.ingest.media.SourceSound;
import org.farwatch.ingest.media.VideoCodec;

/**
 * What an elementary stream is made of, by its stream_type (ISO/IEC 13818-1, table 2-34; the user's numbers as GB/T 28181
 * has them, annex C).
 */
public enum StreamType {
    H264(0x1b, "h264", VideoCodec.H264, null),
    H265(0x24, "hevc", VideoCodec.H265, null),
    /** AAC, each frame with its ADTS header. */
    AAC(0x0f, "aac", null, null),
    PCMA(0x90, "pcm_alaw", null, new SourceSound(SoundCodec.PCM_ALAW, 8_000, 1, 0)),
    PCMU(0x91, "pcm_mulaw", null, new SourceSound(SoundCodec.PCM_MULAW, 8_000, 1, 0)),
    MPEG4_VIDEO(0x10, "mpeg4", null, null),
    SVAC_VIDEO(0x80, "svac", null, null),
    MPEG1_SOUND(0x03, "mp2", null, null),
    MPEG2_SOUND(0x04, "mp2", null, null),
    AAC_LATM(0x11, "aac_latm", null, null),
    /** ITU-T G.722.1, which is not G.722. */
    G722_1(0x92, "g722_1", null, null),
    G723_1(0x93, "g723_1", null, null),
    G729(0x99, "g729", null, null),
    SVAC_SOUND(0x9b, "svac", null, null),
    /** Nothing has said so, or with a number that nobody knows. */
    UNKNOWN(-1, "unknown", null, null);

    private final int number;
    private final String label;
    private final VideoCodec video;
    private final SourceSound sound;

    StreamType(int number, String label, VideoCodec video, SourceSound sound) {
        this.number = number;
        this.label = label;
        this.video = video;
        this.sound = sound;
    }

    /** @param number 0 to 255 */
    public static StreamType of(int number) {
        for (StreamType type : values()) {
            if (type.number == number) {
                return type;
            }
        }
        return UNKNOWN;
    }

    /** The usual name of the codec. */
    String label() {
        return label;
    }

    /** Null of everything but video that is taken. */
    public VideoCodec video() {
        return video;
    }

    /** Null of everything but the telephone's codecs. */
    SourceSound sound() {
        return sound;
    }

    /** Video that is known and not taken. */
    boolean foreignVideo() {
        return this == MPEG4_VIDEO || this == SVAC_VIDEO;
    }
}
