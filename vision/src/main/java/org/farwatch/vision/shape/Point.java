package org.farwatch.vision.shape;

/**
 * A place in a picture.
 *
 * @param x from the left edge, in picture widths, 0 to 1
 * @param y from the upper edge, in picture heights, 0 to 1
 */
public record Point(double x, double y) {}
