package org.farwatch.geo.layer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.geotools.referencing.CRS;
import org.opengis.referencing.FactoryException;
import org.opengis.referencing.crs.CoordinateReferenceSystem;
import org.opengis.referencing.operation.MathTransform;

/**
 * The reference systems that are shipped with Farwatch, and their transforms from WGS-84. There is no EPSG database
 * behind it. Transforms are made once and are immutable; any thread.
 */
final class Epsg {
    static final int WGS84 = 4326;

    /** {@code EPSG:4490} and its URN with or without a version; the code is group 1. */
    static final Pattern NAME =
            Pattern.compile("(?:urn:ogc:def:crs:)?EPSG:(?:[0-9.]*:)?([0-9]{4,6})", Pattern.CASE_INSENSITIVE);

    private static final String FILE = "epsg.txt";
    private static final Map<Integer, String> WKT = read();
    private static final Map<Integer, MathTransform> FROM_WGS84 = new ConcurrentHashMap<>();

    private Epsg() {}

    static Map<Integer, String> wkt() {
        return WKT;
    }

    static boolean isProjected(int code) {
        return WKT.getOrDefault(code, "").startsWith("PROJCS");
    }

    /**
     * From WGS-84 degrees, longitude first, to the system of a code that {@link #wkt} holds. Lenient, as CGCS2000 gives
     * no parameters of a shift to WGS-84: it needs none.
     */
    static MathTransform fromWgs84(int code) {
        return FROM_WGS84.computeIfAbsent(code, Epsg::transform);
    }

    private static MathTransform transform(int code) {
        try {
            return CRS.findMathTransform(parse(WGS84), parse(code), true);
        } catch (FactoryException e) {
            throw new IllegalStateException("EPSG:" + code + " as shipped in " + FILE + " makes no transform", e);
        }
    }

    private static CoordinateReferenceSystem parse(int code) throws FactoryException {
        return CRS.parseWKT(WKT.get(code));
    }

    private static Map<Integer, String> read() {
        Map<Integer, String> wkt = new TreeMap<>();
        try (InputStream in = Epsg.class.getResourceAsStream(FILE);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("#")) {
                    int space = line.indexOf(' ');
                    wkt.put(Integer.valueOf(line.substring(0, space)), line.substring(space + 1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.copyOf(wkt);
    }
}
