package org.farwatch.api.duty;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.commands.PostAreas;
import org.farwatch.api.web.Ids;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Polygon;
import org.springframework.stereotype.Component;

/** The outlines of posts for terminals that watch areas by themselves; holes are left out, as terminals know none. */
@Component
class PostRings implements PostAreas {
    private final Posts posts;

    PostRings(Posts posts) {
        this.posts = posts;
    }

    @Override
    public Optional<Area> find(long postId, DataScope scope) {
        return posts.find(postId, scope).map(PostRings::area);
    }

    private static Area area(Posts.Stored post) {
        Geometry geometry = PostGeometry.parse(post.geometry().toString());
        Polygon first = (Polygon) geometry.getGeometryN(0);
        Coordinate[] ring = first.getExteriorRing().getCoordinates();
        List<double[]> places = Arrays.stream(ring, 0, ring.length - 1)
                .map(at -> new double[] {at.x, at.y})
                .toList();
        return new Area(Ids.parse("post", post.id()), post.name(), places, geometry.getNumGeometries());
    }
}
