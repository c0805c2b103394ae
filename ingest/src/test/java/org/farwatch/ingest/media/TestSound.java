package org.farwatch.ingest.media;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AAC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_INPUT_BUFFER_PADDING_SIZE;
import static org.bytedeco.ffmpeg.global.avcodec.av_new_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S16;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;
import static org.bytedeco.ffmpeg.global.avutil.av_mallocz;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongToDoubleFunction;
import java.util.stream.IntStream;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.ShortPointer;

/** Makes a device's sound for tests and listens to AAC, by libavcodec. */
public final class TestSound {
    private TestSound() {}

    /**
     * Codes sound in pieces of 20 ms.
     *
     * @param wave value from -1 to 1 at a sample's number
     */
    public static List<byte[]> coded(SourceSound source, int pieces, LongToDoubleFunction wave) {
        AVCodecContext context =
                avcodec_alloc_context3(avcodec_find_encoder(source.codec().number()));
        context.sample_fmt(AV_SAMPLE_FMT_S16)
                .sample_rate(source.sampleRate())
                .bits_per_coded_sample(source.bits())
                .bit_rate((long) source.sampleRate() * source.bits());
        context.time_base(new AVRational().num(1).den(source.sampleRate()));
        av_channel_layout_default(context.ch_layout(), source.channels());
        check(avcodec_open2(context, context.codec(), (AVDictionary) null));
        int samples = context.frame_size() > 0 ? context.frame_size() : source.sampleRate() / 50;
        int all = source.sampleRate() / 50 * pieces;
        AVFrame frame = av_frame_alloc();
        AVPacket packet = av_packet_alloc();
        ByteArrayOutputStream coded = new ByteArrayOutputStream();
        for (int at = 0; at < all; at += samples) {
            short[] values = new short[Math.min(samples, all - at) * source.channels()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (short) (32_000 * wave.applyAsDouble(at + i / source.channels()));
            }
            frame.format(AV_SAMPLE_FMT_S16)
                    .sample_rate(source.sampleRate())
                    .nb_samples(values.length / source.channels())
                    .pts(at);
            av_channel_layout_default(frame.ch_layout(), source.channels());
            check(av_frame_get_buffer(frame, 0));
            new ShortPointer(frame.data(0)).put(values, 0, values.length);
            check(avcodec_send_frame(context, frame));
            take(context, packet, coded);
            av_frame_unref(frame);
        }
        check(avcodec_send_frame(context, null));
        take(context, packet, coded);
        av_packet_free(packet);
        av_frame_free(frame);
        avcodec_free_context(context);
        byte[] bytes = coded.toByteArray();
        int piece = bytes.length / pieces;
        return IntStream.range(0, pieces)
                .mapToObj(i -> Arrays.copyOfRange(bytes, i * piece, (i + 1) * piece))
                .toList();
    }

    private static void take(AVCodecContext context, AVPacket packet, ByteArrayOutputStream coded) {
        while (avcodec_receive_packet(context, packet) >= 0) {
            byte[] bytes = new byte[packet.size()];
            packet.data().get(bytes);
            coded.writeBytes(bytes);
            av_packet_unref(packet);
        }
    }

    /** What is heard of AAC frames, as long as their decoder says: 1,024 samples each. */
    public static float[] heard(AudioFormat format, List<byte[]> frames) {
        AVCodecContext context = avcodec_alloc_context3(avcodec_find_decoder(AV_CODEC_ID_AAC));
        byte[] configuration = format.configuration();
        BytePointer extradata = new BytePointer(av_mallocz(configuration.length + AV_INPUT_BUFFER_PADDING_SIZE));
        extradata.put(configuration);
        context.extradata(extradata).extradata_size(configuration.length);
        context.sample_rate(format.sampleRate());
        check(avcodec_open2(context, context.codec(), (AVDictionary) null));
        AVFrame frame = av_frame_alloc();
        AVPacket packet = av_packet_alloc();
        float[] heard = new float[frames.size() * 1_024];
        int at = 0;
        for (byte[] bytes : frames) {
            check(av_new_packet(packet, bytes.length));
            packet.data().put(bytes);
            check(avcodec_send_packet(context, packet));
            av_packet_unref(packet);
            while (avcodec_receive_frame(context, frame) >= 0) {
                new FloatPointer(frame.data(0)).get(heard, at, frame.nb_samples());
                at += frame.nb_samples();
            }
        }
        av_packet_free(packet);
        av_frame_free(frame);
        avcodec_free_context(context);
        if (at != heard.length) {
            throw new AssertionError(at + " samples of " + frames.size() + " frames");
        }
        return heard;
    }

    /** Hertz, by how often it rises through zero. */
    public static double frequency(float[] sound, int from, int to, int rate) {
        int rises = 0;
        int first = -1;
        int last = -1;
        for (int i = from + 1; i < to; i++) {
            if (sound[i - 1] < 0 && sound[i] >= 0) {
                first = first < 0 ? i : first;
                last = i;
                rises++;
            }
        }
        return rises < 2 ? 0 : (rises - 1) * (double) rate / (last - first);
    }

    /** Root of the mean square. */
    public static double loudness(float[] sound, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += sound[i] * sound[i];
        }
        return Math.sqrt(sum / (to - from));
    }

    private static void check(int result) {
        if (result < 0) {
            throw new AssertionError("libavcodec: " + result);
        }
    }
}
