package org.farwatch.api.map;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.web.Refusal;
import org.farwatch.geo.Datum;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /map}: what the console draws below everything else. */
@RestController
@RequestMapping("/api/v1/map")
@EnableConfigurationProperties(MapSettings.class)
class MapController {
    /** Shown while no layer was imported: the middle of China, from far away. */
    private static final MapLayers.Bounds EVERYWHERE = new MapLayers.Bounds(73, 18, 135, 54);

    private final MapLayers layers;
    private final MapSettings settings;

    MapController(MapLayers layers, MapSettings settings) {
        this.layers = layers;
        this.settings = settings;
    }

    /**
     * @param zoom Web Mercator zoom (tiles of 512 pixels) that shows all
     * @param bounds west, south, east, north
     */
    record MapView(
            String district,
            double[] center,
            double zoom,
            double[] bounds,
            @JsonInclude(JsonInclude.Include.ALWAYS) String tileUrl,
            Datum tileDatum,
            String attribution) {}

    @GetMapping
    @Permit({Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER, Role.OFFICER, Role.ADMINISTRATOR})
    MapView map() {
        MapLayers.Bounds bounds = layers.bounds().orElse(EVERYWHERE);
        return new MapView(
                settings.district(),
                new double[] {(bounds.west() + bounds.east()) / 2, (bounds.south() + bounds.north()) / 2},
                zoom(bounds),
                new double[] {bounds.west(), bounds.south(), bounds.east(), bounds.north()},
                settings.tileUrl(),
                settings.tileDatum(),
                settings.attribution());
    }

    @GetMapping(
            path = "/layers/{name}",
            produces = {"application/geo+json", "application/json"})
    @Permit({Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER, Role.OFFICER, Role.ADMINISTRATOR})
    String layer(@PathVariable String name) {
        if (!MapLayers.NAMES.contains(name)) {
            throw Refusal.notFound("layer", name);
        }
        return layers.features(name);
    }

    /** The Web Mercator zoom at which the bounds fill a screen of about three tiles of 512 pixels. */
    private static double zoom(MapLayers.Bounds bounds) {
        double span = Math.max(bounds.east() - bounds.west(), 1e-3);
        return Math.log(360 / span * 3) / Math.log(2) - 1;
    }
}
