package org.farwatch.api.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The invented district's layers and posts. */
final class District {
    static final String NAME = "远望区";

    private static final List<String> AVENUE_NAMES = List.of("江滨路", "文昌路", "桂林路", "虹梅路", "天平路", "华山路", "东安路", "云锦路");
    private static final List<String> STREET_NAMES = List.of("沿江街", "龙华街", "吴兴街", "淮海街", "肇嘉街", "漕溪街", "石龙街");
    private static final double SETBACK = 26;

    private final Grid grid = new Grid();
    private final JsonMapper json;

    /**
     * A post and where its people walk.
     *
     * @param corners ring in degrees
     * @param east metres of its middle; {@code north} likewise
     */
    record PostPlan(String name, double[][] corners, double east, double north, double halfWidth, double halfHeight) {}

    District(JsonMapper json) {
        this.json = json;
    }

    Grid grid() {
        return grid;
    }

    /** As people call it. */
    static String crossing(int avenue, int street) {
        return AVENUE_NAMES.get(avenue) + STREET_NAMES.get(street) + "口";
    }

    /** GeoJSON by layer name. */
    Map<String, String> layers() {
        return Map.of(
                "district", collection(List.of(polygon(Map.of("name", NAME), outline()))),
                "water", collection(List.of(polygon(Map.of("name", "望江"), riverBanks()))),
                "green", collection(green()),
                "blocks", collection(blocks()),
                "roads", collection(roads()),
                "places", collection(places()));
    }

    /** The posts, at crossings and places where a bureau would have them. */
    List<PostPlan> posts() {
        return List.of(
                post("菜场东门", 5, 2, 70, 55, 60, 45),
                post("轨交三号口", 3, 3, -60, 50, 55, 45),
                post("实验学校周边", 6, 4, 75, -60, 65, 50),
                post("中心医院西侧", 1, 1, 80, 60, 60, 50),
                post("市民广场北侧", 3, 5, 70, 60, 75, 50),
                post("天平步行街", 4, 1, 65, -55, 80, 40),
                post("滨江公园南门", 2, 0, 60, 65, 60, 45),
                post("云锦商场", 7, 3, -85, 60, 60, 55));
    }

    private PostPlan post(
            String name, int avenue, int street, double dx, double dy, double halfWidth, double halfHeight) {
        double[] crossing = grid.crossing(avenue, street);
        double east = crossing[0] + dx;
        double north = crossing[1] + dy;
        double[][] corners = {
            grid.at(east - halfWidth, north - halfHeight),
            grid.at(east + halfWidth, north - halfHeight + 8),
            grid.at(east + halfWidth - 6, north + halfHeight),
            grid.at(east - halfWidth + 5, north + halfHeight - 6),
            grid.at(east - halfWidth, north - halfHeight)
        };
        return new PostPlan(name, corners, east, north, halfWidth, halfHeight);
    }

    private List<double[]> outline() {
        return List.of(
                grid.at(0, 60),
                grid.at(1_500, 20),
                grid.at(Grid.WIDTH, 90),
                grid.at(Grid.WIDTH + 40, 1_600),
                grid.at(Grid.WIDTH - 30, Grid.HEIGHT),
                grid.at(2_300, Grid.HEIGHT + 50),
                grid.at(30, Grid.HEIGHT - 20),
                grid.at(-30, 1_500),
                grid.at(0, 60));
    }

    private List<double[]> riverBanks() {
        List<double[]> banks = new ArrayList<>();
        for (double east = 0; east <= Grid.WIDTH; east += 100) {
            banks.add(grid.at(east, grid.river(east) + 60));
        }
        for (double east = Grid.WIDTH; east >= 0; east -= 100) {
            banks.add(grid.at(east, grid.river(east) - 60));
        }
        banks.add(banks.getFirst());
        return banks;
    }

    private List<Object> roads() {
        List<Object> roads = new ArrayList<>();
        roads.add(line(Map.of("name", "望江大道", "class", "trunk"), grid.trunkLine()));
        for (int n = 0; n < Grid.AVENUES; n++) {
            roads.add(line(
                    Map.of("name", AVENUE_NAMES.get(n), "class", n % 3 == 0 ? "primary" : "secondary"),
                    grid.avenueLine(n)));
        }
        for (int n = 0; n < Grid.STREETS; n++) {
            roads.add(line(
                    Map.of("name", STREET_NAMES.get(n), "class", n % 3 == 1 ? "primary" : "secondary"),
                    grid.streetLine(n)));
        }
        for (int a = 0; a < Grid.AVENUES - 1; a++) {
            for (int s = 0; s < Grid.STREETS - 1; s++) {
                if ((a * 7 + s * 3) % 5 < 2) {
                    double[] from = middle(a, s, a + 1, s);
                    double[] to = middle(a, s + 1, a + 1, s + 1);
                    roads.add(line(Map.of("class", "lane"), List.of(grid.at(from[0], from[1]), grid.at(to[0], to[1]))));
                }
            }
        }
        return roads;
    }

    private List<Object> blocks() {
        List<Object> blocks = new ArrayList<>();
        for (int a = 0; a < Grid.AVENUES - 1; a++) {
            for (int s = 0; s < Grid.STREETS - 1; s++) {
                if (!isGreen(a, s)) {
                    blocks.add(polygon(Map.of(), block(a, s)));
                }
            }
        }
        return blocks;
    }

    private List<Object> green() {
        List<Object> green = new ArrayList<>();
        for (int a = 0; a < Grid.AVENUES - 1; a++) {
            for (int s = 0; s < Grid.STREETS - 1; s++) {
                if (isGreen(a, s)) {
                    green.add(polygon(Map.of("name", a == 2 ? "市民公园" : "绿地"), block(a, s)));
                }
            }
        }
        return green;
    }

    private List<Object> places() {
        List<Object> places = new ArrayList<>();
        for (PostPlan post : posts()) {
            places.add(Map.of(
                    "type", "Feature",
                    "properties", Map.of("name", post.name()),
                    "geometry",
                            Map.of(
                                    "type",
                                    "Point",
                                    "coordinates",
                                    grid.at(post.east(), post.north() + post.halfHeight() + 30))));
        }
        return places;
    }

    private static boolean isGreen(int avenue, int street) {
        return avenue == 2 && street == 4 || avenue == 5 && street == 0;
    }

    private List<double[]> block(int a, int s) {
        double[] sw = grid.crossing(a, s);
        double[] se = grid.crossing(a + 1, s);
        double[] ne = grid.crossing(a + 1, s + 1);
        double[] nw = grid.crossing(a, s + 1);
        return List.of(
                grid.at(sw[0] + SETBACK, sw[1] + SETBACK),
                grid.at(se[0] - SETBACK, se[1] + SETBACK),
                grid.at(ne[0] - SETBACK, ne[1] - SETBACK),
                grid.at(nw[0] + SETBACK, nw[1] - SETBACK),
                grid.at(sw[0] + SETBACK, sw[1] + SETBACK));
    }

    private double[] middle(int a1, int s1, int a2, int s2) {
        double[] one = grid.crossing(a1, s1);
        double[] other = grid.crossing(a2, s2);
        return new double[] {(one[0] + other[0]) / 2, (one[1] + other[1]) / 2};
    }

    private static Object polygon(Map<String, String> properties, List<double[]> ring) {
        return Map.of(
                "type",
                "Feature",
                "properties",
                properties,
                "geometry",
                Map.of("type", "Polygon", "coordinates", List.of(ring)));
    }

    private static Object line(Map<String, String> properties, List<double[]> points) {
        return Map.of(
                "type",
                "Feature",
                "properties",
                properties,
                "geometry",
                Map.of("type", "LineString", "coordinates", points));
    }

    private String collection(List<Object> features) {
        return json.writeValueAsString(Map.of("type", "FeatureCollection", "features", features));
    }
}
