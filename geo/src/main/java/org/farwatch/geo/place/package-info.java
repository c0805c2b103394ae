/**
 * Named areas on the ground (posts, patrol sections, districts), the index that finds those around a position, and
 * distances in metres to their borders. Everything is WGS-84 and immutable once built.
 */
package org.farwatch.geo.place;
