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
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * A recorded file as somebody else sees it, without the recorder's own reader: its fragments by their boxes, its
 * pictures by libavformat and libavcodec.
 *
 * @param ends places in the file at which a whole fragment ends
 */
record RecordedFile(byte[] bytes, List<Integer> ends) {
    private static final int HEADER = 8;

    /**
     * What a player makes of a file.
     *
     * @param packets coded pictures in it
     * @param pictures of them decoded
     * @param broken coded pictures that the decoder refused
     */
    record Played(int packets, int pictures, int broken) {}

    static RecordedFile read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        List<Integer> ends = new ArrayList<>();
        int at = 0;
        for (Box box = Box.at(bytes, at); box != null; box = Box.at(bytes, at)) {
            at += box.size();
            if (box.type().equals("mdat")) {
                ends.add(at);
            }
        }
        return new RecordedFile(bytes, List.copyOf(ends));
    }

    int fragments() {
        return ends.size();
    }

    /** Header and whole fragments, without what follows them. */
    byte[] whole() {
        return Arrays.copyOf(bytes, ends.isEmpty() ? 0 : ends.getLast());
    }

    /** The first half of a copy of its last fragment: what a write leaves that was broken off. */
    byte[] half() {
        int from = ends.size() > 1 ? ends.get(ends.size() - 2) : 0;
        return Arrays.copyOfRange(bytes, from, from + (ends.getLast() - from) / 2);
    }

    /** Whether every whole fragment of an earlier look stands in it at the same place. */
    boolean holds(RecordedFile earlier) {
        byte[] known = earlier.whole();
        return bytes.length >= known.length && Arrays.equals(bytes, 0, known.length, known, 0, known.length);
    }

    private record Box(String type, int size) {
        /** @return null where none stands whole */
        static Box at(byte[] bytes, int at) {
            if (bytes.length - at < HEADER) {
                return null;
            }
            int size = ByteBuffer.wrap(bytes).getInt(at);
            return size < HEADER || size > bytes.length - at
                    ? null
                    : new Box(new String(bytes, at + 4, 4, StandardCharsets.US_ASCII), size);
        }
    }

    static Played play(Path file) {
        av_log_set_level(AV_LOG_QUIET);
        AVFormatContext context = new AVFormatContext(null);
        if (avformat_open_input(context, file.toString(), (AVInputFormat) null, (AVDictionary) null) < 0
                || avformat_find_stream_info(context, (AVDictionary) null) < 0) {
            throw new AssertionError(file + " is no file that libavformat reads");
        }
        int index = 0;
        while (context.streams(index).codecpar().codec_type() != AVMEDIA_TYPE_VIDEO) {
            index++;
        }
        AVCodecContext decoder = avcodec_alloc_context3(
                avcodec_find_decoder(context.streams(index).codecpar().codec_id()));
        avcodec_parameters_to_context(decoder, context.streams(index).codecpar());
        decoder.thread_count(1);
        if (avcodec_open2(decoder, decoder.codec(), (AVDictionary) null) < 0) {
            throw new AssertionError("no decoder for " + file);
        }
        AVPacket packet = av_packet_alloc();
        AVFrame picture = av_frame_alloc();
        int packets = 0;
        int pictures = 0;
        int broken = 0;
        while (av_read_frame(context, packet) >= 0) {
            if (packet.stream_index() == index) {
                packets++;
                broken += avcodec_send_packet(decoder, packet) < 0 ? 1 : 0;
                pictures += decoded(decoder, picture);
            }
            av_packet_unref(packet);
        }
        avcodec_send_packet(decoder, null);
        pictures += decoded(decoder, picture);
        av_packet_free(packet);
        av_frame_free(picture);
        avcodec_free_context(decoder);
        avformat_close_input(context);
        return new Played(packets, pictures, broken);
    }

    private static int decoded(AVCodecContext decoder, AVFrame picture) {
        int pictures = 0;
        while (avcodec_receive_frame(decoder, picture) >= 0) {
            pictures++;
        }
        return pictures;
    }
}
