package org.farwatch.ingest.jt808;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** Captured frames beside the project, in the folder that the system property {@code farwatch.shared} names. */
final class Shared {
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private Shared() {}

    /** The JT/T 808 frames of public test suites; skips the calling test where they are not at hand. */
    static List<JsonNode> frames() throws IOException {
        String folder = System.getProperty("farwatch.shared", "");
        Path file = Path.of(folder, "data", "jt808", "frames.jsonl");
        boolean there = !folder.isEmpty() && Files.isReadable(file);
        if (!there) {
            System.out.println("skipped: no ../shared (" + file + ")");
        }
        Assumptions.assumeTrue(there, "skipped: no ../shared");
        return Files.readAllLines(file).stream().map(JSON::readTree).toList();
    }
}
