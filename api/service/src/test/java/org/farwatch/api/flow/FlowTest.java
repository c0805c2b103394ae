package org.farwatch.api.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.farwatch.api.flow.Flow.step;

import java.util.List;
import java.util.Set;
import org.farwatch.api.access.Role;
import org.farwatch.api.web.Refusal;
import org.junit.jupiter.api.Test;

class FlowTest {
    private static final Flow<Door, Act> DOOR = Flow.of(
            "door",
            List.of(
                    step(Door.OPEN, Act.SHUT, Door.SHUT, Role.OFFICER),
                    step(Door.SHUT, Act.OPEN, Door.OPEN, Role.OFFICER, Role.INSPECTOR),
                    step(Door.SHUT, Act.WALL_UP, Door.WALLED_UP, Role.ADMINISTRATOR)));

    private enum Door {
        OPEN,
        SHUT,
        WALLED_UP
    }

    private enum Act {
        OPEN,
        SHUT,
        WALL_UP
    }

    @Test
    void anActionLeadsWhereTheTableSays() {
        assertThat(DOOR.next("7", Door.OPEN, Act.SHUT, Set.of(Role.OFFICER))).isEqualTo(Door.SHUT);
        assertThat(DOOR.actions(Act.class, Door.SHUT, Set.of(Role.INSPECTOR))).containsExactly(Act.OPEN);
        assertThat(DOOR.ends(Door.WALLED_UP)).isTrue();
        assertThat(DOOR.ends(Door.OPEN)).isFalse();
    }

    @Test
    void aStateThatDoesNotAllowItSaysWhatItAllows() {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> DOOR.next("7", Door.OPEN, Act.WALL_UP, Set.of(Role.ADMINISTRATOR)))
                .withMessageContaining("door 7 is open, which allows shut; not wall-up");
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> DOOR.next("7", Door.WALLED_UP, Act.OPEN, Set.of(Role.OFFICER)))
                .withMessageContaining("walled-up, which allows nothing, it is at its end; not open");
    }

    @Test
    void aRoleThatMayNotIsToldWhoMay() {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> DOOR.next("7", Door.SHUT, Act.OPEN, Set.of(Role.OPERATOR)))
                .withMessageContaining("open of a door is for the inspector or officer");
    }

    @Test
    void aTableWithTwoAnswersOrWithNobodyIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Flow.of(
                        "door",
                        List.of(
                                step(Door.OPEN, Act.SHUT, Door.SHUT, Role.OFFICER),
                                step(Door.OPEN, Act.SHUT, Door.WALLED_UP, Role.OFFICER))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Flow.of("door", List.of(step(Door.OPEN, Act.SHUT, Door.SHUT))));
    }

    @Test
    void labelsAreReadBack() {
        assertThat(Flow.read(Door.class, "walled-up")).isEqualTo(Door.WALLED_UP);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Flow.read(Door.class, "ajar"))
                .withMessage("must be one of open, shut, walled-up; was ajar");
    }
}
