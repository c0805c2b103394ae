package org.farwatch.vision.model;

/**
 * Orders of axes.
 *
 * <p>A permutation {@code p} makes of a tensor {@code t} the tensor whose axis {@code i} is axis {@code p[i]} of {@code t}, as
 * {@code Transpose} has it in TensorFlow and in ONNX.
 */
final class Layout {
    /** From batch, channel, row, column (ONNX) to batch, row, column, channel (TensorFlow). */
    private static final int[] TO_CHANNELS_LAST = {0, 2, 3, 1};

    private static final int[] TO_CHANNELS_FIRST = {0, 3, 1, 2};

    private Layout() {}

    static int[] toChannelsLast() {
        return TO_CHANNELS_LAST.clone();
    }

    static int[] toChannelsFirst() {
        return TO_CHANNELS_FIRST.clone();
    }

    static int[] identity(int rank) {
        int[] perm = new int[rank];
        for (int axis = 0; axis < rank; axis++) {
            perm[axis] = axis;
        }
        return perm;
    }

    /** The values in the order of {@code perm}; with a permutation for values: first it, then {@code perm}. */
    static int[] permute(int[] values, int[] perm) {
        int[] moved = new int[perm.length];
        for (int i = 0; i < perm.length; i++) {
            moved[i] = values[perm[i]];
        }
        return moved;
    }

    static int[] inverse(int[] perm) {
        int[] back = new int[perm.length];
        for (int i = 0; i < perm.length; i++) {
            back[perm[i]] = i;
        }
        return back;
    }
}
