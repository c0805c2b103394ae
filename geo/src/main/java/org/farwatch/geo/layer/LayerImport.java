package org.farwatch.geo.layer;

import java.util.List;
import org.farwatch.geo.place.Place;

/**
 * What reading a layer gave. Whether one bad feature spoils the rest is for the caller to say.
 *
 * @param places the features without problems, in WGS-84, in the order of the file
 * @param problems what is wrong, in the order of the file; at most {@link LayerReader#MOST_PROBLEMS}, then reading stops
 */
public record LayerImport(List<Place> places, List<LayerProblem> problems) {
    public LayerImport {
        places = List.copyOf(places);
        problems = List.copyOf(problems);
    }

    /** Whether every feature was taken. */
    public boolean complete() {
        return problems.isEmpty();
    }
}
