package org.farwatch.geo.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;

class PlaceIndexTest {
    private static final Place WEST = new Place("w", "西", Polygons.of(121, 31, 121.1, 31, 121.1, 31.1, 121, 31.1));
    private static final Place EAST = new Place("e", "东", Polygons.of(121.1, 31, 121.2, 31, 121.2, 31.1, 121.1, 31.1));
    private static final Place BOTH = new Place("b", "区", Polygons.of(120, 30, 122, 30, 122, 32, 120, 32));

    @Test
    void allPlacesThatContainAPositionAreFoundInTheirOrder() {
        PlaceIndex index = PlaceIndex.of(List.of(BOTH, EAST, WEST));
        assertThat(index.containing(121.05, 31.05)).containsExactly(BOTH, WEST);
        assertThat(index.containing(121.15, 31.05)).containsExactly(BOTH, EAST);
        assertThat(index.containing(123, 31)).isEmpty();
        assertThat(index.byId("e")).contains(EAST);
        assertThat(index.byId("x")).isEmpty();
    }

    @Test
    void aPositionOnTheEdgeOfTwoPlacesIsInBoth() {
        assertThat(PlaceIndex.of(List.of(WEST, EAST)).containing(121.1, 31.05)).containsExactly(WEST, EAST);
    }

    @Test
    void nothingContainsAPositionThatIsNoNumber() {
        PlaceIndex index = PlaceIndex.of(List.of(BOTH));
        assertThat(index.containing(Double.NaN, 31)).isEmpty();
        assertThat(index.containing(121, Double.NaN)).isEmpty();
        assertThat(PlaceIndex.empty().containing(121, 31)).isEmpty();
    }

    @Test
    void twoPlacesOfOneIdAreRefused() {
        assertThatThrownBy(() -> PlaceIndex.of(List.of(WEST, WEST)))
                .hasMessage("id of a place must be unique, w comes twice");
    }

    @Test
    void theIndexAgreesWithAskingEveryPlaceFromSeveralThreads() throws InterruptedException, ExecutionException {
        Random random = new Random(7);
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            places.add(new Place("p" + i, "", star(random)));
        }
        PlaceIndex index = PlaceIndex.of(places);
        GeometryFactory geometries = new GeometryFactory();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Integer>> results = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                long seed = thread;
                results.add(threads.submit(() -> {
                    Random points = new Random(seed);
                    int hits = 0;
                    for (int i = 0; i < 500; i++) {
                        Coordinate at = new Coordinate(121 + points.nextDouble(), 31 + points.nextDouble());
                        Geometry point = geometries.createPoint(at);
                        List<Place> expected = places.stream()
                                .filter(place -> place.area().covers(point))
                                .toList();
                        assertThat(index.containing(at.x, at.y)).isEqualTo(expected);
                        hits += expected.size();
                    }
                    return hits;
                }));
            }
            for (Future<Integer> result : results) {
                assertThat(result.get()).isPositive();
            }
        }
    }

    @Test
    void aPlaceKeepsItsAttributesAndRefusesOthersThanPlainValues() {
        Map<String, Object> attributes = new HashMap<>(Map.of("面积", 10_000L, "grade", "一级"));
        Place place = new Place("a", "", WEST.area(), attributes);
        attributes.clear();
        assertThat(place.attributes()).containsEntry("面积", 10_000L).containsEntry("grade", "一级");
        assertThatThrownBy(() -> new Place("a", "", WEST.area(), Map.of("list", List.of(1))))
                .hasMessage("attribute list of a must be a text, a whole number, a number or true/false, is [1]");
        assertThatThrownBy(() -> new Place(" ", "", WEST.area())).hasMessage("id must not be blank");
    }

    private static Geometry star(Random random) {
        double lon = 121 + random.nextDouble();
        double lat = 31 + random.nextDouble();
        double[] corners = new double[2 * 12];
        for (int i = 0; i < 12; i++) {
            double radius = 0.01 + 0.05 * random.nextDouble();
            corners[2 * i] = lon + radius * Math.cos(i * Math.PI / 6);
            corners[2 * i + 1] = lat + radius * Math.sin(i * Math.PI / 6);
        }
        return Polygons.of(corners);
    }
}
