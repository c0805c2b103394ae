package org.farwatch.ingest.simulator;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_I;
import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_NONE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BILINEAR;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;
import org.farwatch.ingest.media.MediaFormat;
import org.farwatch.ingest.media.MediaUnit;
import org.farwatch.ingest.media.VideoCodec;
import org.farwatch.ingest.media.VideoFrames;

/**
 * A simulated camera's encoder: drawn pictures become H.264 (OpenH264 through libavcodec), one key picture a second.
 * Owned by one thread; {@link #close} frees the native memory.
 */
public final class SceneEncoder implements AutoCloseable {
    private static final long MICROS = 1_000_000;

    static {
        av_log_set_level(AV_LOG_QUIET);
    }

    private final int width;
    private final int height;
    private final int rate;
    private final VideoFrames frames = new VideoFrames(VideoCodec.H264);
    private final AVCodecContext context;
    private final AVFrame frame = av_frame_alloc();
    private final AVPacket packet = av_packet_alloc();
    private final SwsContext scaler;
    private final BytePointer picture;
    /** libswscale reads four planes, whatever the format has. */
    private final PointerPointer<BytePointer> planes = new PointerPointer<>(4);

    private final IntPointer strides;
    private long number;
    private boolean keyWanted;

    /**
     * @param width of the pictures in pixels, even
     * @param height of the pictures in pixels, even
     * @param rate pictures a second
     * @param bitRate bits a second
     * @throws IllegalStateException when libavcodec has no such encoder
     */
    public SceneEncoder(int width, int height, int rate, int bitRate) {
        this.width = width;
        this.height = height;
        this.rate = rate;
        AVCodec codec = avcodec_find_encoder_by_name("libopenh264");
        if (codec == null) {
            throw new IllegalStateException("this libavcodec has no encoder libopenh264");
        }
        context = avcodec_alloc_context3(codec);
        context.width(width)
                .height(height)
                .pix_fmt(AV_PIX_FMT_YUV420P)
                .gop_size(rate)
                .bit_rate(bitRate)
                .max_b_frames(0);
        context.time_base(new AVRational().num(1).den(rate));
        context.framerate(new AVRational().num(rate).den(1));
        check(avcodec_open2(context, codec, (AVDictionary) null), "open the encoder");
        frame.width(width).height(height).format(AV_PIX_FMT_YUV420P);
        check(av_frame_get_buffer(frame, 0), "reserve a picture");
        scaler = sws_getContext(
                width,
                height,
                AV_PIX_FMT_BGR24,
                width,
                height,
                AV_PIX_FMT_YUV420P,
                SWS_BILINEAR,
                null,
                null,
                (DoublePointer) null);
        picture = new BytePointer(3L * width * height);
        planes.put(0, picture).put(1, null).put(2, null).put(3, null);
        strides = new IntPointer(3 * width, 0, 0, 0);
    }

    /** Makes the next picture a key picture: somebody begins to watch. */
    public void wantKey() {
        keyWanted = true;
    }

    /**
     * Encodes the next picture; its times follow from its number, its receive time is given.
     *
     * @param drawn of the encoder's size, {@link BufferedImage#TYPE_3BYTE_BGR}
     * @param receiveTime milliseconds since 1970 UTC
     */
    public MediaUnit encode(BufferedImage drawn, long receiveTime) {
        if (drawn.getWidth() != width
                || drawn.getHeight() != height
                || drawn.getType() != BufferedImage.TYPE_3BYTE_BGR) {
            throw new IllegalArgumentException("picture must be " + width + "x" + height + " in 3-byte BGR");
        }
        picture.put(((DataBufferByte) drawn.getRaster().getDataBuffer()).getData());
        check(av_frame_make_writable(frame), "write into the picture");
        sws_scale(scaler, planes, strides, 0, height, frame.data(), frame.linesize());
        frame.pts(number).pict_type(keyWanted ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE);
        keyWanted = false;
        check(avcodec_send_frame(context, frame), "encode a picture");
        check(avcodec_receive_packet(context, packet), "take an encoded picture");
        byte[] encoded = new byte[packet.size()];
        packet.data().get(encoded);
        boolean key = (packet.flags() & AV_PKT_FLAG_KEY) != 0;
        av_packet_unref(packet);
        VideoFrames.Frame unit = frames.frame(encoded, VideoFrames.START_CODES);
        long time = number++ * MICROS / rate;
        return new MediaUnit(MediaUnit.Track.VIDEO, time, time, receiveTime, key, unit.payload());
    }

    /** Known after the first picture. */
    public MediaFormat format() {
        return new MediaFormat(frames.format(), null);
    }

    @Override
    public void close() {
        sws_freeContext(scaler);
        planes.close();
        strides.close();
        picture.close();
        av_packet_free(packet);
        av_frame_free(frame);
        avcodec_free_context(context);
    }

    private static void check(int result, String what) {
        if (result < 0) {
            throw new IllegalStateException("libavcodec could not " + what + ", error " + result);
        }
    }
}
