package org.farwatch.geo.layer;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import org.farwatch.geo.place.Place;
import org.geotools.feature.simple.SimpleFeatureBuilder;
import org.geotools.feature.simple.SimpleFeatureTypeBuilder;
import org.geotools.geojson.feature.FeatureJSON;
import org.geotools.geojson.geom.GeometryJSON;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.CoordinateSequenceFilter;
import org.locationtech.jts.geom.Geometry;
import org.opengis.feature.simple.SimpleFeature;

/**
 * Writes places as a GeoJSON FeatureCollection in a reference system of choice, named in the member {@code crs} (of the
 * 2008 format; RFC 7946 knows WGS-84 only, but readers that expect that ignore nothing by it). What was written reads
 * back to the same within 1e-9 degrees. Stateless; any thread.
 */
public final class LayerWriter {
    /** Nine places are 0.1 mm in degrees. */
    private static final int DECIMALS = 9;

    private LayerWriter() {}

    /**
     * Writes all places, UTF-8. An attribute {@code name} is added where there is none.
     *
     * @param out not closed
     * @throws IOException when the stream fails
     * @throws IllegalArgumentException naming the place, when one lies outside of the projection; what was written
     *     until then is incomplete
     */
    public static void write(OutputStream out, Collection<Place> places, LayerCrs crs) throws IOException {
        // GeoTools writes no CRS of its own here: it would ask an EPSG database for it.
        StringWriter text = new StringWriter();
        text.append("{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"")
                .append(crs.label())
                .append("\"}},\"features\":[");
        String separator = "\n";
        for (Place place : places) {
            text.append(separator);
            separator = ",\n";
            json().writeFeature(feature(place, crs), text);
            flush(text, out);
        }
        text.append("\n]}\n");
        flush(text, out);
        out.flush();
    }

    /**
     * One area as the text of a GeoJSON geometry.
     *
     * @param area in WGS-84
     * @throws IllegalArgumentException when it lies outside of the projection
     */
    public static String geometry(Geometry area, LayerCrs crs) {
        StringWriter text = new StringWriter();
        try {
            new GeometryJSON(DECIMALS).write(project(area, crs, "geometry"), (Writer) text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static FeatureJSON json() {
        return new FeatureJSON(new GeometryJSON(DECIMALS));
    }

    private static SimpleFeature feature(Place place, LayerCrs crs) {
        String geometryName = "geometry";
        while (place.attributes().containsKey(geometryName)) {
            geometryName += "_";
        }
        boolean named = place.attributes().containsKey("name") || place.name().isEmpty();
        SimpleFeatureTypeBuilder type = new SimpleFeatureTypeBuilder();
        type.setName("place");
        place.attributes().forEach((name, value) -> type.add(name, value.getClass()));
        if (!named) {
            type.add("name", String.class);
        }
        type.add(geometryName, Geometry.class);
        type.setDefaultGeometry(geometryName);
        SimpleFeatureBuilder feature = new SimpleFeatureBuilder(type.buildFeatureType());
        place.attributes().forEach(feature::set);
        if (!named) {
            feature.set("name", place.name());
        }
        feature.set(geometryName, project(place.area(), crs, place.id()));
        return feature.buildFeature(place.id());
    }

    private static Geometry project(Geometry area, LayerCrs crs, String name) {
        Geometry projected = area.copy();
        Reprojection reprojection = new Reprojection(crs);
        projected.apply(new CoordinateSequenceFilter() {
            @Override
            public void filter(CoordinateSequence corners, int index) {
                if (!reprojection.fromWgs84(corners.getX(index), corners.getY(index))) {
                    throw new IllegalArgumentException(name + " has a corner outside of " + crs.label() + ": longitude "
                            + corners.getX(index) + ", latitude " + corners.getY(index));
                }
                corners.setOrdinate(index, 0, reprojection.x());
                corners.setOrdinate(index, 1, reprojection.y());
            }

            @Override
            public boolean isDone() {
                return false;
            }

            @Override
            public boolean isGeometryChanged() {
                return true;
            }
        });
        return projected;
    }

    private static void flush(StringWriter text, OutputStream out) throws IOException {
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        text.getBuffer().setLength(0);
    }
}
