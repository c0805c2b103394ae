package org.farwatch.benchmarks.video;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.FrameGrabber;
import org.bytedeco.javacv.FrameRecorder;

/**
 * The reference for recording: JavaCV copies packets of a camera into one MP4 file, one platform thread per stream; no
 * hash, no fragments, no index. Run as {@code Remux <folder> <url> <streams>}; prints "ready" when all run, ends with its
 * input.
 */
final class Remux {
    private Remux() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        String url = arguments[1];
        int streams = Integer.parseInt(arguments[2]);
        avutil.av_log_set_level(avutil.AV_LOG_QUIET);
        CountDownLatch running = new CountDownLatch(streams);
        for (int i = 0; i < streams; i++) {
            Path file = folder.resolve(i + ".mp4");
            Thread.ofPlatform().daemon().name("remux-" + i).start(() -> copy(url, file, running));
        }
        running.await();
        System.out.println("ready");
        // Only its end matters.
        System.in.transferTo(OutputStream.nullOutputStream());
        System.exit(0);
    }

    private static void copy(String url, Path file, CountDownLatch running) {
        try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(url)) {
            grabber.setOption("rtsp_transport", "tcp");
            grabber.start();
            try (FFmpegFrameRecorder recorder =
                    new FFmpegFrameRecorder(file.toFile(), grabber.getImageWidth(), grabber.getImageHeight(), 0)) {
                recorder.setFormat("mp4");
                recorder.start(grabber.getFormatContext());
                boolean first = true;
                for (AVPacket packet = grabber.grabPacket(); packet != null; packet = grabber.grabPacket()) {
                    recorder.recordPacket(packet);
                    if (first) {
                        running.countDown();
                        first = false;
                    }
                }
            }
        } catch (FrameGrabber.Exception | FrameRecorder.Exception e) {
            System.err.println("remux: " + e.getMessage());
            System.exit(1);
        }
    }
}
