package org.farwatch.api.gb28181;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where channels stand in the tree of their device: a pure function of what the device says of them. A channel stands
 * under the first of these that is listed: its parents (of several, {@code a/b}, the last first), its business group, its
 * region or the nearest one above that; else under the device. Each is reached from the device: where channels belong to
 * each other in a circle, the one with the first code stands under the device.
 */
final class ChannelPlaces {
    /** Digits of a region's code, the smallest region first. */
    private static final int[] REGIONS = {8, 6, 4, 2};

    private final String device;
    private final Map<String, Node> nodes = new LinkedHashMap<>();

    /**
     * A channel in its place.
     *
     * @param parent ParentID, {@code group} BusinessGroupID, {@code region} CivilCode, all empty where it does not say
     * @param under where it stands now
     */
    record Node(String code, String parent, String group, String region, boolean listed, String under) {}

    private ChannelPlaces(String device, Collection<Node> all) {
        this.device = device;
        all.forEach(node -> nodes.put(node.code(), node));
    }

    /**
     * Those that do not stand where they belong.
     *
     * @param device its own code, under which the uppermost stand
     * @param all its channels by code
     * @return the place of each by its code
     */
    static Map<String, String> moved(String device, Collection<Node> all) {
        ChannelPlaces places = new ChannelPlaces(device, all);
        Map<String, String> under = new LinkedHashMap<>();
        all.forEach(node -> under.put(node.code(), places.of(node)));
        places.breakCircles(under);
        all.forEach(node -> under.remove(node.code(), node.under()));
        return under;
    }

    private String of(Node node) {
        String[] parents = node.parent().split("/", -1);
        for (int i = parents.length - 1; i >= 0; i--) {
            String parent = parents[i].strip();
            if (parent.equals(device) || holds(parent, node)) {
                return parent;
            }
        }
        return Stream.concat(Stream.of(node.group()), regions(node).stream())
                .filter(code -> holds(code, node))
                .findFirst()
                .orElse(device);
    }

    /** What is not listed any more holds nothing that is. */
    private boolean holds(String code, Node node) {
        Node other = nodes.get(code);
        return other != null && !code.equals(node.code()) && (other.listed() || !node.listed());
    }

    private static List<String> regions(Node node) {
        List<String> regions = new ArrayList<>();
        String region = node.region();
        regions.add(region);
        for (int digits : REGIONS) {
            if (digits < region.length()) {
                regions.add(region.substring(0, digits));
            }
        }
        return regions;
    }

    private void breakCircles(Map<String, String> under) {
        Map<String, List<String>> below = new HashMap<>();
        under.forEach((code, place) ->
                below.computeIfAbsent(place, _ -> new ArrayList<>()).add(code));
        Set<String> reached = new HashSet<>();
        reach(device, below, reached);
        for (String code : nodes.keySet()) {
            if (reached.add(code)) {
                under.put(code, device);
                reach(code, below, reached);
            }
        }
    }

    private static void reach(String from, Map<String, List<String>> below, Set<String> reached) {
        Deque<String> next = new ArrayDeque<>(List.of(from));
        while (!next.isEmpty()) {
            for (String code : below.getOrDefault(next.pop(), List.of())) {
                if (reached.add(code)) {
                    next.push(code);
                }
            }
        }
    }
}
