package org.farwatch.api.walls;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * A saved wall; its owner's alone.
 *
 * @param size pictures at once: 1, 4, 9 or 16
 * @param seconds that each page of a patrol is shown, 5 to 3,600; null for a layout
 * @param streams ids; of a layout one for each cell, null where it is empty, of a patrol in the order in which they are
 *     shown
 */
record Wall(
        String id,
        String name,
        int size,
        @JsonInclude(JsonInclude.Include.ALWAYS) Integer seconds,
        List<String> streams,
        int version) {}
