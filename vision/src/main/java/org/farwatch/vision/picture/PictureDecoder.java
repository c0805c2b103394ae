package org.farwatch.vision.picture;

import static org.bytedeco.ffmpeg.avutil.AVFrame.AV_FRAME_FLAG_CORRUPT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_HEVC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_INPUT_BUFFER_PADDING_SIZE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_new_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_flush_buffers;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EAGAIN;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR24;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.global.avutil.av_mallocz;
import static org.bytedeco.ffmpeg.global.avutil.av_strerror;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BILINEAR;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCachedContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.ffmpeg.swscale.SwsFilter;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Decodes one camera's pictures with libavcodec on the calling thread.
 *
 * <p>Starts at a key picture. After a picture that could not be decoded, or was decoded with damage, it waits for the next key
 * picture: a smeared background would look like things left behind. A change of codec or configuration opens the codec anew.
 *
 * <p>Owned by one platform thread (native calls pin a virtual one).
 */
public final class PictureDecoder implements AutoCloseable {
    private static final int LARGEST_PAYLOAD = 16 << 20;
    private static final byte[] START_CODE = {0, 0, 0, 1};

    static {
        // Every damaged picture would write lines to the standard error output; damage is reported as a value instead.
        av_log_set_level(AV_LOG_QUIET);
    }

    private final Consumer<? super Picture> pictures;
    private final LongPredicate wanted;
    private final AVPacket packet = av_packet_alloc();
    private final AVFrame frame = av_frame_alloc();
    private AVCodecContext context;
    private SwsContext converter;
    private VideoCodec codec;
    private byte[] configuration = {};
    private boolean awaitingKey = true;
    private boolean keyOnly;
    private long broken;
    private boolean closed;

    /**
     * @param pictures receives each picture during {@link #decode}, in presentation order, and closes it
     */
    public PictureDecoder(Consumer<? super Picture> pictures) {
        this(pictures, _ -> true);
    }

    /**
     * One that leaves some pictures out: they are decoded, as later ones build on them, but not converted, which costs as much
     * again.
     *
     * @param wanted asked with each picture's time in microseconds, in presentation order
     */
    public PictureDecoder(Consumer<? super Picture> pictures, LongPredicate wanted) {
        this.pictures = pictures;
        this.wanted = wanted;
    }

    /** Whether to decode key pictures alone; that costs a fraction. Going back takes effect at the next key picture. */
    public void keyOnly(boolean wanted) {
        awaitingKey |= keyOnly && !wanted;
        keyOnly = wanted;
    }

    /** How many pictures could not be decoded or came out damaged. */
    public long broken() {
        return broken;
    }

    /** Decodes a picture. */
    public Decoded decode(EncodedPicture picture) {
        if (closed) {
            throw new IllegalStateException("the decoder is closed");
        }
        if ((awaitingKey || keyOnly) && !picture.key()) {
            return new Decoded.Skipped();
        }
        if (picture.payload().length == 0 || picture.payload().length > LARGEST_PAYLOAD) {
            return broken("payload of " + picture.payload().length + " bytes");
        }
        boolean configured = picture.configuration().length > 0;
        byte[] payload = configured ? picture.payload() : withStartCodes(picture.payload());
        if (payload.length == 0) {
            return broken("lengths of NAL units do not fit the payload");
        }
        if (context == null || codec != picture.codec() || !Arrays.equals(configuration, picture.configuration())) {
            if (!picture.key()) {
                awaitingKey = true;
                return new Decoded.Skipped();
            }
            int opened = open(picture);
            if (opened < 0) {
                return broken("codec does not open: " + reason(opened));
            }
        }
        return decode(payload, picture);
    }

    /** Gives out the pictures that wait for later ones to come; the next one must be a key picture. */
    public void drain() {
        if (context != null) {
            avcodec_send_packet(context, (AVPacket) null);
            receive();
            avcodec_flush_buffers(context);
        }
        awaitingKey = true;
    }

    private Decoded decode(byte[] payload, EncodedPicture picture) {
        int result = av_new_packet(packet, payload.length);
        if (result < 0) {
            throw new OutOfMemoryError("packet of " + payload.length + " bytes");
        }
        packet.data().put(payload);
        packet.pts(picture.timeMicros()).dts(picture.timeMicros()).flags(picture.key() ? AV_PKT_FLAG_KEY : 0);
        result = avcodec_send_packet(context, packet);
        av_packet_unref(packet);
        if (result < 0) {
            return broken(reason(result));
        }
        awaitingKey = false;
        return receive();
    }

    private Decoded receive() {
        int given = 0;
        int result;
        while ((result = avcodec_receive_frame(context, frame)) >= 0) {
            boolean damaged = (frame.flags() & AV_FRAME_FLAG_CORRUPT) != 0 || frame.decode_error_flags() != 0;
            long time = frame.best_effort_timestamp();
            Picture decoded = damaged || !wanted.test(time) ? null : new Picture(converted(), time);
            av_frame_unref(frame);
            if (damaged) {
                return broken("decoded with damage");
            }
            if (decoded != null) {
                given++;
                pictures.accept(decoded);
            }
        }
        return result == AVERROR_EAGAIN() || result == AVERROR_EOF ? new Decoded.Taken(given) : broken(reason(result));
    }

    private Decoded.Broken broken(String reason) {
        broken++;
        awaitingKey = true;
        return new Decoded.Broken(reason);
    }

    private Mat converted() {
        int width = frame.width();
        int height = frame.height();
        converter = sws_getCachedContext(
                converter,
                width,
                height,
                frame.format(),
                width,
                height,
                AV_PIX_FMT_BGR24,
                SWS_BILINEAR,
                (SwsFilter) null,
                (SwsFilter) null,
                (DoublePointer) null);
        if (converter == null) {
            throw new IllegalStateException("no conversion from pixel format " + frame.format());
        }
        Mat bgr = new Mat(height, width, CV_8UC3);
        try (PointerPointer<BytePointer> planes = new PointerPointer<>(bgr.data(), null, null, null);
                IntPointer strides = new IntPointer((int) bgr.step(), 0, 0, 0)) {
            sws_scale(converter, frame.data(), frame.linesize(), 0, height, planes, strides);
        }
        return bgr;
    }

    private int open(EncodedPicture picture) {
        freeContext();
        var found = avcodec_find_decoder(
                switch (picture.codec()) {
                    case H264 -> AV_CODEC_ID_H264;
                    case H265 -> AV_CODEC_ID_HEVC;
                });
        context = avcodec_alloc_context3(found);
        context.thread_count(1);
        context.pkt_timebase().num(1).den(1_000_000);
        byte[] record = picture.configuration();
        if (record.length > 0) {
            BytePointer extra =
                    new BytePointer(av_mallocz(record.length + AV_INPUT_BUFFER_PADDING_SIZE)).capacity(record.length);
            extra.put(record);
            // The context frees it.
            context.extradata(extra).extradata_size(record.length);
        }
        codec = picture.codec();
        configuration = record;
        int result = avcodec_open2(context, found, (AVDictionary) null);
        if (result < 0) {
            freeContext();
        }
        return result;
    }

    /** Lengths replaced by start codes, which a decoder without a configuration expects; empty when they do not fit. */
    private static byte[] withStartCodes(byte[] payload) {
        byte[] marked = payload.clone();
        int at = 0;
        while (at + 4 <= marked.length) {
            int length = (payload[at] & 0xFF) << 24
                    | (payload[at + 1] & 0xFF) << 16
                    | (payload[at + 2] & 0xFF) << 8
                    | payload[at + 3] & 0xFF;
            if (length <= 0 || length > marked.length - at - 4) {
                return new byte[0];
            }
            System.arraycopy(START_CODE, 0, marked, at, 4);
            at += 4 + length;
        }
        return at == marked.length ? marked : new byte[0];
    }

    private static String reason(int error) {
        byte[] text = new byte[256];
        av_strerror(error, text, text.length);
        int end = 0;
        while (end < text.length && text[end] != 0) {
            end++;
        }
        return new String(text, 0, end, StandardCharsets.UTF_8);
    }

    private void freeContext() {
        if (context != null) {
            avcodec_free_context(context);
            context = null;
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            freeContext();
            sws_freeContext(converter);
            av_frame_free(frame);
            av_packet_free(packet);
        }
    }
}
