package org.farwatch.ingest.media.pull;

import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVRational;

/** The times that libavformat says of packets, in microseconds. Owned by the stream's platform thread. */
final class Stamps {
    private static final long MICROS = 1_000_000;

    /** Stamps beyond it are none, microseconds: 36,000 years. */
    private static final long LATEST = 1L << 60;

    /** Of a picture, where the source tells none, microseconds. */
    private static final long USUAL_LENGTH = 40_000;

    /** What a loop adds to the times of a file, microseconds. */
    private long loopOffset;

    private long fileEnd;

    /** When a packet is decoded and shown. */
    record Placed(long decode, long presentation) {}

    /**
     * @param first whether it is a picture and none has been given out: of the first over RTSP libavformat tells no time
     * @return null where there is none
     */
    Placed of(AVPacket packet, AVStream stream, boolean first) {
        long presentation = micros(packet.pts(), stream);
        long decode = micros(packet.dts(), stream);
        if (presentation == AV_NOPTS_VALUE && decode == AV_NOPTS_VALUE) {
            decode = first ? beforeSecond(stream) : AV_NOPTS_VALUE;
            if (decode == AV_NOPTS_VALUE) {
                return null;
            }
        }
        presentation = presentation == AV_NOPTS_VALUE ? decode : presentation;
        decode = decode == AV_NOPTS_VALUE ? presentation : decode;
        fileEnd = Math.max(fileEnd, decode + loopOffset + Math.max(micros(packet.duration(), stream), 0));
        return new Placed(decode + loopOffset, presentation + loopOffset);
    }

    /** A file begins again, behind what it was so far. @return false when nothing has come of it */
    boolean loop() {
        loopOffset = fileEnd > 0 ? fileEnd : loopOffset;
        return fileEnd > 0;
    }

    /**
     * The time of the very first picture: one picture before the second. Without it the key picture would be lost, and
     * all up to the next one with it.
     */
    private static long beforeSecond(AVStream stream) {
        long second = micros(stream.start_time(), stream);
        if (second == AV_NOPTS_VALUE) {
            return AV_NOPTS_VALUE;
        }
        AVRational rate = stream.avg_frame_rate();
        long length = rate.num() > 0 && rate.den() > 0 ? MICROS * rate.den() / rate.num() : USUAL_LENGTH;
        return second - length;
    }

    private static long micros(long ticks, AVStream stream) {
        AVRational base = stream.time_base();
        double micros = (double) ticks * MICROS * base.num() / base.den();
        if (ticks == AV_NOPTS_VALUE || !(Math.abs(micros) < LATEST)) {
            return AV_NOPTS_VALUE;
        }
        return ticks / base.den() * base.num() * MICROS + ticks % base.den() * base.num() * MICROS / base.den();
    }
}
