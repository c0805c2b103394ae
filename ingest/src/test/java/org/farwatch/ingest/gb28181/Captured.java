package org.farwatch.ingest.gb28181;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Captured messages beside the project, in the folder that the system property {@code farwatch.shared} names. */
final class Captured {
    private Captured() {}

    /** What stands in a file, without the lines that say where it is from; skips the test where it is not at hand. */
    static String text(String name) throws IOException {
        String folder = System.getProperty("farwatch.shared", "");
        Path file = Path.of(folder, "data", "gb28181", name);
        boolean there = !folder.isEmpty() && Files.isReadable(file);
        if (!there) {
            System.out.println("skipped: no ../shared (" + file + ")");
        }
        Assumptions.assumeTrue(there, "skipped: no ../shared");
        return Files.readAllLines(file).stream()
                .filter(line -> !line.startsWith("# "))
                .collect(Collectors.joining("\r\n"));
    }

    /** The names of all files, in order; skips the test where they are not at hand. */
    static List<String> names() throws IOException {
        text("01_dahua_register_unauth.txt");
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("farwatch.shared"), "data", "gb28181"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** The n-th XML body in a file. */
    static byte[] body(String name, int number) throws IOException {
        String[] bodies = text(name).split("(?=<\\?xml)", -1);
        String body = bodies[bodies[0].contains("<?xml") ? number - 1 : number];
        return body.replaceAll("(?s)----.*", "").getBytes(StandardCharsets.UTF_8);
    }
}
