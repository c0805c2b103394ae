package org.farwatch.api.access;

import java.util.Optional;

/**
 * What sends somebody to a squad that is not his own for as long as it is open. The feature that hands such tasks out
 * implements it; it is asked for each request, so that the end of a task is felt at once.
 */
public interface Assignments {
    /**
     * Where an open task of the user's sends him.
     *
     * @param purpose that he says he looks for; a task counts only when it is named there, so that the view log names it
     * @return internal id of the squad, empty when the purpose names no open task of his
     */
    Optional<Long> squad(long userId, String purpose);

    /**
     * The caller as he is on a route marked {@link Permit#assigned}: who is limited to squads sees the squad of his task
     * besides.
     *
     * @param caller reduced to the roles of the route
     */
    default Caller widen(Caller caller, Viewing viewing) {
        boolean sent = caller.is(Role.INSPECTOR) || caller.is(Role.LEGAL_REVIEWER);
        return !sent || caller.scope().everything()
                ? caller
                : squad(caller.userId(), viewing.purpose()).map(caller::seeing).orElse(caller);
    }
}
