package org.farwatch.api.checks;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.Role;
import org.farwatch.api.checks.CheckState.Action;
import org.farwatch.api.web.Refusal;

/**
 * Who may do what with a task beside what its state allows: those who were sent check; whoever sees the whole district, or
 * the squad when its own inspectors check, hands out again and cancels. A legal reviewer has to do with recordings only.
 */
final class CheckRights {
    private CheckRights() {}

    /**
     * @return the state after it
     * @throws Refusal 409 for the state, 403 for who the caller is
     */
    static CheckState require(InspectionTask task, Action action, Caller caller) {
        CheckState next = CheckState.FLOW.next(task.id(), task.state(), action, roles(task, caller));
        if (!may(task, action, caller)) {
            String whose = action.ofThoseWhoCheck()
                    ? "those who were sent: "
                            + task.persons().stream()
                                    .map(InspectionTask.Person::name)
                                    .collect(Collectors.joining(", "))
                    : "inspectors who see the whole district";
            throw new Refusal(
                    403, "not permitted", action.label() + " of inspection task " + task.id() + " is for " + whose);
        }
        return next;
    }

    /**
     * Whether he may look at the squad in the task: whoever sees it anyhow, and those who were sent while it is open.
     *
     * @throws Refusal 403
     */
    static void requireLook(InspectionTask task, Caller caller) {
        boolean sent = task.mine() && !CheckState.FLOW.ends(task.state());
        if (!sent && !caller.scope().sees(task.squadNo())) {
            throw new Refusal(
                    403,
                    "not permitted",
                    "inspection task " + task.id() + " is " + task.state().label()
                            + ": what it let those see who were sent is closed again");
        }
    }

    static Set<Action> actions(InspectionTask task, Caller caller) {
        Set<Action> open = CheckState.FLOW.actions(Action.class, task.state(), roles(task, caller));
        open.removeIf(action -> !may(task, action, caller));
        return open;
    }

    private static boolean may(InspectionTask task, Action action, Caller caller) {
        if (action.ofThoseWhoCheck()) {
            return task.mine();
        }
        return caller.scope().everything()
                || (task.level().equals(InspectionTask.SQUAD) && caller.scope().sees(task.squadNo()));
    }

    private static Set<Role> roles(InspectionTask task, Caller caller) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        roles.addAll(caller.roles());
        if (task.kind() != CheckKind.RECORDING) {
            roles.remove(Role.LEGAL_REVIEWER);
        }
        return roles;
    }
}
