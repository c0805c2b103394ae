package org.farwatch.vision.evaluation.composite;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_ERROR;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.OpenCVFrameConverter;
import org.bytedeco.opencv.opencv_core.Mat;
import org.farwatch.vision.evaluation.Truth;
import org.farwatch.vision.shape.Box;

/** Writes composited clips and their truth: {@code Compose FOLDER FOOTAGE VTEST SEED...}, seeds from 101 on with the other backdrops. */
public final class Compose {
    private static final long REPORTING = 101;
    private static final String HALL = "HallAndMonitor";
    private static final String PAVEMENT = "pavement";
    private static final double CASE_FROM = 5.3;

    private Compose() {}

    /**
     * @param arguments folder for the clips, folder of footage, {@code vtest.avi}, seeds
     * @throws IOException when a file cannot be read or written
     */
    public static void main(String[] arguments) throws IOException {
        av_log_set_level(AV_LOG_ERROR);
        Path folder = Path.of(arguments[0]);
        Path footage = Path.of(arguments[1]);
        Path vtest = Path.of(arguments[2]);
        Files.createDirectories(folder);
        Map<String, Backdrop> loaded = new HashMap<>();
        for (String argument : List.of(arguments).subList(3, arguments.length)) {
            long seed = Long.parseLong(argument);
            String name = backdrop(seed);
            if (!loaded.containsKey(name)) {
                loaded.put(name, load(name, footage, vtest));
            }
            Backdrop backdrop = PAVEMENT.equals(name) ? Backdrop.paved(seed) : loaded.get(name);
            Truth truth = compose(seed, backdrop, folder);
            System.out.println("seed " + seed + ", " + backdrop.name() + ": "
                    + truth.events().size() + " events");
        }
    }

    private static String backdrop(long seed) {
        boolean reporting = seed >= REPORTING;
        return switch ((int) (seed % 5)) {
            case 0, 2 -> reporting ? HALL : "road";
            case 1, 3 -> reporting ? "vtest-second-half" : "vtest-first-half";
            default -> PAVEMENT;
        };
    }

    private static Backdrop load(String name, Path footage, Path vtest) throws IOException {
        return switch (name) {
            case HALL -> Backdrop.of(name, footage.resolve("HallAndMonitor/input_25fps.mp4"), 0, 1);
            case "road" -> Backdrop.of(name, footage.resolve("road_768x432.mp4"), 0, 1);
            case "vtest-first-half" -> Backdrop.of(name, vtest, 0, 0.5);
            case "vtest-second-half" -> Backdrop.of(name, vtest, 0.5, 1);
            default -> Backdrop.paved(0);
        };
    }

    /**
     * Writes {@code seed-N.mp4} and {@code seed-N.json}.
     *
     * @throws IOException when a file cannot be written
     */
    static Truth compose(long seed, Backdrop backdrop, Path folder) throws IOException {
        Plan plan = Plan.drawn(seed, backdrop);
        Canvas canvas = new Canvas(plan, backdrop);
        String name = "seed-" + seed;
        int height = backdrop.height();
        try (FFmpegFrameRecorder recorder =
                        new FFmpegFrameRecorder(folder.resolve(name + ".mp4").toFile(), Backdrop.WIDTH, height);
                OpenCVFrameConverter.ToMat converter = new OpenCVFrameConverter.ToMat();
                Mat picture = new Mat(height, Backdrop.WIDTH, CV_8UC3)) {
            recorder.setFormat("mp4");
            recorder.setVideoCodec(AV_CODEC_ID_H264);
            recorder.setVideoCodecName("libopenh264");
            recorder.setPixelFormat(AV_PIX_FMT_YUV420P);
            recorder.setFrameRate(plan.rate());
            recorder.setVideoBitrate(plan.bitRate());
            recorder.setGopSize((int) (2 * plan.rate()));
            recorder.start();
            for (int i = 0; i < plan.seconds() * plan.rate(); i++) {
                double time = i / plan.rate();
                if (time >= plan.cutFrom() && time < plan.cutTo()) {
                    continue;
                }
                picture.data().put(canvas.at(time));
                recorder.setTimestamp(Math.round(time * 1e6));
                recorder.record(converter.convert(picture));
            }
            recorder.stop();
        }
        List<Truth.Event> events = new ArrayList<>(plan.events());
        if (HALL.equals(backdrop.name())) {
            events.addAll(briefcase(plan, backdrop));
        }
        Truth truth = new Truth(name + ".mp4", plan.dwell(), events, plan.distractors());
        truth.write(folder.resolve(name + ".json"));
        return truth;
    }

    /** The case that is left in the footage itself; as the clip runs forwards and backwards, it is taken up again. */
    private static List<Truth.Event> briefcase(Plan plan, Backdrop backdrop) {
        Box box = new Box(108 / 352.0, 132 / 240.0, 25 / 352.0, 9 / 240.0);
        double both = 2 * backdrop.seconds();
        List<Truth.Event> events = new ArrayList<>();
        for (double start = 0; start + CASE_FROM + 2 * plan.dwell() < plan.seconds(); start += both) {
            double from = start + CASE_FROM;
            double to = start + both - CASE_FROM;
            boolean cut = plan.cutFrom() < to && plan.cutTo() > from;
            if (!cut) {
                events.add(new Truth.Event(
                        "clutter",
                        from,
                        to >= plan.seconds() ? Double.POSITIVE_INFINITY : to,
                        box,
                        "briefcase of the clip"));
            }
        }
        return events;
    }
}
