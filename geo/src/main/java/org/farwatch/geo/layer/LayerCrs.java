package org.farwatch.geo.layer;

import java.util.Locale;
import java.util.regex.Matcher;
import org.farwatch.geo.Datum;

/** What the coordinates of a layer are: degrees in a datum, or metres in a projection. */
public sealed interface LayerCrs {
    /** Degrees, longitude first. */
    record Degrees(Datum datum) implements LayerCrs {
        @Override
        public String label() {
            return switch (datum) {
                case WGS84 -> "EPSG:4326";
                case CGCS2000 -> "EPSG:4490";
                case GCJ02 -> "GCJ02";
                case BD09 -> "BD09";
            };
        }
    }

    /**
     * Metres, easting first.
     *
     * @param epsg 3857 (Web Mercator), 4513 to 4533 (CGCS2000, three-degree Gauss-Krüger zones 25 to 45, the zone's
     *     number before the easting) or 4534 to 4554 (the same without it, central meridians 75 to 135 degrees)
     */
    record Metres(int epsg) implements LayerCrs {
        /** @throws IllegalArgumentException for any other code */
        public Metres {
            if (!Epsg.isProjected(epsg)) {
                throw new IllegalArgumentException("crs EPSG:" + epsg + " is not known; known are " + KNOWN);
            }
        }

        @Override
        public String label() {
            return "EPSG:" + epsg;
        }
    }

    /** For messages. */
    String KNOWN = "EPSG:4326, EPSG:4490, EPSG:3857, EPSG:4513 to EPSG:4554, GCJ02 and BD09";

    LayerCrs WGS84 = new Degrees(Datum.WGS84);

    /** How the member {@code crs} names it: {@code EPSG:4490}, {@code GCJ02}. */
    String label();

    /** Degrees in that datum. */
    static LayerCrs of(Datum datum) {
        return new Degrees(datum);
    }

    /**
     * The reference system of that code.
     *
     * @throws IllegalArgumentException when it is none of {@link #KNOWN}
     */
    static LayerCrs epsg(int code) {
        return switch (code) {
            case 4326 -> new Degrees(Datum.WGS84);
            case 4490 -> new Degrees(Datum.CGCS2000);
            default -> new Metres(code);
        };
    }

    /**
     * Reads {@code EPSG:4490}, {@code urn:ogc:def:crs:EPSG::4490}, {@code urn:ogc:def:crs:OGC:1.3:CRS84} and the names
     * of datums ({@code WGS84}, {@code CGCS2000}, {@code GCJ-02}, {@code BD09} and the like), in any case.
     *
     * @throws IllegalArgumentException when it is none of {@link #KNOWN}
     */
    static LayerCrs parse(String name) {
        Matcher epsg = Epsg.NAME.matcher(name.strip());
        if (epsg.matches()) {
            return epsg(Integer.parseInt(epsg.group(1)));
        }
        return switch (name.strip().toUpperCase(Locale.ROOT).replaceAll("[-_ ]", "")) {
            case "WGS84", "CRS84", "URN:OGC:DEF:CRS:OGC:1.3:CRS84", "URN:OGC:DEF:CRS:OGC::CRS84" -> of(Datum.WGS84);
            case "CGCS2000" -> of(Datum.CGCS2000);
            case "GCJ02" -> of(Datum.GCJ02);
            case "BD09", "BD09LL" -> of(Datum.BD09);
            default -> throw new IllegalArgumentException("crs " + name + " is not known; known are " + KNOWN);
        };
    }
}
