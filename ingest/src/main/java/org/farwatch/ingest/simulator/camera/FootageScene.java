package org.farwatch.ingest.simulator.camera;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Footage that goes round and round, with a carton drawn into it from one moment on: of the scene, not of each round. */
public final class FootageScene implements Scene {
    /** {@code vtest.avi} of Debian's package opencv-doc: a road between lawns, people all the time, nothing left. */
    private static final int VTEST_WIDTH = 768;

    private static final int VTEST_HEIGHT = 576;
    /** The road this side of the lamp. */
    private static final int[][] VTEST_ROAD = {
        {340, 300}, {470, 262}, {620, 300}, {767, 380}, {767, 488}, {600, 422}, {434, 356}
    };

    /** Beside the lawn, where hardly anybody walks. */
    private static final LeftThing VTEST_CARTON = new LeftThing(40, 680, 421, 42, 35);

    private final FootageReader reader;
    private final List<Corner> pavement;
    private final LeftThing left;
    private final Carton carton;
    private long number;

    /**
     * @param file a video that libavformat reads, of even size
     * @param pavement outline in pixels
     * @param left null for nothing
     * @throws IOException when it cannot be read
     */
    FootageScene(Path file, int[][] pavement, LeftThing left) throws IOException {
        reader = new FootageReader(file);
        this.pavement = Arrays.stream(pavement)
                .map(corner -> new Corner((double) corner[0] / width(), (double) corner[1] / height()))
                .toList();
        this.left = left;
        carton = left == null ? null : new Carton(left.width(), left.height());
    }

    /**
     * {@code vtest.avi}, with a carton on the road.
     *
     * @throws IOException when it cannot be read or is another file
     */
    public static FootageScene vtest(Path file) throws IOException {
        return vtest(file, VTEST_CARTON);
    }

    /** The same without the carton. */
    public static FootageScene quietVtest(Path file) throws IOException {
        return vtest(file, null);
    }

    private static FootageScene vtest(Path file, LeftThing left) throws IOException {
        FootageScene scene = new FootageScene(file, VTEST_ROAD, left);
        if (scene.width() != VTEST_WIDTH || scene.height() != VTEST_HEIGHT) {
            scene.close();
            throw new IOException(file + " is not vtest.avi of the package opencv-doc");
        }
        return scene;
    }

    @Override
    public int width() {
        return reader.width();
    }

    @Override
    public int height() {
        return reader.height();
    }

    @Override
    public int rate() {
        return reader.rate();
    }

    @Override
    public List<Corner> pavement() {
        return pavement;
    }

    @Override
    public LeftThing left() {
        return left;
    }

    @Override
    public void next(BufferedImage picture) {
        reader.next(((DataBufferByte) picture.getRaster().getDataBuffer()).getData());
        double second = (double) number++ / rate();
        if (left != null && second >= left.second()) {
            Graphics2D pen = picture.createGraphics();
            carton.stand(pen, left.x(), left.y());
            pen.dispose();
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
