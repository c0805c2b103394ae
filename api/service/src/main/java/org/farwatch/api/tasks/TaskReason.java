package org.farwatch.api.tasks;

import static org.farwatch.api.tasks.TaskAction.CHECK_FAILED;
import static org.farwatch.api.tasks.TaskAction.CLOSE;
import static org.farwatch.api.tasks.TaskAction.RETURN;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.farwatch.api.flow.Flow;
import org.farwatch.api.web.Refusal;

/** Why a task goes back, fails its check or ends undone; each action has its own. */
enum TaskReason {
    /** 非本队辖区. */
    NOT_OUR_AREA(RETURN),
    /** 非本队职责. */
    NOT_OUR_WORK(RETURN),
    /** 需其他部门配合. */
    NEEDS_OTHERS(RETURN),
    /** 情况不属实. */
    MISTAKEN(RETURN, CLOSE),
    /** 已自行消除. */
    SETTLED(RETURN, CLOSE),
    /** 重复派发. */
    DUPLICATE(RETURN, CLOSE),
    /** 转其他部门. */
    PASSED_ON(CLOSE),
    /** 仍然存在. */
    STILL_THERE(CHECK_FAILED),
    /** 未处置彻底. */
    PARTLY_DONE(CHECK_FAILED),
    /** 无法核实. */
    NOT_VERIFIABLE(CHECK_FAILED),
    /** 其他: then the note says what. */
    OTHER(RETURN, CLOSE, CHECK_FAILED);

    private final Set<TaskAction> actions;

    TaskReason(TaskAction... actions) {
        this.actions = Set.of(actions);
    }

    /** @throws Refusal 400 for a reason that the action does not have, and for {@code other} without a note */
    static void require(TaskAction action, String reason, String note) {
        List<TaskReason> fitting = Arrays.stream(values())
                .filter(each -> each.actions.contains(action))
                .toList();
        TaskReason given = fitting.stream()
                .filter(each -> Flow.label(each).equals(reason))
                .findFirst()
                .orElseThrow(() -> Refusal.field(
                        "reason",
                        "must be one of " + fitting.stream().map(Flow::label).collect(Collectors.joining(", "))
                                + " for " + action.label() + ", was " + reason));
        if (given == OTHER && (note == null || note.isBlank())) {
            throw Refusal.field("note", "must say why when the reason is other");
        }
    }
}
