package org.farwatch.ingest.media.pull;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AAC;

import java.util.Optional;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.farwatch.ingest.media.Adts;
import org.farwatch.ingest.media.AudioFormat;
import org.farwatch.ingest.media.MediaUnit;
import org.farwatch.ingest.media.SoundCodec;
import org.farwatch.ingest.media.SoundTranscoder;
import org.farwatch.ingest.media.SourceSound;

/**
 * The sound of a source: AAC passes as it is, the telephone's codecs become AAC. Owned by the stream's platform thread.
 */
public final class SoundTrack implements AutoCloseable {
    private final AudioFormat format;
    /** Null when the sound passes as it is. */
    private final SoundTranscoder transcoder;

    private SoundTrack(AudioFormat format, SoundTranscoder transcoder) {
        this.format = format;
        this.transcoder = transcoder;
    }

    /** Of the telephone's codecs. @throws IllegalStateException when libavcodec cannot decode it */
    public static SoundTrack of(SourceSound sound) {
        SoundTranscoder transcoder = new SoundTranscoder(sound);
        return new SoundTrack(transcoder.format(), transcoder);
    }

    /** Of AAC, which passes as it is. */
    public static SoundTrack of(AudioFormat aac) {
        return new SoundTrack(aac, null);
    }

    /** Empty when it is in a codec that is not taken, or says too little of itself. */
    static Optional<SoundTrack> of(AVCodecParameters source) {
        int rate = source.sample_rate();
        int channels = source.ch_layout().nb_channels();
        if (source.codec_id() == AV_CODEC_ID_AAC) {
            byte[] configuration = source.extradata_size() >= 2
                    ? Demuxer.bytes(source.extradata(), source.extradata_size())
                    : Adts.configuration(rate, channels);
            return configuration == null
                    ? Optional.empty()
                    : Optional.of(new SoundTrack(new AudioFormat("aac", rate, channels, configuration), null));
        }
        Optional<SoundCodec> codec = SoundCodec.of(source.codec_id());
        if (codec.isEmpty()) {
            return Optional.empty();
        }
        try {
            SoundTranscoder transcoder = new SoundTranscoder(
                    new SourceSound(codec.get(), rate, Math.max(1, channels), source.bits_per_coded_sample()));
            return Optional.of(new SoundTrack(transcoder.format(), transcoder));
        } catch (IllegalArgumentException | IllegalStateException _) {
            return Optional.empty();
        }
    }

    /** Of what is given out. */
    public AudioFormat format() {
        return format;
    }

    /** Takes a frame of the source's sound and gives out what it becomes. */
    public void sound(MediaUnit unit, Consumer<MediaUnit> out) {
        if (transcoder != null) {
            transcoder.sound(unit, out);
            return;
        }
        byte[] payload = Adts.strip(unit.payload());
        if (payload.length > 0) {
            out.accept(new MediaUnit(
                    unit.track(), unit.decodeTime(), unit.presentationTime(), unit.receiveTime(), unit.key(), payload));
        }
    }

    /** Takes notice of how far the pictures are. */
    public void picture(MediaUnit picture, Consumer<MediaUnit> out) {
        if (transcoder != null) {
            transcoder.picture(picture, out);
        }
    }

    @Override
    public void close() {
        if (transcoder != null) {
            transcoder.close();
        }
    }
}
