package org.farwatch.vision.evaluation.composite;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Polygon;
import java.util.Random;

/** Things that are left on pavements, drawn with the wear and the print that real ones have. */
enum Goods {
    CARTON(1.25),
    SACK(1.0),
    CRATE(1.4),
    TABLE(1.8),
    UMBRELLA(1.1),
    RACK(0.8),
    CART(1.5);

    private final double widths;

    /** @param widths width over height */
    Goods(double widths) {
        this.widths = widths;
    }

    /** One of that height in pixels. */
    Cutout drawn(int height, Random random) {
        int width = Math.max(8, (int) Math.round(height * widths * (0.8 + 0.4 * random.nextDouble())));
        return Cutout.drawn(width, height, pen -> {
            int right = Math.max(1, 200 * width / height);
            switch (this) {
                case CARTON -> carton(pen, right, random);
                case SACK -> sack(pen, right, random);
                case CRATE -> crate(pen, right, random);
                case TABLE -> table(pen, right, random);
                case UMBRELLA -> umbrella(pen, right, random);
                case RACK -> rack(pen, right, random);
                case CART -> cart(pen, right, random);
            }
        });
    }

    private static Color shade(Random random, int from, int to) {
        int grey = from + random.nextInt(to - from);
        return new Color(tint(grey, random), tint(grey, random), tint(grey, random));
    }

    private static int tint(int grey, Random random) {
        return Math.clamp(grey + random.nextInt(51) - 25, 0, 255);
    }

    private static void specks(Graphics2D pen, int x, int y, int width, int height, Random random) {
        for (int i = 0; i < width * height / 90; i++) {
            pen.setColor(new Color(0, 0, 0, 20 + random.nextInt(60)));
            pen.fillRect(x + random.nextInt(width), y + random.nextInt(height), 2 + random.nextInt(5), 2);
        }
    }

    private static void carton(Graphics2D pen, int right, Random random) {
        Color face = shade(random, 100, 170);
        pen.setColor(face);
        pen.fillRect(0, 30, right, 170);
        pen.setColor(face.brighter());
        pen.fillPolygon(new Polygon(new int[] {0, right / 8, right, right}, new int[] {40, 0, 0, 40}, 4));
        pen.setColor(face.darker());
        pen.fillRect(right * 2 / 5, 30, Math.max(4, right / 10), 170);
        pen.fillRect(right / 12, 120, right / 4, 36);
        specks(pen, 0, 30, right, 170, random);
    }

    private static void sack(Graphics2D pen, int right, Random random) {
        Color cloth = shade(random, 120, 210);
        pen.setColor(cloth);
        pen.fillRoundRect(0, 30, right, 170, right / 2, 90);
        pen.fillOval(right / 3, 0, Math.max(2, right / 3), 60);
        for (int i = 0; i < 7; i++) {
            pen.setColor(new Color(0, 0, 0, 30 + random.nextInt(50)));
            pen.fillOval(random.nextInt(right), 40 + random.nextInt(120), Math.max(4, right / 7), 40);
        }
    }

    private static void crate(Graphics2D pen, int right, Random random) {
        Color bars = shade(random, 60, 200);
        pen.setColor(bars.darker().darker());
        pen.fillRect(0, 0, right, 200);
        pen.setColor(bars);
        for (int row = 0; row < 5; row++) {
            pen.fillRect(0, row * 42, right, 26);
        }
        pen.fillRect(0, 0, 14, 200);
        pen.fillRect(Math.max(0, right - 14), 0, 14, 200);
    }

    private static void table(Graphics2D pen, int right, Random random) {
        pen.setColor(shade(random, 50, 110));
        for (int leg = 0; leg < 4; leg++) {
            pen.fillRect(leg * (right - 16) / 3, 90, 16, 110);
        }
        pen.setColor(shade(random, 110, 220));
        pen.fillRect(0, 70, right, 90);
        for (int i = 0; i < 14; i++) {
            pen.setColor(shade(random, 30, 240));
            int size = 24 + random.nextInt(30);
            pen.fillOval(random.nextInt(Math.max(1, right - size)), 70 - random.nextInt(70), size, size);
        }
    }

    private static void umbrella(Graphics2D pen, int right, Random random) {
        pen.setColor(shade(random, 60, 120));
        pen.fillRect(right / 2 - 6, 60, 12, 140);
        pen.fillRect(right / 2 - right / 8, 180, Math.max(4, right / 4), 20);
        Color cloth = shade(random, 80, 200);
        for (int part = 0; part < 8; part++) {
            pen.setColor(part % 2 == 0 ? cloth : cloth.brighter());
            pen.fillArc(0, 0, right, 200, part * 45 / 2, 45 / 2 + 1);
        }
    }

    private static void rack(Graphics2D pen, int right, Random random) {
        pen.setStroke(new BasicStroke(9));
        pen.setColor(shade(random, 60, 120));
        pen.drawRect(4, 4, Math.max(1, right - 9), 191);
        for (int row = 0; row < 4; row++) {
            pen.setColor(shade(random, 40, 220));
            int width = right / 5;
            for (int i = 0; i < 5; i++) {
                pen.setColor(shade(random, 40, 230));
                pen.fillRect(i * width, 10 + row * 48, Math.max(2, width - 3), 36);
            }
        }
    }

    private static void cart(Graphics2D pen, int right, Random random) {
        pen.setColor(shade(random, 60, 190));
        pen.fillRect(right / 10, 60, right * 9 / 10, 90);
        specks(pen, right / 10, 60, Math.max(1, right * 9 / 10), 90, random);
        pen.setColor(shade(random, 20, 70));
        pen.fillOval(right / 5, 130, 70, 70);
        pen.fillOval(Math.max(0, right - 90), 130, 70, 70);
        pen.setStroke(new BasicStroke(10));
        pen.drawLine(0, 10, right / 5, 100);
        for (int i = 0; i < 6; i++) {
            pen.setColor(shade(random, 60, 240));
            pen.fillRect(right / 8 + i * right / 8, 20 + random.nextInt(20), Math.max(4, right / 9), 60);
        }
    }

    /** Somebody in dark or bright clothes, solid from the shoulders to the feet. */
    static Cutout person(int height, Random random) {
        int width = Math.max(6, height * 2 / 5);
        Color coat = shade(random, 30, 190);
        Color legs = shade(random, 20, 110);
        Color skin = new Color(200, 165, 140);
        return Cutout.drawn(width, height, pen -> {
            pen.setColor(legs);
            pen.fillRect(10, 100, 60, 100);
            pen.setColor(coat);
            pen.fillRoundRect(2, 34, 76, 86, 30, 30);
            pen.setColor(coat.darker());
            pen.fillRect(2, 50, 12, 60);
            pen.fillRect(66, 50, 12, 60);
            pen.setColor(skin);
            pen.fillOval(26, 4, 28, 36);
            pen.setColor(Color.DARK_GRAY);
            pen.fillArc(25, 2, 30, 26, 0, 180);
        });
    }

    /** A car from its side. */
    static Cutout car(int height, Random random) {
        Color paint = shade(random, 40, 220);
        return Cutout.drawn(height * 5 / 2, height, pen -> {
            pen.setColor(paint);
            pen.fillRoundRect(0, 70, 500, 100, 50, 50);
            pen.fillPolygon(new Polygon(new int[] {90, 160, 340, 420}, new int[] {80, 0, 0, 80}, 4));
            pen.setColor(new Color(40, 50, 60));
            pen.fillPolygon(new Polygon(new int[] {120, 170, 240, 240}, new int[] {76, 14, 14, 76}, 4));
            pen.fillPolygon(new Polygon(new int[] {254, 254, 330, 390}, new int[] {76, 14, 14, 76}, 4));
            pen.setColor(new Color(25, 25, 25));
            pen.fillOval(70, 120, 80, 80);
            pen.fillOval(350, 120, 80, 80);
        });
    }
}
