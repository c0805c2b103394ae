package org.farwatch.benchmarks.video;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import java.util.Random;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * A drawn street corner by its number: textured ground, sensor noise, three figures that walk and, from the hundredth
 * picture on, a box that was put down. The same number gives the same picture.
 */
final class Scene {
    private static final int FIGURES = 3;
    private static final int PUT_DOWN = 100;
    private static final int NOISE = 7;

    private final int width;
    private final int height;
    private final byte[] ground;

    Scene(int width, int height) {
        this.width = width;
        this.height = height;
        this.ground = new byte[width * height];
        Random random = new Random(3);
        for (int i = 0; i < ground.length; i++) {
            int x = i % width;
            int y = i / width;
            ground[i] = (byte) (100 + (x / 61 + y / 43) % 3 * 18 + random.nextInt(9));
        }
    }

    /** @return a new matrix of blue, green, red, the caller's to close */
    Mat picture(int number) {
        Random random = new Random(number);
        byte[] noise = new byte[ground.length];
        random.nextBytes(noise);
        byte[] pixels = new byte[3 * ground.length];
        for (int i = 0; i < ground.length; i++) {
            int x = i % width;
            int y = i / width;
            int value = (ground[i] & 0xFF) + (noise[i] & NOISE);
            for (int figure = 0; figure < FIGURES; figure++) {
                int left = (number * (3 + figure) + figure * width / FIGURES) % width;
                if (x - left >= 0 && x - left < width / 24 && y > height / 3 && y < height * 2 / 3) {
                    value = 40 + 60 * figure + (y & 15);
                }
            }
            if (number >= PUT_DOWN && x > width / 2 && x < width * 9 / 16 && y > height * 3 / 4 && y < height * 7 / 8) {
                value = 220;
            }
            pixels[3 * i] = (byte) value;
            pixels[3 * i + 1] = (byte) (value - 5);
            pixels[3 * i + 2] = (byte) (value - 10);
        }
        Mat picture = new Mat(height, width, CV_8UC3);
        picture.data().put(pixels);
        return picture;
    }
}
