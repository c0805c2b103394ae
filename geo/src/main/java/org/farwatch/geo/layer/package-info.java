/**
 * Layers of places from files and to files: GeoJSON in the datums and projections that Chinese city maps come in. The
 * only package that knows GeoTools. Everything inside of Farwatch is WGS-84; here it is turned into that and back.
 */
package org.farwatch.geo.layer;
