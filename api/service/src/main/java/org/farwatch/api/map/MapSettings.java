package org.farwatch.api.map;

import org.farwatch.geo.Datum;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code farwatch.map.*}.
 *
 * @param district name shown in the top bar
 * @param tileUrl raster tiles with {z}/{x}/{y}, absent for none; an internal server's, with a licence
 * @param tileDatum datum of those tiles
 * @param attribution text that the tiles' owner asks for
 */
@ConfigurationProperties("farwatch.map")
public record MapSettings(
        @DefaultValue("示范区") String district,
        String tileUrl,
        @DefaultValue("WGS84") Datum tileDatum,
        @DefaultValue("") String attribution) {}
