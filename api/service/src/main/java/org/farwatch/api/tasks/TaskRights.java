package org.farwatch.api.tasks;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.access.Role;

/** Which tasks somebody sees, and as what he acts on one: an officer only on what he has in hand himself. */
final class TaskRights {
    private TaskRights() {}

    /** The squads whose tasks he sees; those that he has in hand himself he sees besides. */
    static DataScope scope(Caller caller) {
        Set<Role> wider = EnumSet.allOf(Role.class);
        wider.remove(Role.OFFICER);
        Caller other = caller.only(wider);
        return other.roles().isEmpty() ? DataScope.of(Set.of()) : other.scope();
    }

    /**
     * The roles in which he may act on a task.
     *
     * @param assigneeId user who has it in hand, 0 for none
     */
    static Set<Role> roles(Caller caller, long squadNo, long assigneeId) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (Role role : caller.roles()) {
            boolean his = role == Role.OFFICER
                    ? assigneeId == caller.userId()
                    : caller.only(List.of(role)).scope().sees(squadNo);
            if (his) {
                roles.add(role);
            }
        }
        return roles;
    }
}
