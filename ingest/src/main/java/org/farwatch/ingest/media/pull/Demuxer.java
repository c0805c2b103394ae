package org.farwatch.ingest.media.pull;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_HEVC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_PRFT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_CORRUPT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_get_side_data;
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
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EXIT;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avcodec.AVProducerReferenceTime;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.SizeTPointer;
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
final class Demuxer implements Connection {
    /** How much of a stream may be looked at before its first frame is given out, microseconds. */
    private static final String ANALYSE = "1000000";

    private static final String NETWORK = "rtsp,rtsps,rtp,srtp,rtmp,http,https,tls,tcp,udp,hls,crypto,httpproxy";
    /** Containers that hold pictures and nothing else; no play lists, which would name other files. */
    private static final String CONTAINERS = "mov,mp4,m4a,3gp,avi,mpeg,mpegts,matroska,webm,flv,live_flv,h264,hevc";

    /** What a network may send beside: among them what is named in the refusal of what is not taken. */
    private static final String SENT = CONTAINERS + ",rtsp,rtp,sdp,hls,aac,mp3,mpjpeg,jpeg_pipe,png_pipe";

    /** Packets of pictures that may come and be of no use: at 25 a second, a minute. */
    private static final int MAX_BROKEN = 1_500;

    static {
        av_log_set_level(AV_LOG_QUIET);
        // Would lead past the relay for the hosts in it.
        NativeCallbacks.unset("no_proxy");
    }

    private final PullSource source;
    private final AVPacket packet = av_packet_alloc();
    private final Timeline timeline = new Timeline();
    private AVFormatContext context;
    private long watched;
    /** Null before it is opened. */
    private Reach reach;

    private volatile boolean interrupted;
    private volatile long deadline;
    /** When the last packet of pictures came, less what the caller did meanwhile, {@link System#nanoTime}. */
    private long pictureAt;

    private long returnedAt;
    /** A deadline has passed in vain: what is still given out had come before. */
    private boolean vain;

    private long lastReceived;
    private int videoIndex = -1;
    private int audioIndex = -1;
    private int lengthBytes = VideoFrames.START_CODES;
    private VideoFrames video;
    private SoundTrack sound;
    /** Frames that are complete and not asked for yet; what one packet makes. */
    private final Deque<MediaUnit> ready = new ArrayDeque<>();

    private final CameraClock clock = new CameraClock();
    private final Stamps stamps = new Stamps();
    private final SizeTPointer sideBytes = new SizeTPointer(1);
    private String leftOutSound;
    private int broken;
    /** Whether a picture has been given out. */
    private boolean begun;

    Demuxer(PullSource source) {
        this.source = source;
    }

    @Override
    public void interrupt() {
        interrupted = true;
    }

    @Override
    public void open(Duration limit) throws PullFailure {
        deadline = System.nanoTime() + limit.toNanos();
        context = avformat_alloc_context();
        reach = new Reach(source);
        watched = NativeCallbacks.watch(context, () -> late() || reach.strays(context));
        AVDictionary options = new AVDictionary(null);
        av_dict_set(options, "protocol_whitelist", source.isFile() ? "file" : NETWORK, 0);
        av_dict_set(options, "format_whitelist", source.isFile() ? CONTAINERS : SENT, 0);
        if (reach.proxy() != null) {
            av_dict_set(options, "http_proxy", reach.proxy(), 0);
        }
        switch (source.transport()) {
            case TCP -> {
                av_dict_set(options, "rtsp_transport", "tcp+udp", 0);
                av_dict_set(options, "rtsp_flags", "prefer_tcp", 0);
            }
            case UDP -> av_dict_set(options, "rtsp_transport", "udp", 0);
        }
        av_dict_set(options, "analyzeduration", ANALYSE, 0);
        av_dict_set(options, "fpsprobesize", "0", 0);
        reach.opening(true);
        int result = avformat_open_input(context, source.isFile() ? source.path() : source.url(), null, options);
        reach.opening(false);
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
        pictureAt = System.nanoTime();
        returnedAt = pictureAt;
    }

    @Override
    public MediaUnit read(Duration limit) throws PullFailure {
        pictureAt += System.nanoTime() - returnedAt;
        while (ready.isEmpty()) {
            deadline = pictureAt + limit.toNanos();
            int result = late() ? AVERROR_EXIT : av_read_frame(context, packet);
            // After a wait in vain libavformat gives out the frame it held back, as at the end of a stream.
            vain |= late();
            if (result == AVERROR_EOF
                    && source.loop()
                    && stamps.loop()
                    && av_seek_frame(context, -1, 0, AVSEEK_FLAG_BACKWARD) >= 0) {
                continue;
            }
            if (result < 0) {
                throw failure(result, "gives no more");
            }
            try {
                take();
            } finally {
                av_packet_unref(packet);
            }
            if (broken > MAX_BROKEN) {
                throw video.format() == null
                        ? new PullFailure(
                                OfflineCause.NO_KEY_PICTURE, "no parameter sets in " + broken + " packets of pictures")
                        : new PullFailure(
                                OfflineCause.NOT_VIDEO, "nothing that can be decoded in " + broken + " packets");
            }
        }
        returnedAt = System.nanoTime();
        return ready.remove();
    }

    @Override
    public MediaFormat format() {
        VideoFormat format = video.format();
        return format == null ? null : new MediaFormat(format, sound == null ? null : sound.format());
    }

    @Override
    public String leftOutSound() {
        return leftOutSound;
    }

    @Override
    public OptionalLong clockOffset() {
        return clock.offset();
    }

    @Override
    public void close() {
        if (context != null) {
            avformat_close_input(context);
            context = null;
        }
        if (sound != null) {
            sound.close();
        }
        av_packet_free(packet);
        sideBytes.close();
        NativeCallbacks.forget(watched);
        if (reach != null) {
            reach.close();
        }
    }

    private boolean late() {
        return interrupted || System.nanoTime() - deadline > 0;
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
                Optional<SoundTrack> taken = SoundTrack.of(parameters);
                if (taken.isPresent()) {
                    audioIndex = i;
                    sound = taken.get();
                } else {
                    leftOutSound = avcodec_get_name(parameters.codec_id()).getString();
                }
            }
        }
        if (videoIndex < 0) {
            throw noVideo(unsupported);
        }
    }

    /** @param codec of what was found in place of video, null when nothing was */
    private PullFailure noVideo(String codec) {
        if (codec == null) {
            return new PullFailure(OfflineCause.NOT_VIDEO, "has no video");
        }
        return context.iformat().name().getString().endsWith("_pipe")
                ? new PullFailure(OfflineCause.NOT_VIDEO, "is a picture (" + codec + "), no video")
                : new PullFailure(OfflineCause.UNSUPPORTED_CODEC, "is " + codec + "; only H.264 and H.265 are taken");
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

    /** Makes frames of the packet, if it holds any that can be used. */
    private void take() {
        int index = packet.stream_index();
        boolean isVideo = index == videoIndex;
        if (isVideo) {
            pictureAt = vain ? pictureAt : System.nanoTime();
            broken++;
        }
        if (!isVideo && index != audioIndex || packet.size() <= 0 || (packet.flags() & AV_PKT_FLAG_CORRUPT) != 0) {
            return;
        }
        Stamps.Placed stamp = stamps.of(packet, context.streams(index), isVideo && !begun);
        if (stamp == null) {
            return;
        }
        byte[] payload = bytes(packet.data(), packet.size());
        if (isVideo) {
            picture(payload, stamp);
        } else if (video.format() != null) {
            sound.sound(placed(Track.AUDIO, stamp, true, payload), ready::add);
        }
    }

    private void picture(byte[] payload, Stamps.Placed stamp) {
        VideoFrames.Frame frame;
        try {
            frame = video.frame(payload, lengthBytes);
        } catch (IllegalArgumentException _) {
            // A frame that the network has broken; the next one may be whole.
            return;
        }
        if (frame == null || video.format() == null) {
            return;
        }
        broken = 0;
        begun = true;
        boolean key = frame.key() || (packet.flags() & AV_PKT_FLAG_KEY) != 0;
        MediaUnit unit = placed(Track.VIDEO, stamp, key, frame.payload());
        readClock(unit.receiveTime());
        ready.add(unit);
        if (sound != null) {
            sound.picture(unit, ready::add);
        }
    }

    /** Of RTSP, libavformat says with each packet what the sender's reports make of its time. */
    private void readClock(long received) {
        if (vain || source.isFile() || !clock.due(received)) {
            return;
        }
        BytePointer data = av_packet_get_side_data(packet, AV_PKT_DATA_PRFT, sideBytes);
        if (data != null && !data.isNull()) {
            clock.take(new AVProducerReferenceTime(data).wallclock() / 1_000, received);
        }
    }

    private MediaUnit placed(Track track, Stamps.Placed stamp, boolean key, byte[] payload) {
        long received = vain && lastReceived > 0 ? lastReceived : System.currentTimeMillis();
        lastReceived = received;
        Timeline.Placed placed = timeline.place(track, stamp.decode(), stamp.presentation(), received);
        return new MediaUnit(track, placed.decodeTime(), placed.presentationTime(), received, key, payload);
    }

    static byte[] bytes(BytePointer pointer, int size) {
        byte[] bytes = new byte[size];
        pointer.get(bytes);
        return bytes;
    }

    private PullFailure failure(int result, String what) {
        String obstacle = reach.obstacle();
        if (obstacle != null && !interrupted) {
            return new PullFailure(OfflineCause.UNREACHABLE, what + ": " + obstacle);
        }
        OfflineCause cause = interrupted ? OfflineCause.STOPPED : AvErrors.cause(result, late());
        return new PullFailure(cause, what + ": " + AvErrors.text(result));
    }
}
