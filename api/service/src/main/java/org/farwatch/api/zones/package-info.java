/** Parts of cameras' pictures that are watched: their polygons and rules, the watching, and the leads that come of it. */
package org.farwatch.api.zones;
