package org.farwatch.ingest.media;

import static org.bytedeco.ffmpeg.global.avcodec.av_new_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLTP;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_opt_set_double;
import static org.bytedeco.ffmpeg.global.swresample.swr_alloc_set_opts2;
import static org.bytedeco.ffmpeg.global.swresample.swr_convert;
import static org.bytedeco.ffmpeg.global.swresample.swr_free;
import static org.bytedeco.ffmpeg.global.swresample.swr_get_out_samples;
import static org.bytedeco.ffmpeg.global.swresample.swr_init;

import java.util.Arrays;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swresample.SwrContext;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Decodes a device's sound by libavcodec and brings it to one channel and the rate that is wanted. Owned by one platform
 * thread; {@link #close} frees the native memory.
 */
final class SoundDecoder implements AutoCloseable {
    /** Of one piece of sound: two seconds of G.711. What is longer is not sound. */
    static final int MAX_PAYLOAD = 16_384;

    private static final float[] NOTHING = {};

    private final SoundCodec source;
    private final AVCodecContext context;
    private final AVFrame frame = av_frame_alloc();
    private final AVPacket packet = av_packet_alloc();
    private final SwrContext resampler = new SwrContext(null);
    private final PointerPointer<FloatPointer> planes = new PointerPointer<>(1);
    private FloatPointer room = new FloatPointer(4_096);

    /**
     * @param rate samples a second that are wanted
     * @throws IllegalStateException when libavcodec cannot
     */
    SoundDecoder(SourceSound source, int rate) {
        this.source = source.codec();
        AVCodec codec = avcodec_find_decoder(source.codec().number());
        context = avcodec_alloc_context3(codec);
        context.sample_rate(source.sampleRate()).bits_per_coded_sample(source.bits());
        av_channel_layout_default(context.ch_layout(), source.channels());
        int opened = codec == null ? -1 : avcodec_open2(context, codec, (AVDictionary) null);
        try (AVChannelLayout mono = new AVChannelLayout()) {
            av_channel_layout_default(mono, 1);
            if (opened < 0
                    || swr_alloc_set_opts2(
                                    resampler,
                                    mono,
                                    AV_SAMPLE_FMT_FLTP,
                                    rate,
                                    context.ch_layout(),
                                    context.sample_fmt(),
                                    source.sampleRate(),
                                    0,
                                    null)
                            < 0
                    // Channels are averaged, so that two that are alike do not become too loud.
                    || av_opt_set_double(resampler, "rematrix_maxval", 1, 0) < 0
                    || swr_init(resampler) < 0) {
                close();
                throw new IllegalStateException(
                        "this libavcodec does not decode " + source.codec().label() + ", error " + opened);
            }
        }
    }

    /** @return samples from -1 to 1; none when it cannot be decoded */
    float[] decode(byte[] payload) {
        if (payload.length > MAX_PAYLOAD) {
            return NOTHING;
        }
        byte[] sound = source == SoundCodec.ADPCM_DVI4 ? Dvi4.samples(payload) : payload;
        if (sound.length == 0 || av_new_packet(packet, sound.length) < 0) {
            return NOTHING;
        }
        packet.data().put(sound);
        int sent = avcodec_send_packet(context, packet);
        av_packet_unref(packet);
        float[] decoded = NOTHING;
        while (sent >= 0 && avcodec_receive_frame(context, frame) >= 0) {
            decoded = joined(decoded, resampled());
        }
        return decoded;
    }

    /** Idempotent. */
    @Override
    public void close() {
        swr_free(resampler);
        planes.close();
        room.close();
        av_packet_free(packet);
        av_frame_free(frame);
        avcodec_free_context(context);
    }

    private float[] resampled() {
        int most = swr_get_out_samples(resampler, frame.nb_samples());
        if (most > room.capacity()) {
            room.close();
            room = new FloatPointer(most);
        }
        planes.put(0, room);
        int count = swr_convert(resampler, planes, (int) room.capacity(), frame.extended_data(), frame.nb_samples());
        float[] samples = new float[Math.max(count, 0)];
        room.get(samples);
        return samples;
    }

    private static float[] joined(float[] first, float[] second) {
        if (first.length == 0) {
            return second;
        }
        float[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
