package org.farwatch.vision.evaluation.composite;

import java.awt.Rectangle;
import java.util.Random;

/** Draws a plan's pictures. Owned by one thread. */
final class Canvas {
    private static final int WIDTH = Backdrop.WIDTH;
    private static final double SHADOW = 0.72;
    private static final int NOISES = 1 << 20;

    private final Plan plan;
    private final Backdrop backdrop;
    private final int height;
    private final byte[] scene;
    private final byte[] seen;
    private final float[] noise = new float[NOISES];

    Canvas(Plan plan, Backdrop backdrop) {
        this.plan = plan;
        this.backdrop = backdrop;
        height = backdrop.height();
        scene = new byte[3 * WIDTH * height];
        seen = new byte[scene.length];
        Random random = new Random(plan.seed());
        for (int i = 0; i < NOISES; i++) {
            noise[i] = (float) (plan.air().noise() * random.nextGaussian());
        }
    }

    /** Blue, green, red of each pixel at a time; valid until the next call. */
    byte[] at(double time) {
        Random random = new Random(plan.seed() * 31 + Math.round(time * 1000));
        System.arraycopy(backdrop.at(time), 0, scene, 0, scene.length);
        for (Rectangle tree : plan.trees()) {
            sway(tree, time);
        }
        for (Plan.Opening door : plan.doors()) {
            if (time >= door.from() && time < door.to()) {
                darken(door.place(), 0.35);
            }
        }
        for (Piece piece : plan.pieces()) {
            if (piece.track().shown(time)) {
                int x = (int) Math.round(piece.track().at(time));
                shadow(piece.cutout(), x, piece.top());
                draw(piece.cutout(), x, piece.top());
            }
        }
        rain(random);
        expose(time, random);
        return seen;
    }

    private void sway(Rectangle tree, double time) {
        byte[] from = backdrop.at(time);
        for (int y = tree.y; y < tree.y + tree.height; y++) {
            int by = (int) Math.round(3.5 * Math.sin(2 * Math.PI * time / 1.7 + y / 15.0));
            for (int x = tree.x; x < tree.x + tree.width; x++) {
                int to = 3 * (y * WIDTH + x);
                int at = 3 * (y * WIDTH + Math.clamp(x + by, 0, WIDTH - 1));
                // Leaves: the ground's own structure, made stronger.
                int leaf = ((x + by) * 7 ^ y * 13) % 23 < 9 ? -40 : 10;
                for (int c = 0; c < 3; c++) {
                    scene[to + c] = (byte) Math.clamp((from[at + c] & 0xFF) + leaf, 0, 255);
                }
            }
        }
    }

    private void darken(Rectangle place, double factor) {
        for (int y = place.y; y < place.y + place.height; y++) {
            for (int i = 3 * (y * WIDTH + place.x); i < 3 * (y * WIDTH + place.x + place.width); i++) {
                scene[i] = (byte) ((scene[i] & 0xFF) * factor);
            }
        }
    }

    /** A flat ellipse at the foot, to the right. */
    private void shadow(Cutout cutout, int left, int top) {
        double halfWidth = cutout.width() * 0.5 + cutout.height() * 0.1;
        double halfHeight = Math.max(1, cutout.height() * 0.07);
        double middleX = left + cutout.width() * 0.5 + cutout.height() * 0.1;
        double middleY = top + cutout.height() - halfHeight / 2;
        for (int y = (int) Math.max(0, middleY - halfHeight); y < Math.min(height, middleY + halfHeight); y++) {
            for (int x = (int) Math.max(0, middleX - halfWidth); x < Math.min(WIDTH, middleX + halfWidth); x++) {
                double far = Math.hypot((x - middleX) / halfWidth, (y - middleY) / halfHeight);
                double factor = far >= 1 ? 1 : SHADOW + (1 - SHADOW) * far * far;
                int i = 3 * (y * WIDTH + x);
                for (int c = 0; c < 3; c++) {
                    scene[i + c] = (byte) ((scene[i + c] & 0xFF) * factor);
                }
            }
        }
    }

    private void draw(Cutout cutout, int left, int top) {
        for (int row = Math.max(0, -top); row < Math.min(cutout.height(), height - top); row++) {
            for (int column = Math.max(0, -left); column < Math.min(cutout.width(), WIDTH - left); column++) {
                int pixel = cutout.argb()[row * cutout.width() + column];
                int alpha = pixel >>> 24;
                int i = 3 * ((top + row) * WIDTH + left + column);
                for (int c = 0; c < 3; c++) {
                    int colour = pixel >> 8 * c & 0xFF;
                    scene[i + c] = (byte) ((colour * alpha + (scene[i + c] & 0xFF) * (255 - alpha)) / 255);
                }
            }
        }
    }

    private void rain(Random random) {
        for (int streak = 0; streak < plan.air().streaks(); streak++) {
            int x = random.nextInt(WIDTH - 6);
            int y = random.nextInt(height - 20);
            int length = 6 + random.nextInt(14);
            for (int k = 0; k < length; k++) {
                int i = 3 * ((y + k) * WIDTH + x + k / 4);
                for (int c = 0; c < 3; c++) {
                    scene[i + c] = (byte) Math.min(255, (scene[i + c] & 0xFF) + 45);
                }
            }
        }
    }

    private void expose(double time, Random random) {
        Air air = plan.air();
        double light = air.light(time, random);
        int noiseAt = random.nextInt(NOISES);
        double shiftX = air.shakeX(time);
        double shiftY = air.shakeY(time);
        int wholeX = (int) Math.floor(shiftX);
        int wholeY = (int) Math.floor(shiftY);
        float shareX = (float) (shiftX - wholeX);
        float shareY = (float) (shiftY - wholeY);
        boolean still = air.shake() == 0;
        float[] gain = new float[WIDTH];
        for (int x = 0; x < WIDTH; x++) {
            gain[x] = (float) (light * air.band(time, x));
        }
        for (int y = 0; y < height; y++) {
            int above = Math.clamp(y + wholeY, 0, height - 1) * WIDTH;
            int below = Math.clamp(y + wholeY + 1, 0, height - 1) * WIDTH;
            for (int x = 0; x < WIDTH; x++) {
                int i = 3 * (y * WIDTH + x);
                int near = Math.clamp(x + wholeX, 0, WIDTH - 1);
                int far = Math.clamp(x + wholeX + 1, 0, WIDTH - 1);
                for (int c = 0; c < 3; c++) {
                    float value;
                    if (still) {
                        value = scene[i + c] & 0xFF;
                    } else {
                        float high = (scene[3 * (above + near) + c] & 0xFF) * (1 - shareX)
                                + (scene[3 * (above + far) + c] & 0xFF) * shareX;
                        float low = (scene[3 * (below + near) + c] & 0xFF) * (1 - shareX)
                                + (scene[3 * (below + far) + c] & 0xFF) * shareX;
                        value = high * (1 - shareY) + low * shareY;
                    }
                    value = value * gain[x] + noise[noiseAt++ & NOISES - 1];
                    seen[i + c] = (byte) Math.clamp(Math.round(value), 0, 255);
                }
            }
        }
    }
}
