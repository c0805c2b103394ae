/** A device's positions in order of time, in columns, and what of them a map of some zoom needs. */
package org.farwatch.geo.track;
