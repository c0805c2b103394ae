package org.farwatch.geo.presence;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Makes duties whose truth is known: a path walked at 1 Hz around a post, and the positions that a terminal would have
 * sent of it. Shares no code with what it tests; all choices come from one seed. Metres are turned into degrees on a
 * sphere, near 31 degrees north.
 *
 * <p>Time is in seconds of the duty, which lasts {@link #LENGTH}; places are metres east and north of the middle of the
 * post, a rectangle.
 */
final class SyntheticDuty {
    static final int LENGTH = 3 * 3600;
    static final double LONGITUDE = 121.47;
    static final double LATITUDE = 31.23;

    private static final double NORTH = 6_371_000 * Math.PI / 180;
    private static final double EAST = NORTH * Math.cos(Math.toRadians(LATITUDE));
    private static final int BEFORE = 900;
    private static final double WALK = 1.2;

    enum Behaviour {
        HONEST,
        BORDER_WALKER,
        SHORT_LEAVE,
        LONG_LEAVE,
        LATE
    }

    /** What varies in the positions: see the evaluation's table of presence. */
    record Terminal(
            int interval, double missing, double sigma, boolean canyon, boolean tunnel, boolean staticSuppression) {}

    record Fix(int second, double longitude, double latitude, boolean valid) {}

    final Behaviour behaviour;
    final double halfWidth;
    final double halfHeight;
    /** Whether the person was at the post, for every second of the duty. */
    final boolean[] present = new boolean[LENGTH];
    /** Seconds at which the truth changes between being at the post and not. */
    final List<Integer> transitions = new ArrayList<>();

    private final Random random;
    private final double[] x = new double[BEFORE + LENGTH];
    private final double[] y = new double[BEFORE + LENGTH];
    private int walked;

    SyntheticDuty(long seed, Behaviour behaviour, double width, double height) {
        this.behaviour = behaviour;
        random = new Random(seed * 1_000_003);
        halfWidth = width / 2;
        halfHeight = height / 2;
        walk();
        for (int second = 0; second < LENGTH; second++) {
            int at = second + BEFORE;
            present[second] = Math.abs(x[at]) <= halfWidth + 0.01 && Math.abs(y[at]) <= halfHeight + 0.01;
            if (second > 0 && present[second] != present[second - 1]) {
                transitions.add(second);
            }
        }
    }

    static double longitude(double east) {
        return LONGITUDE + east / EAST;
    }

    static double latitude(double north) {
        return LATITUDE + north / NORTH;
    }

    private void walk() {
        switch (behaviour) {
            case HONEST -> patrol(BEFORE + LENGTH);
            case BORDER_WALKER -> {
                while (walked < x.length) {
                    go(halfWidth, halfHeight);
                    go(halfWidth, -halfHeight);
                    go(-halfWidth, -halfHeight);
                    go(-halfWidth, halfHeight);
                }
            }
            case SHORT_LEAVE -> leave(90 + random.nextInt(150), 60 + random.nextInt(60));
            case LONG_LEAVE -> leave(150 + random.nextInt(1500), 1200 + random.nextInt(2400));
            case LATE -> {
                double far = 400 + random.nextInt(1000);
                still(far, 0, BEFORE + 600 + random.nextInt(1200));
                go(0, 0);
                patrol(x.length);
            }
        }
    }

    private void leave(double metres, int seconds) {
        patrol(BEFORE + 2000 + random.nextInt(2000));
        double side = random.nextBoolean() ? 1 : -1;
        go(side * (halfWidth + metres), y(walked));
        still(side * (halfWidth + metres), y(walked), walked + seconds);
        go(0, 0);
        patrol(x.length);
    }

    /** Walks to places within the post and stands there, until the given second of the path. */
    private void patrol(int until) {
        while (walked < Math.min(until, x.length)) {
            go((random.nextDouble() * 2 - 1) * halfWidth, (random.nextDouble() * 2 - 1) * halfHeight);
            still(x(walked), y(walked), walked + random.nextInt(300));
        }
    }

    private void go(double toX, double toY) {
        double fromX = x(walked);
        double fromY = y(walked);
        int steps = (int) Math.ceil(Math.hypot(toX - fromX, toY - fromY) / WALK);
        for (int step = 1; step <= steps && walked < x.length; step++, walked++) {
            x[walked] = fromX + (toX - fromX) * step / steps;
            y[walked] = fromY + (toY - fromY) * step / steps;
        }
    }

    private void still(double atX, double atY, int until) {
        for (; walked < Math.min(until, x.length); walked++) {
            x[walked] = atX;
            y[walked] = atY;
        }
    }

    private double x(int at) {
        return at == 0 ? 0 : x[at - 1];
    }

    private double y(int at) {
        return at == 0 ? 0 : y[at - 1];
    }

    /** The positions in order of time. Noise is a random walk pulled back to the truth within about a minute. */
    List<Fix> observe(Terminal terminal) {
        List<Fix> fixes = new ArrayList<>();
        double pull = 1.0 / (20 + random.nextInt(60));
        double kick = terminal.sigma() * Math.sqrt(2 * pull - pull * pull);
        double noiseX = random.nextGaussian() * terminal.sigma();
        double noiseY = random.nextGaussian() * terminal.sigma();
        int canyonFrom = terminal.canyon() ? BEFORE + random.nextInt(LENGTH) : Integer.MAX_VALUE;
        int canyonTo = canyonFrom == Integer.MAX_VALUE ? canyonFrom : canyonFrom + 30 + random.nextInt(271);
        double bias = 20 + random.nextInt(41);
        double direction = random.nextDouble() * 2 * Math.PI;
        int tunnelFrom = terminal.tunnel() ? BEFORE + random.nextInt(LENGTH) : Integer.MAX_VALUE;
        int tunnelTo = tunnelFrom == Integer.MAX_VALUE ? tunnelFrom : tunnelFrom + 60 + random.nextInt(2340);
        int phase = random.nextInt(terminal.interval());
        double heldX = Double.NaN;
        double heldY = Double.NaN;
        for (int at = 0; at < x.length; at++) {
            noiseX += -pull * noiseX + kick * random.nextGaussian();
            noiseY += -pull * noiseY + kick * random.nextGaussian();
            boolean still = at > 5 && Math.hypot(x[at] - x[at - 5], y[at] - y[at - 5]) < 0.1;
            if (!still || !terminal.staticSuppression() || Double.isNaN(heldX)) {
                boolean biased = at >= canyonFrom && at < canyonTo;
                heldX = x[at] + noiseX + (biased ? bias * Math.cos(direction) : 0);
                heldY = y[at] + noiseY + (biased ? bias * Math.sin(direction) : 0);
            }
            if (at % terminal.interval() == phase && random.nextDouble() >= terminal.missing()) {
                boolean valid = at < tunnelFrom || at >= tunnelTo;
                fixes.add(new Fix(at - BEFORE, longitude(heldX), latitude(heldY), valid));
            }
        }
        return fixes;
    }

    /** The same positions as they arrive: within minutes of their order, one part hours late, some twice. */
    List<Fix> disorder(List<Fix> fixes) {
        List<Fix> late = new ArrayList<>();
        List<Fix> arriving = new ArrayList<>();
        int lateFrom = random.nextInt(LENGTH);
        int lateTo = lateFrom + 600 + random.nextInt(3600);
        for (Fix fix : fixes) {
            (fix.second() >= lateFrom && fix.second() < lateTo ? late : arriving).add(fix);
            if (random.nextInt(20) == 0) {
                arriving.add(fix);
            }
        }
        for (int from = 0; from < arriving.size(); from += 5) {
            Collections.shuffle(arriving.subList(from, Math.min(from + 5, arriving.size())), random);
        }
        arriving.addAll(late);
        return arriving;
    }
}
