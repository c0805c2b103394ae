package org.farwatch.vision;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Footage that is not part of the project; a test that needs it is skipped, with a line that says so, where it is not at hand. */
public final class Shared {
    private Shared() {}

    /** A file below {@code data} of the folder that the system property {@code farwatch.shared} names. */
    public static Path data(String name) {
        return present(
                Path.of(System.getProperty("farwatch.shared", "../../shared"), "data")
                        .resolve(name),
                "no ../shared");
    }

    /** {@code vtest.avi} of Debian's package opencv-doc, or where {@code ./test} has put it: {@code FARWATCH_FOOTAGE}. */
    public static Path vtest() {
        return present(
                Path.of(System.getenv()
                        .getOrDefault("FARWATCH_FOOTAGE", "/usr/share/doc/opencv-doc/examples/data/vtest.avi")),
                "no vtest.avi (Debian's package opencv-doc)");
    }

    private static Path present(Path file, String missing) {
        boolean there = Files.isReadable(file);
        if (!there) {
            System.out.println("skipped: " + missing + " (" + file + ")");
        }
        Assumptions.assumeTrue(there, "skipped: " + missing);
        return file;
    }
}
