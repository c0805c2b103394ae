package org.farwatch.vision.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TensorTest {
    @Test
    void transposingMovesEveryNumberToItsPlace() {
        float[] values = new float[2 * 3 * 4];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        Tensor.Floats moved = new Tensor.Floats(new int[] {2, 3, 4}, values).transposed(2, 0, 1);
        assertThat(moved.shape()).containsExactly(4, 2, 3);
        for (int a = 0; a < 2; a++) {
            for (int b = 0; b < 3; b++) {
                for (int c = 0; c < 4; c++) {
                    assertThat(moved.values()[(c * 2 + a) * 3 + b]).isEqualTo(values[(a * 3 + b) * 4 + c]);
                }
            }
        }
    }

    @Test
    void transposingBackGivesTheSameNumbers() {
        Tensor.Floats tensor = new Tensor.Floats(new int[] {1, 2, 3}, new float[] {1, 2, 3, 4, 5, 6});
        int[] perm = {1, 2, 0};
        assertThat(tensor.transposed(perm).transposed(Layout.inverse(perm)).values())
                .containsExactly(tensor.values());
    }

    @Test
    void refusesAShapeThatDoesNotHoldItsNumbers() {
        assertThatThrownBy(() -> new Tensor.Floats(new int[] {2, 2}, new float[3]))
                .hasMessageContaining("[2, 2] does not hold 3");
    }
}
