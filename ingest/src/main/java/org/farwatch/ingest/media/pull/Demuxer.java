package org.farwatch.ingest.media.pull;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AAC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_HEVC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_CORRUPT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_FLAG_BACKWARD;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_seek_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;

import java.time.Duration;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.farwatch.ingest.media.AudioFormat;
import org.farwatch.ingest.media.MediaFormat;
import org.farwatch.ingest.media.MediaUnit;
import org.farwatch.ingest.media.MediaUnit.Track;
import org.farwatch.ingest.media.OfflineCause;
import org.farwatch.ingest.media.Timeline;
import org.farwatch.ingest.media.VideoCodec;
import org.farwatch.ingest.media.VideoFormat;
import org.farwatch.ingest.media.VideoFrames;

/**
 * One connection to a source, through libavformat: its frames in the order in which they come. Every native call may
 * wait for the network, up to the deadline that is set. Owned by the stream's platform thread; native memory is freed by
 * {@link #close}.
 */
final class Demuxer implements AutoCloseable {
    private static final long MICROS = 1_000_000;
    /** How much of a stream may be looked at before its first frame is given out, microseconds. */
    private static final String ANALYSE = "1000000";

    private static final String NETWORK = "rtsp,rtsps,rtp,srtp,rtmp,http,https,tls,tcp,udp,hls,crypto,httpproxy";
    /** Packets that may come without a key picture: at 25 a second with sound, some two minutes. */
    private static final int MAX_BROKEN = 10_000;

    static {
        av_log_set_level(AV_LOG_QUIET);
    }

    private final PullSource source;
    private final AVPacket packet = av_packet_alloc();
    private final Timeline timeline = new Timeline();
    private AVFormatContext context;
    private AVIOInterruptCB.Callback_Pointer interrupt;
    private volatile long deadline = Long.MAX_VALUE;
    private int videoIndex = -1;
    private int audioIndex = -1;
    private int lengthBytes = VideoFrames.START_CODES;
    private VideoFrames video;
    private AudioFormat audio;
    private String leftOutAudio;
    private int broken;
    /** What a loop adds to the times of a file, microseconds. */
    private long loopOffset;

    private long fileEnd;

    Demuxer(PullSource source) {
        this.source = source;
    }

    /** Ends any wait of this connection at once; may be called by any thread. */
    void interrupt() {
        deadline = Long.MIN_VALUE;
    }

    /** @throws PullFailure saying why there is no stream */
    void open(Duration limit) throws PullFailure {
        allow(limit);
        context = avformat_alloc_context();
        interrupt = new AVIOInterruptCB.Callback_Pointer() {
            @Override
            public int call(Pointer opaque) {
                return System.nanoTime() > deadline ? 1 : 0;
            }
        };
        context.interrupt_callback().callback(interrupt);
        AVDictionary options = new AVDictionary(null);
        av_dict_set(options, "protocol_whitelist", source.isFile() ? "file" : NETWORK, 0);
        av_dict_set(options, "rtsp_transport", source.transport() == PullSource.Transport.UDP ? "udp" : "tcp", 0);
        av_dict_set(options, "analyzeduration", ANALYSE, 0);
        av_dict_set(options, "fpsprobesize", "0", 0);
        int result = avformat_open_input(context, source.isFile() ? source.path() : source.url(), null, options);
        av_dict_free(options);
        if (result < 0) {
            // libavformat has freed the context.
            context = null;
            throw failure(result, "cannot be opened");
        }
        result = avformat_find_stream_info(context, (AVDictionary) null);
        if (result < 0) {
            throw failure(result, "tells no format");
        }
        choose();
    }

    /**
     * The next frame of picture or sound.
     *
     * @throws PullFailure when there is none, also when none comes within the limit
     */
    MediaUnit read(Duration limit) throws PullFailure {
        while (true) {
            allow(limit);
            int result = av_read_frame(context, packet);
            if (result == AVERROR_EOF && source.loop() && fileEnd > 0) {
                loopOffset = fileEnd;
                if (av_seek_frame(context, -1, 0, AVSEEK_FLAG_BACKWARD) >= 0) {
                    continue;
                }
            }
            if (result < 0) {
                throw failure(result, "gives no more");
            }
            try {
                MediaUnit unit = unit();
                if (unit != null) {
                    broken = 0;
                    return unit;
                }
                if (++broken > MAX_BROKEN) {
                    throw new PullFailure(
                            OfflineCause.NOT_VIDEO, "nothing that can be decoded in " + broken + " packets");
                }
            } finally {
                av_packet_unref(packet);
            }
        }
    }

    /** Null until all parameter sets have come. */
    MediaFormat format() {
        VideoFormat format = video.format();
        return format == null ? null : new MediaFormat(format, audio);
    }

    /** The codec of a sound that is not taken, null when none is left out. */
    String leftOutAudio() {
        return leftOutAudio;
    }

    @Override
    public void close() {
        if (context != null) {
            avformat_close_input(context);
            context = null;
        }
        av_packet_free(packet);
        if (interrupt != null) {
            interrupt.close();
        }
    }

    private void allow(Duration limit) {
        if (deadline != Long.MIN_VALUE) {
            deadline = System.nanoTime() + limit.toNanos();
        }
    }

    private void choose() throws PullFailure {
        String unsupported = null;
        for (int i = 0; i < context.nb_streams(); i++) {
            AVCodecParameters parameters = context.streams(i).codecpar();
            int type = parameters.codec_type();
            if (type == AVMEDIA_TYPE_VIDEO && videoIndex < 0) {
                switch (parameters.codec_id()) {
                    case AV_CODEC_ID_H264 -> video = begin(i, VideoCodec.H264, parameters);
                    case AV_CODEC_ID_HEVC -> video = begin(i, VideoCodec.H265, parameters);
                    default ->
                        unsupported = avcodec_get_name(parameters.codec_id()).getString();
                }
            } else if (type == AVMEDIA_TYPE_AUDIO && audioIndex < 0) {
                if (parameters.codec_id() == AV_CODEC_ID_AAC && parameters.extradata_size() >= 2) {
                    audioIndex = i;
                    audio = new AudioFormat(
                            "aac",
                            parameters.sample_rate(),
                            parameters.ch_layout().nb_channels(),
                            bytes(parameters.extradata(), parameters.extradata_size()));
                } else {
                    leftOutAudio = avcodec_get_name(parameters.codec_id()).getString();
                }
            }
        }
        if (videoIndex < 0) {
            throw unsupported == null
                    ? new PullFailure(OfflineCause.NOT_VIDEO, "has no video")
                    : new PullFailure(
                            OfflineCause.UNSUPPORTED_CODEC, "is " + unsupported + "; only H.264 and H.265 are taken");
        }
    }

    private VideoFrames begin(int index, VideoCodec codec, AVCodecParameters parameters) throws PullFailure {
        videoIndex = index;
        VideoFrames frames = new VideoFrames(codec);
        if (parameters.extradata_size() > 0) {
            byte[] configuration = bytes(parameters.extradata(), parameters.extradata_size());
            try {
                lengthBytes = VideoFrames.lengthBytes(codec, configuration);
                frames.configure(configuration);
            } catch (IllegalArgumentException e) {
                throw new PullFailure(OfflineCause.NOT_VIDEO, e.getMessage());
            }
        }
        return frames;
    }

    private MediaUnit unit() {
        int index = packet.stream_index();
        boolean isVideo = index == videoIndex;
        if (!isVideo && index != audioIndex || packet.size() <= 0 || (packet.flags() & AV_PKT_FLAG_CORRUPT) != 0) {
            return null;
        }
        long received = System.currentTimeMillis();
        AVStream stream = context.streams(index);
        long presentation = micros(packet.pts(), stream);
        long decode = micros(packet.dts(), stream);
        if (presentation == AV_NOPTS_VALUE && decode == AV_NOPTS_VALUE) {
            return null;
        }
        presentation = presentation == AV_NOPTS_VALUE ? decode : presentation;
        decode = decode == AV_NOPTS_VALUE ? presentation : decode;
        fileEnd = Math.max(fileEnd, decode + loopOffset + micros(Math.max(packet.duration(), 0), stream));
        byte[] payload = bytes(packet.data(), packet.size());
        boolean key = true;
        if (isVideo) {
            VideoFrames.Frame frame;
            try {
                frame = video.frame(payload, lengthBytes);
            } catch (IllegalArgumentException e) {
                // A frame that the network has broken; the next one may be whole.
                return null;
            }
            if (frame == null || video.format() == null) {
                return null;
            }
            payload = frame.payload();
            key = frame.key() || (packet.flags() & AV_PKT_FLAG_KEY) != 0;
        }
        Track track = isVideo ? Track.VIDEO : Track.AUDIO;
        Timeline.Placed placed = timeline.place(track, decode + loopOffset, presentation + loopOffset, received);
        return new MediaUnit(track, placed.decodeTime(), placed.presentationTime(), received, key, payload);
    }

    private static long micros(long ticks, AVStream stream) {
        if (ticks == AV_NOPTS_VALUE) {
            return AV_NOPTS_VALUE;
        }
        AVRational base = stream.time_base();
        return Math.multiplyExact(ticks, MICROS * base.num()) / base.den();
    }

    private static byte[] bytes(BytePointer pointer, int size) {
        byte[] bytes = new byte[size];
        pointer.get(bytes);
        return bytes;
    }

    private PullFailure failure(int result, String what) {
        OfflineCause cause = deadline == Long.MIN_VALUE
                ? OfflineCause.STOPPED
                : AvErrors.cause(result, System.nanoTime() > deadline);
        return new PullFailure(cause, what + ": " + AvErrors.text(result));
    }
}
