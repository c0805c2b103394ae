package org.farwatch.benchmarks.video;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;
import org.farwatch.benchmarks.process.House;

/**
 * From opening {@code WS /streams/{id}/live} until a program has the header and the first fragment, in milliseconds, at
 * random times, for cameras with a second and two between key pictures. Each join is one TCP connection, one handshake
 * with access check and line in the view log, and what the service sends then. Every tenth first picture is decoded by
 * libavcodec to prove that it is one; that time is not counted. The reference in the same run is {@code GET
 * /actuator/health} of the same service over a new connection: what connection and container cost without video.
 */
public final class JoinBenchmark {
    private static final long LIMIT_SECONDS = 20;
    private static final int PROVEN_EACH = 10;

    private JoinBenchmark() {}

    /**
     * @param secondsBetweenKeys of the camera
     * @param millis until the first fragment was there whole
     * @param request the reference
     */
    public record Result(int secondsBetweenKeys, Spread millis, Spread request) {}

    /** @param joins of each stream */
    static List<Result> run(House house, ClockServer cameras, int joins) throws IOException, InterruptedException {
        List<Result> results = new ArrayList<>();
        for (int seconds : new int[] {1, 2}) {
            String stream = house.stream("key each " + seconds + " s", cameras.url(seconds), false);
            results.add(measure(house, stream, seconds, joins));
        }
        return results;
    }

    private static Result measure(House house, String stream, int seconds, int joins)
            throws IOException, InterruptedException {
        Random random = new Random(seconds);
        List<Double> millis = new ArrayList<>();
        List<Double> requests = new ArrayList<>();
        // The first ones warm the service up and do not count.
        for (int join = -10; join < joins; join++) {
            // Any time within a group of pictures is as likely as another.
            TimeUnit.MILLISECONDS.sleep(random.nextLong(200, 400));
            double one = join(house, stream, join >= 0 && join % PROVEN_EACH == 0);
            double other = house.healthMillis();
            if (join >= 0) {
                millis.add(one);
                requests.add(other);
            }
        }
        Result result = new Result(seconds, Spread.of(millis), Spread.of(requests));
        System.out.printf(
                "first fragment, key picture each %d s: median %.0f ms, p95 %.0f, most %.0f of %d; a request %.0f ms%n",
                seconds,
                result.millis().median(),
                result.millis().p95(),
                result.millis().most(),
                joins,
                result.request().median());
        return result;
    }

    private static double join(House house, String stream, boolean prove) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            long began = System.nanoTime();
            Viewer.Picture picture = Viewer.join(http, house, stream).get(LIMIT_SECONDS, TimeUnit.SECONDS);
            double millis = (picture.at() - began) / 1e6;
            if (prove) {
                decode(picture);
            }
            return millis;
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("a viewer got no picture", e);
        }
    }

    private static void decode(Viewer.Picture picture) throws IOException {
        avutil.av_log_set_level(avutil.AV_LOG_QUIET);
        Path file = Files.createTempFile("farwatch-bench", ".mp4");
        try {
            Files.write(file, picture.header());
            Files.write(file, picture.fragment(), StandardOpenOption.APPEND);
            try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(file.toFile())) {
                grabber.start();
                Frame frame = grabber.grabImage();
                if (frame == null || frame.imageWidth != 1280) {
                    throw new IOException("the first fragment holds no picture");
                }
            }
        } finally {
            Files.delete(file);
        }
    }
}
