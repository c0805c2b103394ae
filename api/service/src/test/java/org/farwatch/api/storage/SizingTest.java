package org.farwatch.api.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SizingTest {
    @Test
    void fiveHundredCamerasOfTwoMegabitsTakeElevenTerabytesADay() {
        Sizing sizing = Sizing.of(List.of(new Sizing.Wanted(StorageClass.CAMERA, 500, 2_000, 24, 30)), 20);

        Sizing.Line line = sizing.lines().getFirst();
        assertThat(line.bytesPerDay() / 1e12).isCloseTo(10.8, within(0.1));
        assertThat(line.bytes()).as("and the day that is not over").isEqualTo(31 * line.bytesPerDay());
        assertThat(sizing.recordings()).isEqualTo(line.bytes());
        assertThat(sizing.disk()).isEqualTo(line.bytes() + 20);
    }

    @Test
    void linesAddUpAndHoursCount() {
        Sizing sizing = Sizing.of(
                List.of(
                        new Sizing.Wanted(StorageClass.CAMERA, 1, 1_000, 24, 30),
                        new Sizing.Wanted(StorageClass.BODY_CAMERA, 2, 1_000, 12, 30)),
                0);

        assertThat(sizing.lines().get(0).bytes())
                .isEqualTo(sizing.lines().get(1).bytes());
        assertThat(sizing.recordings()).isEqualTo(2 * sizing.lines().get(0).bytes());
        assertThat(Sizing.of(List.of(new Sizing.Wanted(StorageClass.MOBILE, 0, 1, 0, 30)), 5)
                        .disk())
                .isEqualTo(5);
    }

    @Test
    void whatNoNumberHoldsIsRefused() {
        List<Sizing.Wanted> much = java.util.Collections.nCopies(
                100_000, new Sizing.Wanted(StorageClass.CAMERA, 100_000, 100_000, 24, 3_650));
        assertThatThrownBy(() -> Sizing.of(much, 0)).isInstanceOf(ArithmeticException.class);
    }
}
