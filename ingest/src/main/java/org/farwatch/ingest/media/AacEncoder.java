package org.farwatch.ingest.media;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AAC;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLTP;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;

import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Encodes AAC-LC of one channel by libavcodec's own encoder. It looks ahead: the frame that it gives out is the last but
 * one that it was given. Owned by one platform thread; {@link #close} frees the native memory.
 */
final class AacEncoder implements AutoCloseable {
    /** Samples a second. */
    static final int RATE = 16_000;

    /** Samples of a frame. */
    static final int FRAME = 1_024;

    /** Bits a second; speech of 8 kHz width needs no more. */
    private static final int BIT_RATE = 32_000;

    static {
        av_log_set_level(AV_LOG_QUIET);
    }

    private final AVCodecContext context;
    private final AVFrame frame = av_frame_alloc();
    private final AVPacket packet = av_packet_alloc();
    private long samples;

    /** @throws IllegalStateException when libavcodec has no such encoder */
    AacEncoder() {
        AVCodec codec = avcodec_find_encoder(AV_CODEC_ID_AAC);
        context = avcodec_alloc_context3(codec);
        context.sample_fmt(AV_SAMPLE_FMT_FLTP).sample_rate(RATE).bit_rate(BIT_RATE);
        context.flags(context.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
        context.time_base(new AVRational().num(1).den(RATE));
        av_channel_layout_default(context.ch_layout(), 1);
        int opened = codec == null ? -1 : avcodec_open2(context, codec, (AVDictionary) null);
        frame.format(AV_SAMPLE_FMT_FLTP).sample_rate(RATE).nb_samples(FRAME);
        av_channel_layout_default(frame.ch_layout(), 1);
        if (opened < 0 || context.frame_size() != FRAME || av_frame_get_buffer(frame, 0) < 0) {
            close();
            throw new IllegalStateException("this libavcodec encodes no AAC, error " + opened);
        }
    }

    /** AudioSpecificConfig (ISO/IEC 14496-3, 1.6.2.1). */
    byte[] configuration() {
        return bytes(context.extradata(), context.extradata_size());
    }

    /**
     * @param sound {@link #FRAME} samples from -1 to 1
     * @param out told of the encoded frame, if one is complete; one for each but the last two that were given
     */
    void encode(float[] sound, Consumer<byte[]> out) {
        check(av_frame_make_writable(frame), "write into a frame");
        new FloatPointer(frame.data(0)).put(sound, 0, FRAME);
        frame.pts(samples);
        samples += FRAME;
        check(avcodec_send_frame(context, frame), "encode");
        while (avcodec_receive_packet(context, packet) >= 0) {
            // The very first decodes to what the encoder ran in with, before the first sample.
            if (packet.pts() >= 0) {
                out.accept(bytes(packet.data(), packet.size()));
            }
            av_packet_unref(packet);
        }
    }

    /** Idempotent. */
    @Override
    public void close() {
        av_packet_free(packet);
        av_frame_free(frame);
        avcodec_free_context(context);
    }

    private static byte[] bytes(BytePointer pointer, int size) {
        byte[] bytes = new byte[size];
        pointer.get(bytes);
        return bytes;
    }

    private static void check(int result, String what) {
        if (result < 0) {
            throw new IllegalStateException("libavcodec could not " + what + " sound, error " + result);
        }
    }
}
