package org.farwatch.vision.model;

import java.util.Arrays;

/**
 * A constant of a graph: numbers in row-major order with their shape; an empty shape is a scalar.
 *
 * <p>Immutable by agreement: nobody writes into the arrays after construction.
 */
sealed interface Tensor {
    /** Sizes of the axes, outermost first. */
    int[] shape();

    /** Single-precision numbers: weights. */
    record Floats(int[] shape, float[] values) implements Tensor {
        public Floats {
            checkCount(shape, values.length);
        }

        /** The same numbers with the axes in another order: axis {@code i} of the result is axis {@code perm[i]} of this. */
        Floats transposed(int... perm) {
            int rank = shape.length;
            int[] to = Layout.permute(shape, perm);
            int[] strides = strides(shape);
            float[] moved = new float[values.length];
            int[] at = new int[rank];
            for (int i = 0; i < moved.length; i++) {
                int from = 0;
                for (int axis = 0; axis < rank; axis++) {
                    from += at[axis] * strides[perm[axis]];
                }
                moved[i] = values[from];
                for (int axis = rank - 1; axis >= 0 && ++at[axis] == to[axis]; axis--) {
                    at[axis] = 0;
                }
            }
            return new Floats(to, moved);
        }

        Floats reshaped(int... to) {
            return new Floats(to, values);
        }
    }

    /** Whole numbers: shapes, paddings, axes. */
    record Longs(int[] shape, long[] values) implements Tensor {
        public Longs {
            checkCount(shape, values.length);
        }

        static Longs vector(long... values) {
            return new Longs(new int[] {values.length}, values);
        }

        int[] ints() {
            return Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
        }
    }

    /** How many numbers a shape holds. */
    static int count(int... shape) {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    private static void checkCount(int[] shape, int values) {
        if (count(shape) != values) {
            throw new IllegalArgumentException(
                    "shape " + Arrays.toString(shape) + " does not hold " + values + " values");
        }
    }

    private static int[] strides(int[] shape) {
        int[] strides = new int[shape.length];
        for (int axis = shape.length - 1, step = 1; axis >= 0; axis--) {
            strides[axis] = step;
            step *= shape[axis];
        }
        return strides;
    }
}
