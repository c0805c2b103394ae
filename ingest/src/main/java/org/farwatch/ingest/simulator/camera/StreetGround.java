package org.farwatch.ingest.simulator.camera;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.Random;

/** What stands still in a generated street: shop fronts, pavement, kerb and road. The same for the same seed. */
final class StreetGround {
    static final int WIDTH = 704;
    static final int HEIGHT = 576;
    /** Where the shop fronts stand on the pavement. */
    static final int FRONT = 208;

    static final int KERB = 420;

    private static final Color[] WALLS = {
        new Color(176, 168, 154), new Color(150, 122, 104), new Color(188, 182, 170), new Color(140, 146, 150)
    };
    private static final Color[] SIGNS = {
        new Color(150, 44, 40), new Color(34, 84, 122), new Color(40, 104, 70), new Color(166, 120, 36)
    };
    private static final int SHOPS = 4;

    private StreetGround() {}

    static BufferedImage draw(long seed) {
        Random random = new Random(seed);
        BufferedImage ground = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D pen = ground.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        int first = random.nextInt(WALLS.length);
        for (int n = 0; n < SHOPS; n++) {
            int left = WIDTH * n / SHOPS;
            shop(pen, random, left, WIDTH / SHOPS, (first + n) % WALLS.length);
        }
        pavement(pen, random);
        road(pen);
        pen.dispose();
        grain(ground, random);
        return ground;
    }

    private static void shop(Graphics2D pen, Random random, int left, int width, int colour) {
        pen.setPaint(new GradientPaint(0, 0, WALLS[colour].brighter(), 0, FRONT, WALLS[colour]));
        pen.fillRect(left, 0, width, FRONT);
        pen.setColor(new Color(0, 0, 0, 26));
        for (int y = 6; y < FRONT; y += 9) {
            pen.drawLine(left, y, left + width, y);
        }
        for (int n = 0; n < 3; n++) {
            pen.setColor(new Color(70, 82, 92));
            pen.fillRect(left + 14 + n * 54, 8, 36, 36);
            pen.setColor(new Color(126, 142, 152));
            pen.drawLine(left + 18 + n * 54, 38, left + 40 + n * 54, 14);
        }
        pen.setColor(SIGNS[colour]);
        pen.fillRect(left + 4, 62, width - 8, 28);
        pen.setColor(new Color(236, 230, 214));
        for (int x = left + 18 + random.nextInt(10); x < left + width - 30; x += 24) {
            pen.fillRect(x, 70, 14, 3);
            pen.fillRect(x + 5, 68, 3, 16);
            pen.fillRect(x, 79, 14, 2);
        }
        int door = left + (random.nextBoolean() ? 12 : width - 56);
        int window = door == left + 12 ? left + 64 : left + 12;
        pen.setPaint(new GradientPaint(0, 98, new Color(58, 66, 74), 0, FRONT, new Color(92, 98, 100)));
        pen.fillRect(door, 100, 44, FRONT - 100);
        pen.fillRect(window, 104, width - 78, 84);
        pen.setColor(new Color(198, 190, 168));
        for (int n = 0; n < 5; n++) {
            pen.fillRect(window + 8 + n * 19, 168 - random.nextInt(36), 9, 18);
        }
        pen.setColor(new Color(52, 50, 48));
        pen.drawRect(door, 100, 44, FRONT - 100);
        pen.drawRect(window, 104, width - 78, 84);
    }

    private static void pavement(Graphics2D pen, Random random) {
        pen.setPaint(new GradientPaint(0, FRONT, new Color(146, 142, 136), 0, KERB, new Color(168, 164, 156)));
        pen.fillRect(0, FRONT, WIDTH, KERB - FRONT);
        int row = 14;
        for (int y = FRONT; y < KERB; y += row, row += 3) {
            pen.setColor(new Color(118, 114, 110));
            pen.drawLine(0, y, WIDTH, y);
            int slab = row * 3;
            for (int x = -random.nextInt(slab); x < WIDTH; x += slab) {
                int shade = random.nextInt(18);
                pen.setColor(new Color(0, 0, 0, shade));
                pen.fillRect(x, y, slab, row);
                pen.setColor(new Color(122, 118, 112));
                pen.drawLine(x, y, x - row / 4, y + row);
            }
        }
        pen.setColor(new Color(190, 168, 84));
        pen.fillRect(0, KERB - 34, WIDTH, 9);
        pen.setColor(new Color(196, 194, 190));
        pen.fillRect(0, KERB, WIDTH, 6);
        pen.setColor(new Color(112, 110, 108));
        pen.fillRect(0, KERB + 6, WIDTH, 7);
    }

    private static void road(Graphics2D pen) {
        pen.setPaint(new GradientPaint(0, KERB, new Color(84, 85, 88), 0, HEIGHT, new Color(98, 99, 102)));
        pen.fillRect(0, KERB + 13, WIDTH, HEIGHT - KERB - 13);
        pen.setColor(new Color(206, 206, 200));
        pen.fillRect(0, KERB + 24, WIDTH, 4);
        for (int x = -40; x < WIDTH; x += 150) {
            pen.fillRect(x, HEIGHT - 22, 80, 6);
        }
    }

    private static void grain(BufferedImage ground, Random random) {
        byte[] pixels = ((DataBufferByte) ground.getRaster().getDataBuffer()).getData();
        for (int i = 0; i < pixels.length; i += 3) {
            int add = random.nextInt(11) - 5;
            for (int n = 0; n < 3; n++) {
                pixels[i + n] = (byte) Math.clamp((pixels[i + n] & 0xff) + add, 0, 255);
            }
        }
    }
}
