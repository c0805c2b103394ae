package org.farwatch.ingest.simulator.camera;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.Polygon;
import java.awt.RadialGradientPaint;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Point2D;
import java.awt.image.BufferedImage;

/** A cardboard box with its shadow, drawn once. Light comes from the left and above. */
final class Carton {
    private static final float[] SHADOW_STOPS = {0.45f, 1};
    private static final Color[] SHADOW = {new Color(20, 20, 24, 110), new Color(20, 20, 24, 0)};

    private final BufferedImage box;
    private final BufferedImage shadow;
    private final int shadowX;
    private final int shadowY;

    /** @param width of the box in pixels, without its shadow; {@code height} likewise */
    Carton(int width, int height) {
        box = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        Graphics2D pen = pen(box);
        int edge = width * 7 / 10;
        int lid = height * 3 / 10;
        int slant = width - edge;
        pen.setPaint(new GradientPaint(0, lid, new Color(158, 116, 70), 0, height, new Color(132, 94, 54)));
        pen.fill(new Polygon(new int[] {0, edge, edge, 0}, new int[] {lid, lid, height, height}, 4));
        pen.setColor(new Color(98, 68, 38));
        pen.fill(new Polygon(new int[] {edge, width, width, edge}, new int[] {lid, 0, height - lid, height}, 4));
        pen.setColor(new Color(186, 145, 96));
        pen.fill(new Polygon(new int[] {0, slant, width, edge}, new int[] {lid, 0, 0, lid}, 4));
        pen.setColor(new Color(212, 186, 142));
        pen.fill(new Polygon(
                new int[] {edge * 4 / 10, edge * 4 / 10 + slant, edge * 6 / 10 + slant, edge * 6 / 10},
                new int[] {lid, 0, 0, lid},
                4));
        pen.fillRect(edge * 4 / 10, lid, edge * 2 / 10, height / 5);
        pen.setColor(new Color(84, 58, 34));
        pen.drawRect(edge / 8, height * 6 / 10, edge / 4, height / 5);
        pen.dispose();

        shadowX = -width / 8;
        shadowY = height - height * 45 / 100;
        shadow = new BufferedImage(width * 14 / 10, height * 7 / 10, BufferedImage.TYPE_INT_ARGB);
        Graphics2D dark = pen(shadow);
        double ratio = (double) shadow.getHeight() / shadow.getWidth();
        dark.transform(AffineTransform.getScaleInstance(1, ratio));
        float radius = shadow.getWidth() / 2f;
        dark.setPaint(new RadialGradientPaint(new Point2D.Float(radius, radius), radius, SHADOW_STOPS, SHADOW));
        dark.fillOval(0, 0, shadow.getWidth(), shadow.getWidth());
        dark.dispose();
    }

    /** On the ground, with its shadow; the corner is the box's own. */
    void stand(Graphics2D pen, int x, int y) {
        pen.drawImage(shadow, x + shadowX, y + shadowY, null);
        carry(pen, x, y);
    }

    /** In somebody's arms, without a shadow. */
    void carry(Graphics2D pen, int x, int y) {
        pen.drawImage(box, x, y, null);
    }

    private static Graphics2D pen(BufferedImage image) {
        Graphics2D pen = image.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        return pen;
    }
}
