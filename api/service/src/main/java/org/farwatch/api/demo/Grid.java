package org.farwatch.api.demo;

import java.util.ArrayList;
import java.util.List;
import org.farwatch.geo.place.LocalMetres;

/**
 * The streets of the invented district: slightly bent avenues and streets, a trunk road across, a river in the south. All
 * points come from a few formulas, so the district is the same at every start. Metres east and north of the south-west
 * corner inside, WGS-84 degrees outside.
 */
final class Grid {
    static final int AVENUES = 8;
    static final int STREETS = 7;
    static final double WIDTH = 4_200;
    static final double HEIGHT = 3_000;

    private static final double WEST = 121.4180;
    private static final double SOUTH = 31.1705;
    private static final double BEND = 45;
    private static final int STEPS = 24;

    private final LocalMetres map = LocalMetres.at(WEST, SOUTH);

    double[] at(double east, double north) {
        return new double[] {map.longitudeAt(east), map.latitudeAt(north)};
    }

    /** Metres east of the n-th avenue (they run north), at a northing. */
    double avenue(int n, double north) {
        double straight = 250 + n * (WIDTH - 500) / (AVENUES - 1);
        return straight + BEND * Math.sin(north / 700 + n * 1.7) + 25 * Math.sin(n * 2.9);
    }

    /** Metres north of the n-th street (they run east), at an easting. */
    double street(int n, double east) {
        double straight = 520 + n * (HEIGHT - 800) / (STREETS - 1);
        return straight + BEND * 0.7 * Math.sin(east / 900 + n * 1.3) + 20 * Math.sin(n * 2.1);
    }

    /** Metres where avenue and street cross. */
    double[] crossing(int avenue, int street) {
        double east = avenue(avenue, HEIGHT / 2);
        double north = street(street, east);
        for (int i = 0; i < 4; i++) {
            east = avenue(avenue, north);
            north = street(street, east);
        }
        return new double[] {east, north};
    }

    List<double[]> avenueLine(int n) {
        List<double[]> line = new ArrayList<>();
        for (int step = 0; step <= STEPS; step++) {
            double north = 300 + (HEIGHT - 350) * step / STEPS;
            line.add(at(avenue(n, north), north));
        }
        return line;
    }

    List<double[]> streetLine(int n) {
        List<double[]> line = new ArrayList<>();
        for (int step = 0; step <= STEPS; step++) {
            double east = 60 + (WIDTH - 120) * step / STEPS;
            line.add(at(east, street(n, east)));
        }
        return line;
    }

    List<double[]> trunkLine() {
        List<double[]> line = new ArrayList<>();
        for (int step = 0; step <= STEPS; step++) {
            double t = (double) step / STEPS;
            line.add(at(60 + (WIDTH - 120) * t, 620 + 2_050 * t * t * (1.35 - 0.35 * t)));
        }
        return line;
    }

    /** Metres north of the river's middle. */
    double river(double east) {
        return 190 + 70 * Math.sin(east / 800) + 25 * Math.sin(east / 260);
    }

    /** A drive round the block from one crossing to the opposite one and back: degrees, closed. */
    double[][] loop(int west, int east, int south, int north) {
        List<double[]> line = new ArrayList<>();
        for (int a = west; a <= east; a++) {
            line.add(crossing(a, south));
        }
        for (int s = south + 1; s <= north; s++) {
            line.add(crossing(east, s));
        }
        for (int a = east - 1; a >= west; a--) {
            line.add(crossing(a, north));
        }
        for (int s = north - 1; s >= south; s--) {
            line.add(crossing(west, s));
        }
        return line.stream().map(point -> at(point[0], point[1])).toArray(double[][]::new);
    }
}
