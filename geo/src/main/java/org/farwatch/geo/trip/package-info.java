/** Trips, stops, kilometres and gaps of a device: a pure fold over its positions in order of time. */
package org.farwatch.geo.trip;
