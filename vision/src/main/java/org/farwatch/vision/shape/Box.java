package org.farwatch.vision.shape;

/**
 * An upright rectangle in a picture.
 *
 * @param x of its left edge, in picture widths, 0 to 1
 * @param y of its upper edge, in picture heights, 0 to 1
 * @param width in picture widths
 * @param height in picture heights
 */
public record Box(double x, double y, double width, double height) {
    /** The box between two corners, cut to the picture. */
    public static Box between(double left, double top, double right, double bottom) {
        double x = Math.clamp(left, 0, 1);
        double y = Math.clamp(top, 0, 1);
        return new Box(x, y, Math.max(0, Math.clamp(right, 0, 1) - x), Math.max(0, Math.clamp(bottom, 0, 1) - y));
    }

    public double right() {
        return x + width;
    }

    public double bottom() {
        return y + height;
    }

    public double area() {
        return width * height;
    }

    public Point centre() {
        return new Point(x + width / 2, y + height / 2);
    }

    /** The area that both cover. */
    public double intersection(Box other) {
        double across = Math.min(right(), other.right()) - Math.max(x, other.x);
        double down = Math.min(bottom(), other.bottom()) - Math.max(y, other.y);
        return across <= 0 || down <= 0 ? 0 : across * down;
    }

    /** Intersection over union, 0 to 1. */
    public double overlap(Box other) {
        double both = intersection(other);
        return both == 0 ? 0 : both / (area() + other.area() - both);
    }

    /** The part of this box that the other covers, 0 to 1. */
    public double coveredBy(Box other) {
        return area() == 0 ? 0 : intersection(other) / area();
    }

    /** The smallest box that holds both. */
    public Box with(Box other) {
        return between(
                Math.min(x, other.x),
                Math.min(y, other.y),
                Math.max(right(), other.right()),
                Math.max(bottom(), other.bottom()));
    }

    /** This box with a margin on every side, cut to the picture. */
    public Box grown(double across, double down) {
        return between(x - across, y - down, right() + across, bottom() + down);
    }
}
