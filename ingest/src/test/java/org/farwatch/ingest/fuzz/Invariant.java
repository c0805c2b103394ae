package org.farwatch.ingest.fuzz;

import java.util.Arrays;
import java.util.Objects;

/** What holds whatever the input is. Costs next to nothing where it holds: targets run some ten thousand times a second. */
public final class Invariant {
    private Invariant() {}

    /** @throws AssertionError with the rule when it does not hold */
    public static void holds(boolean rule, String otherwise) {
        if (!rule) {
            throw new AssertionError(otherwise);
        }
    }

    public static void same(Object one, Object other, String what) {
        if (!Objects.equals(one, other)) {
            throw new AssertionError("%s: %s is not %s".formatted(what, one, other));
        }
    }

    public static void same(byte[] one, byte[] other, String what) {
        if (!Arrays.equals(one, other)) {
            throw new AssertionError("%s: %s is not %s".formatted(what, Arrays.toString(one), Arrays.toString(other)));
        }
    }
}
