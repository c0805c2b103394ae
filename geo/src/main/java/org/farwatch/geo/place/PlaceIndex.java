package org.farwatch.geo.place;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.locationtech.jts.algorithm.locate.PointOnGeometryLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Location;
import org.locationtech.jts.geom.Polygonal;
import org.locationtech.jts.geom.prep.PreparedPolygon;
import org.locationtech.jts.index.strtree.STRtree;

/**
 * Finds the places that contain a position. An STR-packed R-tree over the envelopes (Leutenegger and others 1997), then
 * an indexed ray crossing in each prepared polygon: O(log places + log vertices) for places that overlap little.
 *
 * <p>Immutable after {@link #of}, apart from the ray index of each polygon, which is made at its first use under a lock;
 * any thread. A search makes three small objects, whatever the number of places.
 */
public final class PlaceIndex {
    /** Places of one index: the unit grid (10 000 m2 a cell) of a large city. */
    public static final int MOST_PLACES = 100_000;

    private static final PlaceIndex EMPTY = of(List.of());

    private final STRtree tree = new STRtree();
    private final Map<String, Place> byId;
    private final List<Place> places;

    private PlaceIndex(Collection<Place> source) {
        places = List.copyOf(source);
        byId = HashMap.newHashMap(places.size());
        for (int order = 0; order < places.size(); order++) {
            Place place = places.get(order);
            if (byId.put(place.id(), place) != null) {
                throw new IllegalArgumentException("id of a place must be unique, " + place.id() + " comes twice");
            }
            PreparedPolygon prepared = new PreparedPolygon((Polygonal) place.area());
            tree.insert(place.area().getEnvelopeInternal(), new Entry(place, order, prepared.getPointLocator()));
        }
        tree.build();
    }

    private record Entry(Place place, int order, PointOnGeometryLocator locator) {}

    /** An index without places. */
    public static PlaceIndex empty() {
        return EMPTY;
    }

    /**
     * Indexes all of {@code places}.
     *
     * @throws IllegalArgumentException when two have the same id or there are more than {@link #MOST_PLACES}
     */
    public static PlaceIndex of(Collection<Place> places) {
        if (places.size() > MOST_PLACES) {
            throw new IllegalArgumentException(
                    "places must be at most " + MOST_PLACES + " in an index, were " + places.size());
        }
        return new PlaceIndex(places);
    }

    /** All places in the order in which they were given. */
    public List<Place> places() {
        return places;
    }

    /** The place of that id. */
    public Optional<Place> byId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /**
     * The places that contain a position, their borders included, in the order in which they were given to the index;
     * none for a position that is not a number.
     */
    public List<Place> containing(double longitude, double latitude) {
        List<Entry> found = new ArrayList<>();
        search(longitude, latitude, found::add);
        found.sort(Comparator.comparingInt(Entry::order));
        return found.stream().map(Entry::place).toList();
    }

    /** As {@link #containing}, but in no particular order and without making a list. */
    public void forEachContaining(double longitude, double latitude, Consumer<Place> action) {
        search(longitude, latitude, entry -> action.accept(entry.place()));
    }

    private void search(double longitude, double latitude, Consumer<Entry> action) {
        if (Double.isNaN(longitude) || Double.isNaN(latitude)) {
            return;
        }
        Coordinate at = new Coordinate(longitude, latitude);
        tree.query(new Envelope(at), item -> {
            Entry entry = (Entry) item;
            if (entry.locator().locate(at) != Location.EXTERIOR) {
                action.accept(entry);
            }
        });
    }
}
