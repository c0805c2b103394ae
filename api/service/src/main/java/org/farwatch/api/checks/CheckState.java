package org.farwatch.api.checks;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import org.farwatch.api.access.Role;
import org.farwatch.api.flow.Flow;

/** Where an inspection task stands. */
enum CheckState {
    /** 待检查. */
    ASSIGNED,
    /** 检查中. */
    IN_PROGRESS,
    /** 已完成. */
    DONE,
    /** 已取消. */
    CANCELLED;

    /** What is done with one. Who of the roles may is besides a question of {@link CheckRights}. */
    enum Action {
        START,
        /** 评分: of one item. */
        SCORE,
        /** 取证. */
        COLLECT,
        FINISH,
        /** 改派: to other people. */
        REASSIGN,
        CANCEL;

        /** Whether it is for those who check; the others are for those who hand tasks out. */
        boolean ofThoseWhoCheck() {
            return switch (this) {
                case START, SCORE, COLLECT, FINISH -> true;
                case REASSIGN, CANCEL -> false;
            };
        }

        @JsonValue
        String label() {
            return Flow.label(this);
        }
    }

    static final Flow<CheckState, Action> FLOW = Flow.of(
            "inspection task",
            List.of(
                    Flow.step(ASSIGNED, Action.START, IN_PROGRESS, Role.INSPECTOR, Role.LEGAL_REVIEWER),
                    Flow.step(ASSIGNED, Action.REASSIGN, ASSIGNED, Role.INSPECTOR),
                    Flow.step(ASSIGNED, Action.CANCEL, CANCELLED, Role.INSPECTOR),
                    Flow.step(IN_PROGRESS, Action.SCORE, IN_PROGRESS, Role.INSPECTOR, Role.LEGAL_REVIEWER),
                    Flow.step(IN_PROGRESS, Action.COLLECT, IN_PROGRESS, Role.INSPECTOR, Role.LEGAL_REVIEWER),
                    Flow.step(IN_PROGRESS, Action.FINISH, DONE, Role.INSPECTOR, Role.LEGAL_REVIEWER),
                    Flow.step(IN_PROGRESS, Action.REASSIGN, ASSIGNED, Role.INSPECTOR),
                    Flow.step(IN_PROGRESS, Action.CANCEL, CANCELLED, Role.INSPECTOR)));

    @JsonValue
    String label() {
        return Flow.label(this);
    }
}
