package org.farwatch.api.video;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.FloatPointer;

/**
 * The sound of a file, as somebody else's demuxer and decoder hear it.
 *
 * @param rate samples a second
 * @param frequency Hertz, by how often it rises through zero, its first quarter left out
 * @param longestHole seconds between two frames that belong to none
 */
record Heard(int rate, double frequency, double longestHole) {
    /** Null when the file has no sound. */
    static Heard of(byte[] bytes, Path file) throws IOException {
        AVFormatContext context = new AVFormatContext(null);
        String path = Files.write(file, bytes).toString();
        check(avformat_open_input(context, path, (AVInputFormat) null, (AVDictionary) null));
        check(avformat_find_stream_info(context, (AVDictionary) null));
        int index = 0;
        while (index < context.nb_streams() && context.streams(index).codecpar().codec_type() != AVMEDIA_TYPE_AUDIO) {
            index++;
        }
        Heard heard = index == context.nb_streams() ? null : decoded(context, index);
        avformat_close_input(context);
        return heard;
    }

    private static Heard decoded(AVFormatContext context, int index) {
        AVCodecContext decoder = avcodec_alloc_context3(
                avcodec_find_decoder(context.streams(index).codecpar().codec_id()));
        avcodec_parameters_to_context(decoder, context.streams(index).codecpar());
        check(avcodec_open2(decoder, decoder.codec(), (AVDictionary) null));
        AVPacket packet = av_packet_alloc();
        AVFrame frame = av_frame_alloc();
        float[] samples = new float[decoder.sample_rate() * 120];
        int count = 0;
        long end = Long.MIN_VALUE;
        double hole = 0;
        double tick = (double) context.streams(index).time_base().num()
                / context.streams(index).time_base().den();
        while (av_read_frame(context, packet) >= 0) {
            if (packet.stream_index() == index) {
                hole = end == Long.MIN_VALUE ? 0 : Math.max(hole, (packet.pts() - end) * tick);
                end = packet.pts() + packet.duration();
                check(avcodec_send_packet(decoder, packet));
                while (avcodec_receive_frame(decoder, frame) >= 0) {
                    new FloatPointer(frame.data(0)).get(samples, count, frame.nb_samples());
                    count += frame.nb_samples();
                }
            }
            av_packet_unref(packet);
        }
        Heard heard =
                new Heard(decoder.sample_rate(), frequency(samples, count / 4, count, decoder.sample_rate()), hole);
        av_packet_free(packet);
        av_frame_free(frame);
        avcodec_free_context(decoder);
        return heard;
    }

    private static double frequency(float[] samples, int from, int to, int rate) {
        int rises = 0;
        int first = -1;
        int last = -1;
        for (int i = from + 1; i < to; i++) {
            if (samples[i - 1] < 0 && samples[i] >= 0) {
                first = first < 0 ? i : first;
                last = i;
                rises++;
            }
        }
        return rises < 2 ? 0 : (rises - 1) * (double) rate / (last - first);
    }

    private static void check(int result) {
        if (result < 0) {
            throw new AssertionError("libavformat: " + result);
        }
    }
}
