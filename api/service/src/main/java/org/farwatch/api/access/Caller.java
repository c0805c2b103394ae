package org.farwatch.api.access;

import java.io.Serial;
import java.io.Serializable;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.security.core.AuthenticatedPrincipal;

/**
 * Who calls: the principal of a request or of a live connection.
 *
 * @param userId internal id
 * @param username login name
 * @param officerId the officer that the user is, 0 when none
 * @param squads internal ids of the squads the user may see; empty means all for roles of the bureau
 * @param mustChangePassword whether he may do nothing else before
 * @param stamp grows whenever what the user may do changes or his password is replaced: a session of an older stamp is
 *     over
 * @param until when the bearer token that was shown ends, null when the caller came with a password
 */
public record Caller(
        long userId,
        String username,
        String displayName,
        Set<Role> roles,
        long officerId,
        Set<Long> squads,
        boolean mustChangePassword,
        int stamp,
        Instant until)
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

    /** Whether the caller showed a bearer token. */
    public boolean byToken() {
        return until != null;
    }

    /**
     * The rows this caller may see. Without named squads a role of the bureau sees everything and a role of a squad
     * nothing. A controller gets its caller reduced to the roles that its route names, so that being, say, administrator
     * besides widens nothing that only squad leaders may see.
     */
    public DataScope scope() {
        return squads.isEmpty() && roles.stream().anyMatch(Role::ofBureau)
                ? DataScope.EVERYTHING
                : DataScope.of(squads);
    }

    /** The same caller with no other roles than these. */
    public Caller only(Collection<Role> permitted) {
        return new Caller(
                userId,
                username,
                displayName,
                roles.stream().filter(permitted::contains).collect(Collectors.toUnmodifiableSet()),
                officerId,
                squads,
                mustChangePassword,
                stamp,
                until);
    }

    /** The same caller who sees one more squad. */
    Caller seeing(long squad) {
        Set<Long> more = new HashSet<>(squads);
        more.add(squad);
        return new Caller(
                userId, username, displayName, roles, officerId, Set.copyOf(more), mustChangePassword, stamp, until);
    }

    Caller until(Instant end) {
        return new Caller(userId, username, displayName, roles, officerId, squads, mustChangePassword, stamp, end);
    }
}
