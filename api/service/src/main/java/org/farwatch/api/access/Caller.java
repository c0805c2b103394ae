package org.farwatch.api.access;

import java.io.Serial;
import java.io.Serializable;
import java.util.Set;
import org.springframework.security.core.AuthenticatedPrincipal;

/**
 * Who calls: the principal of a request or of a live connection.
 *
 * @param userId internal id
 * @param username login name
 * @param officerId the officer that the user is, 0 when none
 * @param squads internal ids of the squads the user may see; empty means all for roles of the bureau
 */
public record Caller(
        long userId,
        String username,
        String displayName,
        Set<Role> roles,
        long officerId,
        Set<Long> squads,
        boolean mustChangePassword)
        implements AuthenticatedPrincipal, Serializable {
    @Serial
    private static final long serialVersionUID = 1L;

    @Override
    public String getName() {
        return username;
    }

    public boolean is(Role role) {
        return roles.contains(role);
    }

    /** The rows this caller may see. */
    public DataScope scope() {
        boolean bureau = roles.stream().anyMatch(role -> switch (role) {
            case OPERATOR, INSPECTOR, LEGAL_REVIEWER, ADMINISTRATOR, SECURITY_AUDITOR -> true;
            case SQUAD_LEADER, OFFICER -> false;
        });
        return bureau && squads.isEmpty() ? DataScope.EVERYTHING : DataScope.of(squads);
    }
}
