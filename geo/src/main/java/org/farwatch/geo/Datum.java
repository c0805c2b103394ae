package org.farwatch.geo;

/** The datum in which coordinates are given. Farwatch stores WGS-84 (CGCS2000 is identical for street work). */
public enum Datum {
    WGS84,
    CGCS2000,
    GCJ02,
    BD09
}
