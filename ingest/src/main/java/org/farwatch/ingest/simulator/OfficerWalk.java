package org.farwatch.ingest.simulator;

/**
 * A walk to and fro along a line of corners at a constant speed, on a sphere of 6,371,008.8 m (IUGG mean radius) taken
 * as flat between corners: right to a few centimetres over the length of a patrol. Immutable; any thread.
 */
public final class OfficerWalk {
    private static final double METRES_PER_DEGREE = Math.toRadians(1) * 6_371_008.8;

    private final double[] longitude;
    private final double[] latitude;

    /** Metres from the start to each corner. */
    private final double[] distance;

    private final double speedKmh;

    /**
     * A position of the walk.
     *
     * @param longitude degrees, WGS-84
     * @param latitude degrees, WGS-84
     * @param heading degrees clockwise from north, 0 to below 360
     */
    public record Step(double longitude, double latitude, double heading, double speedKmh) {}

    /**
     * @param corners {@code {longitude, latitude}} in degrees, at least one; one alone is standing still
     * @param speedKmh 0 to 2000
     */
    public OfficerWalk(double[][] corners, double speedKmh) {
        if (corners.length == 0) {
            throw new IllegalArgumentException("corners must have at least one point, had none");
        }
        if (!(speedKmh >= 0 && speedKmh <= 2000)) {
            throw new IllegalArgumentException("speedKmh must be from 0 to 2000, was " + speedKmh);
        }
        this.speedKmh = speedKmh;
        longitude = new double[corners.length];
        latitude = new double[corners.length];
        distance = new double[corners.length];
        for (int i = 0; i < corners.length; i++) {
            longitude[i] = corners[i][0];
            latitude[i] = corners[i][1];
            distance[i] = i == 0 ? 0 : distance[i - 1] + Math.hypot(east(i - 1, i), north(i - 1, i));
        }
    }

    /** Where the walk has come to after this time; it turns round at its ends. */
    public Step at(long elapsedMillis) {
        double length = distance[distance.length - 1];
        if (length == 0 || speedKmh == 0) {
            return new Step(longitude[0], latitude[0], 0, 0);
        }
        double walked = elapsedMillis * speedKmh / 3600.0 % (2 * length);
        boolean back = walked > length;
        double along = back ? 2 * length - walked : walked;
        int to = 1;
        while (to < distance.length - 1 && distance[to] < along) {
            to++;
        }
        double leg = distance[to] - distance[to - 1];
        double part = leg == 0 ? 0 : (along - distance[to - 1]) / leg;
        double heading = Math.toDegrees(Math.atan2(east(to - 1, to), north(to - 1, to)));
        return new Step(
                longitude[to - 1] + part * (longitude[to] - longitude[to - 1]),
                latitude[to - 1] + part * (latitude[to] - latitude[to - 1]),
                (heading + (back ? 540 : 360)) % 360,
                speedKmh);
    }

    private double east(int from, int to) {
        double middle = Math.toRadians((latitude[from] + latitude[to]) / 2);
        return (longitude[to] - longitude[from]) * METRES_PER_DEGREE * Math.cos(middle);
    }

    private double north(int from, int to) {
        return (latitude[to] - latitude[from]) * METRES_PER_DEGREE;
    }
}
