package org.farwatch.ingest.simulator.camera;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.List;
import java.util.Random;

/**
 * A generated street: people who walk all the time, a van that passes, the noise of a small sensor. Somebody may carry a
 * carton in, put it down on the pavement and walk on without it. The same pictures for the same seed.
 */
public final class StreetScene implements Scene {
    private static final int RATE = 10;
    private static final LeftThing CARTON = new LeftThing(40, 428, 292, 48, 40);
    /** How long the one who brings the carton bends down over it, seconds. */
    private static final double BENDS = 1;

    private static final double CARRIER_SPEED = 62;
    private static final double CARRIER_LANE = 318;
    private static final double VAN_EVERY = 23;
    private static final double VAN_SPEED = 190;
    private static final double NOISE_SIGMA = 1.6;
    private static final Color COAT = new Color(52, 60, 84);
    private static final Color LEGS = new Color(46, 42, 40);

    private static final List<Corner> PAVEMENT =
            List.of(new Corner(0.02, 0.40), new Corner(0.98, 0.40), new Corner(0.98, 0.72), new Corner(0.02, 0.72));

    private final byte[] ground;
    private final byte[] noise = new byte[1 << 20];
    private final Random random;
    private final Walker[] behind;
    private final Walker[] inFront;
    private final LeftThing left;
    private final Carton carton = new Carton(CARTON.width(), CARTON.height());
    private final Color van;
    private long number;

    private StreetScene(long seed, LeftThing left) {
        this.left = left;
        ground = pixels(StreetGround.draw(seed));
        behind = Walker.crowd(seed, 236, 250, 266);
        inFront = Walker.crowd(seed + 1, 384, 404);
        random = new Random(seed);
        van = Color.getHSBColor(random.nextFloat(), 0.25f, 0.75f);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (byte) Math.round(NOISE_SIGMA * random.nextGaussian());
        }
    }

    /** Somebody leaves a carton. */
    public static StreetScene withCarton(long seed) {
        return new StreetScene(seed, CARTON);
    }

    /** Nobody leaves anything. */
    public static StreetScene quiet(long seed) {
        return new StreetScene(seed, null);
    }

    @Override
    public int width() {
        return StreetGround.WIDTH;
    }

    @Override
    public int height() {
        return StreetGround.HEIGHT;
    }

    @Override
    public int rate() {
        return RATE;
    }

    @Override
    public List<Corner> pavement() {
        return PAVEMENT;
    }

    @Override
    public LeftThing left() {
        return left;
    }

    @Override
    public void next(BufferedImage picture) {
        double second = (double) number++ / RATE;
        byte[] drawn = pixels(picture);
        System.arraycopy(ground, 0, drawn, 0, drawn.length);
        Graphics2D pen = picture.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        for (Walker walker : behind) {
            walker.draw(pen, second);
        }
        if (left != null) {
            carton(pen, second);
        }
        for (Walker walker : inFront) {
            walker.draw(pen, second);
        }
        van(pen, second);
        pen.dispose();
        int at = random.nextInt(noise.length);
        for (int i = 0; i < drawn.length; i += 3) {
            int add = noise[at++ & noise.length - 1];
            drawn[i] = (byte) Math.clamp((drawn[i] & 0xff) + add, 0, 255);
            drawn[i + 1] = (byte) Math.clamp((drawn[i + 1] & 0xff) + add, 0, 255);
            drawn[i + 2] = (byte) Math.clamp((drawn[i + 2] & 0xff) + add, 0, 255);
        }
    }

    /** Comes from the left with the carton, is rid of it at its second, goes on to the right. */
    private void carton(Graphics2D pen, double second) {
        double since = second - left.second();
        double spot = left.x() - 14;
        double x = spot + CARRIER_SPEED * (since < -BENDS ? since + BENDS : Math.max(0, since - BENDS));
        boolean bending = since >= -BENDS && since < BENDS;
        double bend = bending ? (1 - Math.abs(since) / BENDS) * 26 : 0;
        if (since >= 0) {
            carton.stand(pen, left.x(), left.y());
        }
        if (x > -80 && x < width() + 80) {
            Walker.figure(pen, x + bend / 2, CARRIER_LANE + bend / 8, bending ? 0.4 : second * 5.6, COAT, LEGS, 1);
            if (since < 0) {
                double down = bending ? 1 + since / BENDS : 0;
                double carried = CARRIER_LANE - Walker.height(CARRIER_LANE) * 0.62;
                carton.carry(pen, (int) Math.round(x + 14), (int) Math.round(carried + down * (left.y() - carried)));
            }
        }
    }

    private void van(Graphics2D pen, double second) {
        double x = second % VAN_EVERY * VAN_SPEED - 400;
        if (x > width()) {
            return;
        }
        int at = (int) Math.round(x);
        int roof = StreetGround.KERB + 12;
        pen.setColor(new Color(20, 20, 24, 90));
        pen.fillOval(at - 6, roof + 112, 262, 26);
        pen.setColor(van);
        pen.fillRoundRect(at, roof, 250, 116, 26, 26);
        pen.setColor(van.darker());
        pen.fillRect(at, roof + 78, 250, 8);
        pen.setColor(new Color(48, 56, 64));
        pen.fillRoundRect(at + 176, roof + 14, 62, 40, 10, 10);
        pen.setColor(new Color(24, 24, 26));
        pen.fillOval(at + 32, roof + 92, 44, 44);
        pen.fillOval(at + 176, roof + 92, 44, 44);
    }

    private static byte[] pixels(BufferedImage picture) {
        return ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
    }

    @Override
    public void close() {
        // Nothing but memory of the heap.
    }
}
