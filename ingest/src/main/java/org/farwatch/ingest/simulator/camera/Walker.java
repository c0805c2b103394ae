package org.farwatch.ingest.simulator.camera;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.RoundRectangle2D;
import java.util.Random;

/**
 * Somebody who crosses the picture again and again and never stands still in it.
 *
 * @param lane of the feet, pixels from the upper edge
 * @param speed pixels a second, to the right or, below 0, to the left
 * @param offset seconds by which this one is ahead of the scene's time
 * @param coat colour of the upper half; {@code legs} of the lower one
 */
record Walker(double lane, double speed, double offset, Color coat, Color legs) {
    private static final Color SKIN = new Color(196, 150, 122);
    private static final Color HAIR = new Color(36, 28, 24);
    private static final double MARGIN = 60;
    /** Farther off people look smaller: height of the body at the kerb and what a pixel upwards takes from it. */
    private static final double KERB_HEIGHT = 118;

    private static final double SHRINK = 0.22;
    /** Steps a second. */
    private static final double GAIT = 1.8;

    /** People on their way, each in a lane and a colour of their own. */
    static Walker[] crowd(long seed, double... lanes) {
        Random random = new Random(seed);
        Walker[] crowd = new Walker[lanes.length];
        for (int n = 0; n < lanes.length; n++) {
            double speed = (46 + random.nextInt(34)) * (n % 2 == 0 ? 1 : -1);
            crowd[n] = new Walker(
                    lanes[n],
                    speed,
                    random.nextInt(30),
                    Color.getHSBColor(random.nextFloat(), 0.5f, 0.25f + 0.5f * random.nextFloat()),
                    Color.getHSBColor(0.6f, 0.3f, 0.15f + 0.25f * random.nextFloat()));
        }
        return crowd;
    }

    /** Where the middle of the body is, pixels from the left edge; outside of the picture now and then. */
    double x(double second) {
        double way = StreetGround.WIDTH + 2 * MARGIN;
        double gone = (second + offset) * Math.abs(speed) % way;
        return speed > 0 ? gone - MARGIN : StreetGround.WIDTH + MARGIN - gone;
    }

    void draw(Graphics2D pen, double second) {
        figure(pen, x(second), lane, second * GAIT * Math.PI, coat, legs, speed > 0 ? 1 : -1);
    }

    static double height(double lane) {
        return KERB_HEIGHT - SHRINK * (StreetGround.KERB - lane);
    }

    /**
     * @param x of the body's middle; {@code feet} from the upper edge, pixels
     * @param gait angle of the walk; legs and arms swing with its sine
     * @param facing 1 to the right, -1 to the left
     */
    static void figure(Graphics2D pen, double x, double feet, double gait, Color coat, Color legs, int facing) {
        double tall = height(feet);
        double hip = feet - tall * 0.47;
        double shoulder = feet - tall * 0.82;
        double swing = Math.sin(gait) * tall * 0.15;
        pen.setColor(new Color(20, 20, 24, 70));
        pen.fill(new Ellipse2D.Double(x - tall * 0.2, feet - tall * 0.03, tall * 0.5, tall * 0.07));
        pen.setStroke(new BasicStroke((float) (tall * 0.1), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        pen.setColor(legs);
        pen.draw(new Line2D.Double(x, hip, x + swing, feet - tall * 0.04));
        pen.draw(new Line2D.Double(x, hip, x - swing, feet - tall * 0.04));
        pen.setColor(coat.darker());
        pen.setStroke(new BasicStroke((float) (tall * 0.07), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        pen.draw(new Line2D.Double(x, shoulder + tall * 0.04, x + swing * 0.8, hip + tall * 0.02));
        pen.setColor(coat);
        pen.fill(new RoundRectangle2D.Double(
                x - tall * 0.11, shoulder, tall * 0.22, hip - shoulder + tall * 0.06, tall * 0.1, tall * 0.1));
        pen.draw(new Line2D.Double(x, shoulder + tall * 0.05, x - swing * 0.8, hip + tall * 0.02));
        pen.setColor(SKIN);
        pen.fill(new Ellipse2D.Double(x - tall * 0.065, feet - tall, tall * 0.13, tall * 0.17));
        pen.setColor(HAIR);
        pen.fill(new Ellipse2D.Double(
                x - tall * 0.07 - facing * tall * 0.015, feet - tall * 1.01, tall * 0.14, tall * 0.09));
    }
}
