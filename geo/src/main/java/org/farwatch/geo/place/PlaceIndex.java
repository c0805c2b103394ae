package org.farwatch.geo.place;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.locationtech.jts.geom.Envelope;

/**
 * Finds the places that contain a position: an R-tree over the envelopes, packed by sort-tile-recursive (Leutenegger and
 * others 1997) and laid flat into arrays, then the {@link Outline} of each place that is left.
 *
 * <p>Immutable after {@link #of}; any thread. A search makes one small object, whatever the number of places, and the list
 * where one is asked for.
 */
public final class PlaceIndex {
    /** Places of one index: the unit grid (10 000 m2 a cell) of a large city. */
    public static final int MOST_PLACES = 100_000;

    private static final PlaceIndex EMPTY = of(List.of());
    /** Children of a node: their boxes are read one after the other. */
    private static final int FAN = 16;
    /** Numbers of a box: west, south, east, north. */
    private static final int BOX = 4;

    private final Map<String, Place> byId;
    private final List<Place> places;
    private final Outline[] outlines;
    /** The places in the order of the lowest level. */
    private final int[] packed;
    /** Boxes of each level from the lowest, which has the places' own, to the highest, which has at most {@value #FAN}. */
    private final double[][] levels;

    private PlaceIndex(Collection<Place> source) {
        places = List.copyOf(source);
        byId = HashMap.newHashMap(places.size());
        outlines = new Outline[places.size()];
        for (int order = 0; order < places.size(); order++) {
            Place place = places.get(order);
            if (byId.put(place.id(), place) != null) {
                throw new IllegalArgumentException("id of a place must be unique, " + place.id() + " comes twice");
            }
            outlines[order] = Outline.of(place.area());
        }
        packed = pack(places);
        List<double[]> made = new ArrayList<>();
        made.add(lowest(places, packed));
        while (made.getLast().length > FAN * BOX) {
            made.add(above(made.getLast()));
        }
        levels = made.toArray(double[][]::new);
    }

    /** Tiles of about {@value #FAN} places: strips from west to east, in each from south to north. */
    private static int[] pack(List<Place> places) {
        double[] middles = new double[2 * places.size()];
        for (int i = 0; i < places.size(); i++) {
            Envelope envelope = places.get(i).area().getEnvelopeInternal();
            middles[2 * i] = envelope.getMinX() + envelope.getMaxX();
            middles[2 * i + 1] = envelope.getMinY() + envelope.getMaxY();
        }
        int tiles = (places.size() + FAN - 1) / FAN;
        int strip = FAN * (int) Math.ceil(Math.sqrt(tiles));
        Integer[] order = IntStream.range(0, places.size()).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(i -> middles[2 * i]));
        for (int from = 0; from < order.length; from += strip) {
            Arrays.sort(
                    order,
                    from,
                    Math.min(from + strip, order.length),
                    Comparator.comparingDouble(i -> middles[2 * i + 1]));
        }
        return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
    }

    private static double[] lowest(List<Place> places, int[] packed) {
        double[] boxes = new double[packed.length * BOX];
        for (int i = 0; i < packed.length; i++) {
            Envelope envelope = places.get(packed[i]).area().getEnvelopeInternal();
            boxes[i * BOX] = envelope.getMinX();
            boxes[i * BOX + 1] = envelope.getMinY();
            boxes[i * BOX + 2] = envelope.getMaxX();
            boxes[i * BOX + 3] = envelope.getMaxY();
        }
        return boxes;
    }

    private static double[] above(double[] boxes) {
        int nodes = (boxes.length / BOX + FAN - 1) / FAN;
        double[] around = new double[nodes * BOX];
        for (int node = 0; node < nodes; node++) {
            int to = Math.min((node + 1) * FAN * BOX, boxes.length);
            int box = node * BOX;
            System.arraycopy(boxes, node * FAN * BOX, around, box, BOX);
            for (int child = node * FAN * BOX + BOX; child < to; child += BOX) {
                around[box] = Math.min(around[box], boxes[child]);
                around[box + 1] = Math.min(around[box + 1], boxes[child + 1]);
                around[box + 2] = Math.max(around[box + 2], boxes[child + 2]);
                around[box + 3] = Math.max(around[box + 3], boxes[child + 3]);
            }
        }
        return around;
    }

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
        List<Place> found = new ArrayList<>();
        IntStream.Builder orders = IntStream.builder();
        search(longitude, latitude, orders::add);
        orders.build().sorted().forEach(order -> found.add(places.get(order)));
        return found;
    }

    /** As {@link #containing}, but in no particular order and without making a list. */
    public void forEachContaining(double longitude, double latitude, Consumer<Place> action) {
        search(longitude, latitude, order -> action.accept(places.get(order)));
    }

    private void search(double longitude, double latitude, IntConsumer action) {
        // What is not a number lies in no box.
        search(levels.length - 1, 0, longitude, latitude, action);
    }

    private void search(int level, int from, double longitude, double latitude, IntConsumer action) {
        double[] boxes = levels[level];
        int to = Math.min(from + FAN, boxes.length / BOX);
        for (int child = from; child < to; child++) {
            int box = child * BOX;
            if (longitude >= boxes[box]
                    && longitude <= boxes[box + 2]
                    && latitude >= boxes[box + 1]
                    && latitude <= boxes[box + 3]) {
                if (level > 0) {
                    search(level - 1, child * FAN, longitude, latitude, action);
                } else if (outlines[packed[child]].covers(longitude, latitude)) {
                    action.accept(packed[child]);
                }
            }
        }
    }
}
