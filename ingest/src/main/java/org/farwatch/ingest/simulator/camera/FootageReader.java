package org.farwatch.ingest.simulator.camera;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_flush_buffers;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_FLAG_BACKWARD;
import static org.bytedeco.ffmpeg.global.avformat.av_find_best_stream;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_seek_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR24;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BILINEAR;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;

import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * The pictures of a video file, from its first to its last and round again. Owned by one platform thread; {@link #close}
 * frees the native memory.
 */
final class FootageReader implements AutoCloseable {
    private static final int MAX_SIDE = 1920;

    static {
        av_log_set_level(AV_LOG_QUIET);
    }

    private final Path file;
    private final AVPacket packet = av_packet_alloc();
    private final AVFrame frame = av_frame_alloc();
    private AVFormatContext format = avformat_alloc_context();
    private AVCodecContext codec;
    private SwsContext converter;
    private BytePointer picture;
    private PointerPointer<BytePointer> planes;
    private IntPointer strides;
    private int stream;
    private int width;
    private int height;
    private int rate;

    /** @throws IOException saying why these are no pictures */
    FootageReader(Path file) throws IOException {
        this.file = file;
        try {
            open();
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private void open() throws IOException {
        if (avformat_open_input(format, file.toString(), (AVInputFormat) null, (AVDictionary) null) < 0) {
            // libavformat has freed the context.
            format = null;
            throw new IOException(file + " cannot be opened as a video");
        }
        if (avformat_find_stream_info(format, (AVDictionary) null) < 0) {
            throw new IOException(file + " tells no format");
        }
        stream = av_find_best_stream(format, AVMEDIA_TYPE_VIDEO, -1, -1, (AVCodec) null, 0);
        if (stream < 0) {
            throw new IOException(file + " has no video");
        }
        var parameters = format.streams(stream).codecpar();
        AVCodec decoder = avcodec_find_decoder(parameters.codec_id());
        if (decoder == null) {
            throw new IOException(file + " is of a codec that is not known here");
        }
        codec = avcodec_alloc_context3(decoder);
        codec.thread_count(1);
        if (avcodec_parameters_to_context(codec, parameters) < 0
                || avcodec_open2(codec, decoder, (AVDictionary) null) < 0) {
            throw new IOException(file + " cannot be decoded");
        }
        width = codec.width();
        height = codec.height();
        if (width < 16 || height < 16 || width > MAX_SIDE || height > MAX_SIDE || (width | height) % 2 != 0) {
            throw new IOException(file + " is " + width + "x" + height + "; wanted are even sizes up to " + MAX_SIDE);
        }
        AVRational frames = format.streams(stream).avg_frame_rate();
        rate = frames.den() == 0 ? 0 : Math.round((float) frames.num() / frames.den());
        if (rate < 1 || rate > 60) {
            throw new IOException(file + " has " + rate + " pictures a second; wanted are 1 to 60");
        }
        converter = sws_getContext(
                width,
                height,
                codec.pix_fmt(),
                width,
                height,
                AV_PIX_FMT_BGR24,
                SWS_BILINEAR,
                null,
                null,
                (DoublePointer) null);
        if (converter == null) {
            throw new IOException(file + " has pixels that are not known here");
        }
        picture = new BytePointer(3L * width * height);
        planes = new PointerPointer<>(4);
        planes.put(0, picture).put(1, null).put(2, null).put(3, null);
        strides = new IntPointer(3 * width, 0, 0, 0);
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    int rate() {
        return rate;
    }

    /**
     * The next picture, after the last one the first.
     *
     * @param bgr three bytes a pixel
     * @throws IllegalStateException when the file gives none any more
     */
    void next(byte[] bgr) {
        boolean rewound = false;
        while (avcodec_receive_frame(codec, frame) < 0) {
            int result = av_read_frame(format, packet);
            if (result < 0) {
                if (rewound || av_seek_frame(format, stream, 0, AVSEEK_FLAG_BACKWARD) < 0) {
                    throw new IllegalStateException(file + " gives no more pictures, error " + result);
                }
                avcodec_flush_buffers(codec);
                rewound = true;
                continue;
            }
            if (packet.stream_index() == stream) {
                // What cannot be decoded is passed over; the next picture follows.
                avcodec_send_packet(codec, packet);
            }
            av_packet_unref(packet);
        }
        sws_scale(converter, frame.data(), frame.linesize(), 0, height, planes, strides);
        picture.position(0).get(bgr);
    }

    @Override
    public void close() {
        if (format != null) {
            avformat_close_input(format);
            format = null;
        }
        if (codec != null) {
            avcodec_free_context(codec);
            codec = null;
        }
        sws_freeContext(converter);
        converter = null;
        for (Pointer memory : new Pointer[] {picture, planes, strides}) {
            if (memory != null) {
                memory.close();
            }
        }
        av_packet_free(packet);
        av_frame_free(frame);
    }
}
