package org.farwatch.api.access;

import java.util.Set;

/**
 * The squads whose rows a caller may see; a parameter of every query. In SQL:
 * {@code (:everything or squad_id = any(:squads))} with {@link #everything} and {@link #squadArray}.
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
}
