package org.farwatch.ingest.fuzz;

/** What Jazzer calls: once with the target's label, then with input after input. */
public final class Fuzz {
    private static Target target;

    private Fuzz() {}

    public static void fuzzerInitialize(String[] arguments) {
        target = Target.of(arguments[0]);
        // Loads its classes, which takes longer than any input may.
        target.run(new byte[0]);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        target.run(input);
    }
}
