package org.farwatch.ingest.simulator.camera;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.List;
import java.util.Random;

/** A small picture with a bar that wanders, or one full of noise that no encoder makes small. */
final class BarScene implements Scene {
    static final int WIDTH = 320;
    static final int HEIGHT = 240;
    static final int RATE = 25;

    private final boolean noise;
    private final Random random = new Random(1);
    private volatile boolean closed;
    private int number;

    BarScene(boolean noise) {
        this.noise = noise;
    }

    @Override
    public int width() {
        return WIDTH;
    }

    @Override
    public int height() {
        return HEIGHT;
    }

    @Override
    public int rate() {
        return RATE;
    }

    @Override
    public List<Corner> pavement() {
        return List.of(new Corner(0, 0), new Corner(1, 0), new Corner(1, 1));
    }

    @Override
    public LeftThing left() {
        return null;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void next(BufferedImage picture) {
        if (noise) {
            random.nextBytes(((DataBufferByte) picture.getRaster().getDataBuffer()).getData());
        } else {
            Graphics2D pen = picture.createGraphics();
            pen.setColor(Color.DARK_GRAY);
            pen.fillRect(0, 0, WIDTH, HEIGHT);
            pen.setColor(Color.ORANGE);
            pen.fillRect(number * 4 % WIDTH, 60, 50, 90);
            pen.dispose();
        }
        number++;
    }

    @Override
    public void close() {
        closed = true;
    }
}
