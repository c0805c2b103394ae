package org.farwatch.geo.layer;

import org.farwatch.geo.Datums;
import org.farwatch.geo.LonLat;
import org.opengis.referencing.operation.MathTransform;
import org.opengis.referencing.operation.NoninvertibleTransformException;
import org.opengis.referencing.operation.TransformException;

/** Between a layer's coordinates and WGS-84, one position at a time. One owner at a time: it works in its own buffers. */
final class Reprojection {
    /** What may be lost there and back; more means that the place lies outside of the projection. */
    private static final double LOST_METRES = 0.001;

    private static final double LOST_DEGREES = 1e-8;

    private final LayerCrs crs;
    private final LonLat degrees = new LonLat();
    private final double[] plane = new double[2];
    private final double[] globe = new double[2];

    Reprojection(LayerCrs crs) {
        this.crs = crs;
    }

    /** The result of the last conversion: longitude or easting. */
    double x() {
        return globe[0];
    }

    /** The result of the last conversion: latitude or northing. */
    double y() {
        return globe[1];
    }

    /** Converts to WGS-84; false when the position lies where the projection has no meaning. */
    boolean toWgs84(double x, double y) {
        return switch (crs) {
            case LayerCrs.Degrees(var datum) -> {
                degrees.set(x, y);
                Datums.toWgs84(degrees, datum);
                yield result(degrees.longitude(), degrees.latitude());
            }
            case LayerCrs.Metres(var epsg) -> unproject(Epsg.fromWgs84(epsg), x, y);
        };
    }

    /** Converts from WGS-84; false when the position lies where the projection has no meaning. */
    boolean fromWgs84(double longitude, double latitude) {
        return switch (crs) {
            case LayerCrs.Degrees(var datum) -> {
                degrees.set(longitude, latitude);
                Datums.fromWgs84(degrees, datum);
                yield result(degrees.longitude(), degrees.latitude());
            }
            case LayerCrs.Metres(var epsg) -> project(Epsg.fromWgs84(epsg), longitude, latitude);
        };
    }

    private boolean project(MathTransform fromWgs84, double longitude, double latitude) {
        globe[0] = longitude;
        globe[1] = latitude;
        if (!transform(fromWgs84, globe, plane) || !transform(inverse(fromWgs84), plane, globe)) {
            return false;
        }
        boolean kept = Math.hypot(globe[0] - longitude, globe[1] - latitude) <= LOST_DEGREES;
        return result(plane[0], plane[1]) && kept;
    }

    private boolean unproject(MathTransform fromWgs84, double x, double y) {
        if (!Double.isFinite(x) || !Double.isFinite(y)) {
            return false;
        }
        plane[0] = x;
        plane[1] = y;
        if (!transform(inverse(fromWgs84), plane, globe) || !transform(fromWgs84, globe, plane)) {
            return false;
        }
        return Math.hypot(plane[0] - x, plane[1] - y) <= LOST_METRES;
    }

    private MathTransform inverse(MathTransform transform) {
        try {
            return transform.inverse();
        } catch (NoninvertibleTransformException e) {
            throw new IllegalStateException(crs.label() + " has no way back", e);
        }
    }

    private static boolean transform(MathTransform transform, double[] from, double[] to) {
        try {
            transform.transform(from, 0, to, 0, 1);
        } catch (TransformException e) {
            return false;
        }
        return Double.isFinite(to[0]) && Double.isFinite(to[1]);
    }

    private boolean result(double x, double y) {
        globe[0] = x;
        globe[1] = y;
        return true;
    }
}
