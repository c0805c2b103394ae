package org.farwatch.api.access;

import java.util.Set;

/**
 * The rows a caller may see where officers see what concerns themselves: those of his squads, or those about himself. In
 * SQL: {@code (:everything or squad_id = any(:squads) or officer_id = :officer)}. Being an officer opens no squad, also
 * when one is named for the user.
 *
 * @param scope the squads; none for somebody who is nothing but an officer
 * @param officerId the officer that the caller is, 0 when none or when not called as one
 */
public record OwnScope(DataScope scope, long officerId) {
    private static final DataScope NOTHING = DataScope.of(Set.of());

    public static OwnScope of(Caller caller) {
        boolean beyond = caller.roles().stream().anyMatch(role -> role != Role.OFFICER);
        return new OwnScope(beyond ? caller.scope() : NOTHING, caller.is(Role.OFFICER) ? caller.officerId() : 0);
    }

    /** @param officer whom the row is about, null for nobody */
    public boolean sees(long squadNo, Long officer) {
        return scope.sees(squadNo) || (officer != null && officerId != 0 && officer == officerId);
    }
}
