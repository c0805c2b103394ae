package org.farwatch.api.duty;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.web.Refusal;
import org.farwatch.geo.layer.LayerCrs;
import org.farwatch.geo.layer.LayerImport;
import org.farwatch.geo.layer.LayerLimits;
import org.farwatch.geo.layer.LayerReader;
import org.farwatch.geo.layer.LayerWriter;
import org.farwatch.geo.place.Place;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code /posts/import} and {@code /posts/export}: posts as a GeoJSON layer, in the datum that the other side uses. */
@RestController
@RequestMapping("/api/v1/posts")
class PostLayerController {
    private static final LayerReader READER = new LayerReader(LayerLimits.DEFAULT);

    private final Posts posts;
    private final RosterBook book;
    private final AuditLog audit;
    private final JsonMapper json;

    PostLayerController(Posts posts, RosterBook book, AuditLog audit, JsonMapper json) {
        this.posts = posts;
        this.book = book;
        this.audit = audit;
        this.json = json;
    }

    /** @param ids the posts that were made, in the order of the file */
    record Imported(int imported, List<String> ids) {}

    /**
     * All or nothing: one bad feature and none is taken.
     *
     * @param datum {@code WGS84}, {@code CGCS2000}, {@code GCJ02}, {@code BD09} or {@code EPSG:4513} and the like;
     *     may be absent when the file's {@code crs} member says it
     */
    @PostMapping("/import")
    @ResponseStatus(HttpStatus.CREATED)
    @Permit({Role.OPERATOR, Role.INSPECTOR})
    @Transactional
    Imported importLayer(@RequestParam MultipartFile file, @RequestParam(required = false) String datum, Caller caller)
            throws IOException {
        caller.scope().requireEverything("posts of no squad, as a layer gives them, are made");
        LayerImport layer;
        try (InputStream content = file.getInputStream()) {
            layer = READER.read(content, crs(datum));
        }
        if (!layer.complete()) {
            throw new Refusal(400, "invalid layer", layer.problems().getFirst().sentence())
                    .with(
                            "errors",
                            layer.problems().stream()
                                    .map(problem -> new Refusal.FieldError(problem.field(), problem.sentence()))
                                    .toList());
        }
        List<String> ids = new ArrayList<>();
        for (Place place : layer.places()) {
            String name = place.name().isBlank() ? "点位 " + place.id() : place.name();
            long id = posts.insert(
                    name, null, PostGeometry.write(place.area()), json.writeValueAsString(place.attributes()));
            ids.add(Long.toString(id));
        }
        audit.record(
                caller,
                "import",
                "post",
                null,
                null,
                Map.of("file", String.valueOf(file.getOriginalFilename()), "ids", ids));
        book.rereadAfterCommit(() -> {});
        return new Imported(ids.size(), ids);
    }

    @GetMapping(
            path = "/export",
            produces = {"application/geo+json", "application/json"})
    @Permit({Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER})
    void exportLayer(@RequestParam(required = false) String datum, DataScope scope, HttpServletResponse response)
            throws IOException {
        List<Place> places = new ArrayList<>();
        for (Posts.Stored post : posts.list(scope)) {
            places.add(new Place(
                    post.id(),
                    post.name(),
                    PostGeometry.parse(post.geometry().toString()),
                    attributes(post.attributes())));
        }
        LayerCrs crs = crs(datum).orElse(LayerCrs.WGS84);
        response.setContentType("application/geo+json");
        response.setHeader("Content-Disposition", "attachment; filename=\"posts.geojson\"");
        LayerWriter.write(response.getOutputStream(), places, crs);
    }

    private static Optional<LayerCrs> crs(String datum) {
        try {
            return Optional.ofNullable(datum).filter(text -> !text.isBlank()).map(LayerCrs::parse);
        } catch (IllegalArgumentException e) {
            throw Refusal.field("datum", e.getMessage());
        }
    }

    private static Map<String, Object> attributes(JsonNode stored) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        stored.properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            if (value.isBoolean()) {
                attributes.put(entry.getKey(), value.booleanValue());
            } else if (value.isIntegralNumber()) {
                attributes.put(entry.getKey(), value.longValue());
            } else if (value.isNumber()) {
                attributes.put(entry.getKey(), value.doubleValue());
            } else {
                attributes.put(entry.getKey(), value.asString());
            }
        });
        return attributes;
    }
}
