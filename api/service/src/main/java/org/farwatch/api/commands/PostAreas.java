package org.farwatch.api.commands;

import java.util.List;
import java.util.Optional;
import org.farwatch.api.access.DataScope;

/** The areas of posts, so that one can be pushed to a terminal; the duty roster has them. */
@FunctionalInterface
public interface PostAreas {
    /**
     * A post's area.
     *
     * @param ring longitude and latitude in WGS-84, the first place not repeated
     * @param parts of which the area is made; only one can be pushed
     */
    record Area(long id, String name, List<double[]> ring, int parts) {}

    /** Empty when there is no such post, or it is not to be seen. */
    Optional<Area> find(long postId, DataScope scope);
}
