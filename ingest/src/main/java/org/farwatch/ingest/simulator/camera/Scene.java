package org.farwatch.ingest.simulator.camera;

import java.awt.image.BufferedImage;
import java.util.List;

/**
 * What a simulated camera sees. Its time is its own: it begins with the first picture and runs from picture to picture.
 * Owned by one platform thread, which closes it.
 */
public interface Scene extends AutoCloseable {
    /**
     * A corner of an outline in the picture.
     *
     * @param x 0 at the left edge, 1 at the right one
     * @param y 0 at the upper edge, 1 at the lower one
     */
    record Corner(double x, double y) {}

    /**
     * Something that is put down and stays.
     *
     * @param second of the scene's time from which on it stands still
     * @param x of its left edge in pixels, {@code y} of its upper one
     * @param width in pixels; {@code height} likewise
     */
    record LeftThing(double second, int x, int y, int width, int height) {}

    /** How long a thing has to lie on the {@link #pavement} to be worth a look, for demonstrations. */
    int DWELL_SECONDS = 20;

    /** Of the pictures in pixels, even. */
    int width();

    /** Of the pictures in pixels, even. */
    int height();

    /** Pictures a second. */
    int rate();

    /** Where nothing may be left: the outline for a zone. */
    List<Corner> pavement();

    /** What is left there, null when nothing is. */
    LeftThing left();

    /**
     * Draws the next picture over the whole of the one given.
     *
     * @param picture of the scene's size, {@link BufferedImage#TYPE_3BYTE_BGR}
     * @throws IllegalStateException when there is none
     */
    void next(BufferedImage picture);

    @Override
    void close();
}
