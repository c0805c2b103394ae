package org.farwatch.api.access;

import java.util.Set;
import org.farwatch.api.web.Given;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Refusal;

/**
 * The squads whose rows a caller may see, and change where his role may; a parameter of every query. In SQL:
 * {@code (:everything or squad_id = any(:squads))} with {@link #everything} and {@link #squadArray}. What belongs to no
 * squad or to all of them is changed by those who see everything only.
 *
 * @param everything no restriction; rows without a squad are seen too
 * @param squads internal squad ids
 */
public record DataScope(boolean everything, Set<Long> squads) {
    public static final DataScope EVERYTHING = new DataScope(true, Set.of());

    public static DataScope of(Set<Long> squads) {
        return new DataScope(false, Set.copyOf(squads));
    }

    /** @param squadNo internal squad id, 0 when the row has none */
    public boolean sees(long squadNo) {
        return everything || squads.contains(squadNo);
    }

    public Long[] squadArray() {
        return squads.toArray(Long[]::new);
    }

    /**
     * The squad that a request names for a row.
     *
     * @param id the field {@code squadId} as given, null when it is not
     * @return internal id, null when none is named
     * @throws Refusal 400 when it is not the caller's to name
     */
    public Long squadNamed(String id) {
        Long squadNo = Ids.field("squadId", id);
        if (squadNo != null && !sees(squadNo)) {
            throw noSquad(id);
        }
        return squadNo;
    }

    /**
     * As {@link #squadNamed}, for a row that is made: without a squad it would be nobody's but the district's.
     *
     * @throws Refusal 400 also when none is named and the caller does not see everything
     */
    public Long squadOfNew(String id) {
        if (id == null && !everything) {
            throw Refusal.field("squadId", "must be a squad of yours");
        }
        return squadNamed(id);
    }

    /**
     * The squad of a row after a change.
     *
     * @param given the field {@code squadId} of the change
     * @param before internal id, null for none
     * @throws Refusal 400 as {@link #squadOfNew}, when the squad is changed or cleared
     */
    public Long squadAfter(Given<String> given, Long before) {
        return given == null ? before : squadOfNew(given.value());
    }

    /** The 400 for a squad that does not exist; one that is not the caller's is refused alike, so that none is revealed. */
    public static Refusal noSquad(String id) {
        return Refusal.field("squadId", "names no squad of yours: " + id);
    }

    /**
     * For what concerns the whole district.
     *
     * @param what sentence without its end, such as {@code "squads are made"}
     * @throws Refusal 403 when the caller is limited to squads
     */
    public void requireEverything(String what) {
        if (!everything) {
            throw new Refusal(403, "not permitted", what + " by those who see the whole district");
        }
    }
}
