package org.farwatch.api.inspection;

import java.util.List;

/**
 * Somebody who can be sent.
 *
 * @param squads ids of his own squads, to none of which he is sent
 */
record DrawInspector(String username, String name, List<String> squads) {
    DrawInspector {
        squads = List.copyOf(squads);
    }

    /** @param squadId null for things without a squad, which are nobody's own */
    boolean mayLookAt(String squadId) {
        return squadId == null || !squads.contains(squadId);
    }
}
