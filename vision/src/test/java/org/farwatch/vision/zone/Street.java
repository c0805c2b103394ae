package org.farwatch.vision.zone;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bytedeco.opencv.opencv_core.Mat;
import org.farwatch.vision.picture.Picture;
import org.farwatch.vision.shape.Box;

/** A generated street of 640 x 360 pixels seen by a fixed camera: pavement, a wall, things, walkers, light, shaking, noise. */
final class Street {
    static final int WIDTH = 640;
    static final int HEIGHT = 360;
    private static final int RIM = 8;

    /** A long draw of normal numbers, read from another place for each picture: drawing them anew takes most of the time. */
    private static final float[] NOISE = new float[1 << 20];

    static {
        Random random = new Random(1);
        for (int i = 0; i < NOISE.length; i++) {
            NOISE[i] = (float) random.nextGaussian();
        }
    }

    private final long seed;
    private final byte[] ground = new byte[(WIDTH + 2 * RIM) * (HEIGHT + 2 * RIM)];
    private final List<Thing> things = new ArrayList<>();
    private final List<Walker> walkers = new ArrayList<>();
    private double noise = 3;
    private double shake;
    private double lightFrom = Double.POSITIVE_INFINITY;
    private double light = 1;
    private double drift;
    private Cutout cutout;

    /** Part of a photograph that stands in the picture between two times. */
    record Cutout(byte[] bgr, int width, int height, int x, int y, double from, double to) {}

    /** A carton between two times; its face is darker or brighter than the ground by {@code contrast}. */
    record Thing(int x, int y, int width, int height, int contrast, double from, double to) {
        Box box() {
            return new Box((double) x / WIDTH, (double) y / HEIGHT, (double) width / WIDTH, (double) height / HEIGHT);
        }
    }

    /** Something tall that crosses the picture: at {@code x} at time {@code at}, with {@code speed} pixels a second. */
    private record Walker(double x, int y, double at, double speed, int shade) {}

    Street(long seed) {
        this.seed = seed;
        Random random = new Random(seed);
        int across = WIDTH + 2 * RIM;
        for (int i = 0; i < ground.length; i++) {
            int x = i % across;
            int y = i / across;
            int base =
                    y < HEIGHT / 3 ? 140 + (x / 37 % 2) * 20 - (y % 24 < 2 ? 40 : 0) : 105 + (x / 61 + y / 43) % 2 * 12;
            ground[i] = (byte) (base + random.nextInt(11) - 5);
        }
    }

    Street thing(Thing thing) {
        things.add(thing);
        return this;
    }

    Street walker(double x, int y, double at, double speed, int shade) {
        walkers.add(new Walker(x, y, at, speed, shade));
        return this;
    }

    /** Paves it anew: tiles of unlike grey with dark joints of a pixel. */
    Street tiles(int size) {
        Random random = new Random(seed);
        int across = WIDTH + 2 * RIM;
        int columns = across / size + 1;
        int[] greys = random.ints((long) columns * (HEIGHT + 2 * RIM + size) / size + columns, 120, 150)
                .toArray();
        for (int i = 0; i < ground.length; i++) {
            int x = i % across;
            int y = i / across;
            boolean joint = x % size == 0 || y % size == 0;
            ground[i] = (byte) (joint ? 50 : greys[y / size * columns + x / size]);
        }
        return this;
    }

    Street noise(double sigma) {
        noise = sigma;
        return this;
    }

    Street shake(double pixels) {
        shake = pixels;
        return this;
    }

    Street lightStep(double from, double factor) {
        lightFrom = from;
        light = factor;
        return this;
    }

    Street lightDrift(double amplitude) {
        drift = amplitude;
        return this;
    }

    Street cutout(Cutout shown) {
        cutout = shown;
        return this;
    }

    Picture at(double seconds) {
        Random random = new Random(seed * 31 + Math.round(seconds * 1000));
        int dx = (int) Math.round(shake * (2 * random.nextDouble() - 1));
        int dy = (int) Math.round(shake * (2 * random.nextDouble() - 1));
        double gain = (seconds >= lightFrom ? light : 1) * (1 + drift * Math.sin(seconds / 4));
        int across = WIDTH + 2 * RIM;
        int noiseAt = random.nextInt(NOISE.length);
        byte[] pixels = new byte[3 * WIDTH * HEIGHT];
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int worldX = x + dx;
                int worldY = y + dy;
                double value = ground[(worldY + RIM) * across + worldX + RIM] & 0xFF;
                for (Thing thing : things) {
                    if (seconds >= thing.from() && seconds < thing.to() && covers(thing, worldX, worldY)) {
                        value = 112 + thing.contrast() * ((worldY - thing.y()) * 4 / thing.height() == 1 ? 0.6 : 1);
                    }
                }
                for (Walker walker : walkers) {
                    double left = walker.x() + (seconds - walker.at()) * walker.speed();
                    if (worldX >= left && worldX < left + 26 && worldY >= walker.y() && worldY < walker.y() + 70) {
                        value = walker.shade() + (worldY - walker.y() > 35 ? 40 : 0) + (worldX - left) % 9;
                    }
                }
                byte shown = (byte) Math.clamp(
                        Math.round(value * gain + noise * NOISE[noiseAt++ & NOISE.length - 1]), 0, 255);
                int i = 3 * (y * WIDTH + x);
                pixels[i] = shown;
                pixels[i + 1] = shown;
                pixels[i + 2] = shown;
            }
        }
        if (cutout != null && seconds >= cutout.from() && seconds < cutout.to()) {
            for (int row = 0; row < cutout.height(); row++) {
                int to = 3 * ((cutout.y() + row) * WIDTH + cutout.x());
                System.arraycopy(cutout.bgr(), 3 * row * cutout.width(), pixels, to, 3 * cutout.width());
            }
        }
        Mat bgr = new Mat(HEIGHT, WIDTH, CV_8UC3);
        bgr.data().put(pixels);
        return new Picture(bgr, Math.round(seconds * 1e6));
    }

    private static boolean covers(Thing thing, int x, int y) {
        return x >= thing.x() && x < thing.x() + thing.width() && y >= thing.y() && y < thing.y() + thing.height();
    }
}
