package org.farwatch.geo;

/**
 * Conversion between WGS-84 and the offset datums of Chinese public maps. Stateless and free of allocation; any thread.
 *
 * <p>GCJ-02 is WGS-84 plus an offset of 100 to 700 m, BD-09 (Baidu) is GCJ-02 plus a second one; neither was published,
 * the formulas are the ones that the community found and that map services agree with to a centimetre. CGCS2000 differs
 * from WGS-84 by centimetres and is taken as the same.
 *
 * <p>Ways back are solved by iteration to better than 1e-9 degrees (0.1 mm), not by the usual single step, which is off
 * by 0.1 to 2.1 m for GCJ-02 and by up to 0.2 m for BD-09: a fence that decides whether somebody stood on a post wants
 * better.
 *
 * <p>Outside of the box 72.004 to 137.8347 E, 0.8293 to 55.8271 N no datum is offset and everything is returned
 * unchanged, as is a coordinate that is not a number. The offset ends there with a jump, so within 0.01 degrees of the
 * box's border there and back again need not meet; only sea and foreign land lie there.
 */
public final class Datums {
    private static final double WEST = 72.004;
    private static final double EAST = 137.8347;
    private static final double SOUTH = 0.8293;
    private static final double NORTH = 55.8271;

    /** Krasovsky 1940: semi-major axis in metres and squared eccentricity. */
    private static final double KRASOVSKY_A = 6378245.0;

    private static final double KRASOVSKY_EE = 0.006693421622965943;

    private static final double BAIDU_ANGLE = Math.PI * 3000.0 / 180.0;
    private static final double BAIDU_LONGITUDE = 0.0065;
    private static final double BAIDU_LATITUDE = 0.006;

    /** Well below the promised 1e-9: every round shrinks the error at least a hundredfold. */
    private static final double CLOSE_ENOUGH = 1e-10;

    private static final int MOST_ROUNDS = 30;

    private Datums() {}

    /** Converts {@code at} in place from one datum to another. */
    public static void convert(LonLat at, Datum from, Datum to) {
        toWgs84(at, from);
        fromWgs84(at, to);
    }

    /** Converts {@code at} in place from {@code from} to WGS-84. */
    public static void toWgs84(LonLat at, Datum from) {
        switch (from) {
            case WGS84, CGCS2000 -> {}
            case GCJ02 -> gcjToWgs(at);
            case BD09 -> {
                baiduToGcj(at);
                gcjToWgs(at);
            }
        }
    }

    /** Converts {@code at} in place from WGS-84 to {@code to}. */
    public static void fromWgs84(LonLat at, Datum to) {
        switch (to) {
            case WGS84, CGCS2000 -> {}
            case GCJ02 -> wgsToGcj(at);
            case BD09 -> {
                wgsToGcj(at);
                gcjToBaidu(at);
            }
        }
    }

    private static void wgsToGcj(LonLat at) {
        double lon = at.longitude();
        double lat = at.latitude();
        if (offset(lon, lat)) {
            at.set(lon + gcjLongitudeOffset(lon, lat), lat + gcjLatitudeOffset(lon, lat));
        }
    }

    private static void gcjToWgs(LonLat at) {
        double gcjLon = at.longitude();
        double gcjLat = at.latitude();
        if (!offset(gcjLon, gcjLat)) {
            return;
        }
        double lon = gcjLon;
        double lat = gcjLat;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            double lonError = lon + gcjLongitudeOffset(lon, lat) - gcjLon;
            double latError = lat + gcjLatitudeOffset(lon, lat) - gcjLat;
            lon -= lonError;
            lat -= latError;
            if (Math.abs(lonError) < CLOSE_ENOUGH && Math.abs(latError) < CLOSE_ENOUGH) {
                break;
            }
        }
        at.set(lon, lat);
    }

    private static void gcjToBaidu(LonLat at) {
        double lon = at.longitude();
        double lat = at.latitude();
        if (offset(lon, lat)) {
            at.set(baiduLongitude(lon, lat), baiduLatitude(lon, lat));
        }
    }

    private static void baiduToGcj(LonLat at) {
        double baiduLon = at.longitude();
        double baiduLat = at.latitude();
        if (!offset(baiduLon, baiduLat)) {
            return;
        }
        double lon = baiduLon - BAIDU_LONGITUDE;
        double lat = baiduLat - BAIDU_LATITUDE;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            double lonError = baiduLongitude(lon, lat) - baiduLon;
            double latError = baiduLatitude(lon, lat) - baiduLat;
            lon -= lonError;
            lat -= latError;
            if (Math.abs(lonError) < CLOSE_ENOUGH && Math.abs(latError) < CLOSE_ENOUGH) {
                break;
            }
        }
        at.set(lon, lat);
    }

    /** Whether the offset datums differ from WGS-84 there; false for NaN. */
    private static boolean offset(double lon, double lat) {
        return lon >= WEST && lon <= EAST && lat >= SOUTH && lat <= NORTH;
    }

    private static double gcjLongitudeOffset(double lon, double lat) {
        double x = lon - 105.0;
        double y = lat - 35.0;
        double metres = 300.0
                + x
                + 2.0 * y
                + 0.1 * x * x
                + 0.1 * x * y
                + 0.1 * Math.sqrt(Math.abs(x))
                + ripple(x)
                + (20.0 * Math.sin(x * Math.PI) + 40.0 * Math.sin(x / 3.0 * Math.PI)) * 2.0 / 3.0
                + (150.0 * Math.sin(x / 12.0 * Math.PI) + 300.0 * Math.sin(x / 30.0 * Math.PI)) * 2.0 / 3.0;
        double phi = Math.toRadians(lat);
        double sin = Math.sin(phi);
        double primeVertical = KRASOVSKY_A / Math.sqrt(1.0 - KRASOVSKY_EE * sin * sin);
        return Math.toDegrees(metres / (primeVertical * Math.cos(phi)));
    }

    private static double gcjLatitudeOffset(double lon, double lat) {
        double x = lon - 105.0;
        double y = lat - 35.0;
        double metres = -100.0
                + 2.0 * x
                + 3.0 * y
                + 0.2 * y * y
                + 0.1 * x * y
                + 0.2 * Math.sqrt(Math.abs(x))
                + ripple(x)
                + (20.0 * Math.sin(y * Math.PI) + 40.0 * Math.sin(y / 3.0 * Math.PI)) * 2.0 / 3.0
                + (160.0 * Math.sin(y / 12.0 * Math.PI) + 320.0 * Math.sin(y * Math.PI / 30.0)) * 2.0 / 3.0;
        double sin = Math.sin(Math.toRadians(lat));
        double m = 1.0 - KRASOVSKY_EE * sin * sin;
        double meridian = KRASOVSKY_A * (1.0 - KRASOVSKY_EE) / (m * Math.sqrt(m));
        return Math.toDegrees(metres / meridian);
    }

    private static double ripple(double x) {
        return (20.0 * Math.sin(6.0 * x * Math.PI) + 20.0 * Math.sin(2.0 * x * Math.PI)) * 2.0 / 3.0;
    }

    private static double baiduLongitude(double lon, double lat) {
        return baiduRadius(lon, lat) * Math.cos(baiduAngle(lon, lat)) + BAIDU_LONGITUDE;
    }

    private static double baiduLatitude(double lon, double lat) {
        return baiduRadius(lon, lat) * Math.sin(baiduAngle(lon, lat)) + BAIDU_LATITUDE;
    }

    private static double baiduRadius(double lon, double lat) {
        return Math.sqrt(lon * lon + lat * lat) + 0.00002 * Math.sin(lat * BAIDU_ANGLE);
    }

    private static double baiduAngle(double lon, double lat) {
        return Math.atan2(lat, lon) + 0.000003 * Math.cos(lon * BAIDU_ANGLE);
    }
}
