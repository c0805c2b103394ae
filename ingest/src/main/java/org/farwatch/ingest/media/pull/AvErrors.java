package org.farwatch.ingest.media.pull;

import static org.bytedeco.ffmpeg.global.avutil.AVERROR_DECODER_NOT_FOUND;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_DEMUXER_NOT_FOUND;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EXIT;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_HTTP_FORBIDDEN;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_HTTP_NOT_FOUND;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_HTTP_UNAUTHORIZED;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_INVALIDDATA;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_PROTOCOL_NOT_FOUND;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_STREAM_NOT_FOUND;
import static org.bytedeco.ffmpeg.global.avutil.AV_ERROR_MAX_STRING_SIZE;
import static org.bytedeco.ffmpeg.global.avutil.av_strerror;

import java.nio.charset.StandardCharsets;
import org.farwatch.ingest.media.OfflineCause;

/** What libavformat's error numbers mean for a stream. */
final class AvErrors {
    /** Negated numbers of Linux (errno.h). */
    private static final int ENOENT = -2;

    private static final int EIO = -5;
    private static final int EACCES = -13;
    /** Said of a container that is not among those that are taken. */
    private static final int EINVAL = -22;

    private static final int ENETUNREACH = -101;
    private static final int ECONNREFUSED = -111;
    private static final int ETIMEDOUT = -110;
    private static final int EHOSTUNREACH = -113;

    private AvErrors() {}

    /** @param late whether the deadline had passed */
    static OfflineCause cause(int error, boolean late) {
        if (late || error == AVERROR_EXIT || error == ETIMEDOUT) {
            return OfflineCause.TIMEOUT;
        }
        if (error == AVERROR_EOF) {
            return OfflineCause.ENDED;
        }
        if (error == AVERROR_HTTP_UNAUTHORIZED || error == AVERROR_HTTP_FORBIDDEN || error == EACCES) {
            return OfflineCause.UNAUTHORISED;
        }
        if (error == AVERROR_HTTP_NOT_FOUND || error == AVERROR_STREAM_NOT_FOUND || error == ENOENT) {
            return OfflineCause.NOT_FOUND;
        }
        if (error == AVERROR_INVALIDDATA
                || error == AVERROR_DEMUXER_NOT_FOUND
                || error == AVERROR_DECODER_NOT_FOUND
                || error == AVERROR_PROTOCOL_NOT_FOUND
                || error == EINVAL) {
            return OfflineCause.NOT_VIDEO;
        }
        if (error == ECONNREFUSED || error == EHOSTUNREACH || error == ENETUNREACH || error == EIO) {
            return OfflineCause.UNREACHABLE;
        }
        return OfflineCause.BROKEN;
    }

    static String text(int error) {
        byte[] text = new byte[AV_ERROR_MAX_STRING_SIZE];
        av_strerror(error, text, text.length);
        int end = 0;
        while (end < text.length && text[end] != 0) {
            end++;
        }
        return new String(text, 0, end, StandardCharsets.UTF_8);
    }
}
