package org.farwatch.vision.evaluation.composite;

import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.OpenCVFrameConverter;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/** What the things are drawn before: part of a real clip, played forwards and backwards in turns, or a drawn pavement. */
final class Backdrop {
    static final int WIDTH = 640;
    private static final int QUALITY = 97;
    private static final int PAVED_HEIGHT = 360;
    private static final int PAVED_HORIZON = 110;

    private final String name;
    private final int height;
    private final double rate;
    private final List<byte[]> jpegs;
    private int shown = -1;
    private final byte[] picture;

    private Backdrop(String name, int height, double rate, List<byte[]> jpegs) {
        this.name = name;
        this.height = height;
        this.rate = rate;
        this.jpegs = jpegs;
        picture = new byte[3 * WIDTH * height];
    }

    /** The pictures of a file between two shares of its length, 0 to 1. */
    static Backdrop of(String name, Path file, double from, double to) throws IOException {
        List<byte[]> jpegs = new ArrayList<>();
        int height = 0;
        double rate;
        try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(file.toFile());
                OpenCVFrameConverter.ToMat converter = new OpenCVFrameConverter.ToMat();
                Mat small = new Mat();
                Tripod tripod = new Tripod();
                IntPointer quality = new IntPointer(IMWRITE_JPEG_QUALITY, QUALITY)) {
            grabber.start();
            rate = grabber.getFrameRate();
            for (Frame frame = grabber.grabImage(); frame != null; frame = grabber.grabImage()) {
                Mat full = converter.convert(frame);
                height = Math.round((float) WIDTH * full.rows() / full.cols()) & ~1;
                try (Size size = new Size(WIDTH, height);
                        BytePointer jpeg = new BytePointer()) {
                    resize(full, small, size, 0, 0, full.cols() > WIDTH ? INTER_AREA : INTER_LINEAR);
                    imencode(".jpg", tripod.steadied(small), jpeg, quality);
                    byte[] bytes = new byte[(int) jpeg.limit()];
                    jpeg.get(bytes);
                    jpegs.add(bytes);
                }
            }
        }
        int count = jpegs.size();
        return new Backdrop(name, height, rate, List.copyOf(jpegs.subList((int) (from * count), (int) (to * count))));
    }

    /** A pavement of tiles with joints before a wall; nothing moves there. */
    static Backdrop paved(long seed) {
        Random random = new Random(seed);
        BufferedImage ground = new BufferedImage(WIDTH, PAVED_HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D pen = ground.createGraphics();
        int joint = 40 + random.nextInt(60);
        pen.setColor(new Color(joint, joint, joint));
        pen.fillRect(0, 0, WIDTH, PAVED_HEIGHT);
        int tile = 16 + random.nextInt(40);
        int gap = 1 + random.nextInt(2);
        for (int y = PAVED_HORIZON; y < PAVED_HEIGHT; y += tile) {
            for (int x = 0; x < WIDTH; x += tile) {
                int grey = 110 + random.nextInt(60);
                pen.setColor(new Color(grey, grey, Math.max(0, grey - random.nextInt(20))));
                pen.fillRect(x, y, tile - gap, tile - gap);
            }
        }
        for (int y = 0; y < PAVED_HORIZON; y += 12) {
            for (int x = -30; x < WIDTH; x += 30) {
                int grey = 120 + random.nextInt(30);
                pen.setColor(new Color(grey, grey * 4 / 5, grey * 3 / 4));
                pen.fillRect(x + (y / 12 % 2) * 15, y, 28, 10);
            }
        }
        pen.dispose();
        byte[] bytes = ((DataBufferByte) ground.getRaster().getDataBuffer()).getData();
        Backdrop backdrop = new Backdrop("pavement", PAVED_HEIGHT, 25, List.of());
        System.arraycopy(bytes, 0, backdrop.picture, 0, bytes.length);
        return backdrop;
    }

    String name() {
        return name;
    }

    int height() {
        return height;
    }

    /** Seconds of one way; infinite for a drawn one. */
    double seconds() {
        return jpegs.isEmpty() ? Double.POSITIVE_INFINITY : jpegs.size() / rate;
    }

    /** Blue, green, red of each pixel; valid until the next call, and not to be written to. */
    byte[] at(double seconds) {
        if (jpegs.isEmpty()) {
            return picture;
        }
        int count = jpegs.size();
        int step = (int) (seconds * rate + 1e-6) % (2 * count);
        int index = step < count ? step : 2 * count - 1 - step;
        if (index != shown) {
            shown = index;
            try (BytePointer jpeg = new BytePointer(jpegs.get(index));
                    Mat data = new Mat(jpeg, false);
                    Mat decoded = imdecode(data, IMREAD_COLOR)) {
                decoded.data().get(picture);
            }
        }
        return picture;
    }
}
