/** The base map: layers of the district as GeoJSON, and a tile server where a setting names one. */
package org.farwatch.api.map;
