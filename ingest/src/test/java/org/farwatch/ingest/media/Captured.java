package org.farwatch.ingest.media;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.farwatch.ingest.media.pull.Connection;
import org.farwatch.ingest.media.pull.PullFailure;
import org.farwatch.ingest.media.pull.PullSource;
import org.junit.jupiter.api.Assumptions;

/** Streams that are at hand beside the project, and what libavformat reads in them. */
public final class Captured {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private Captured() {}

    /** Skips the calling test where the file is not at hand. */
    public static Path file(String name) {
        String folder = System.getProperty("farwatch.shared", "");
        Path file = Path.of(folder, "data", "media", name);
        boolean there = !folder.isEmpty() && Files.isReadable(file);
        if (!there) {
            System.out.println("skipped: no " + name + " in ../shared");
        }
        Assumptions.assumeTrue(there, "skipped: no " + name + " in ../shared");
        return file;
    }

    public static byte[] bytes(String name) throws IOException {
        return Files.readAllBytes(file(name));
    }

    /** Pictures by libavformat, in the form of {@link Heard#recorded}. */
    public static List<Integer> byLibavformat(Path file) throws PullFailure {
        List<Integer> pictures = new ArrayList<>();
        try (Connection connection = PullSource.parse(file.toUri().toString()).connect()) {
            connection.open(LIMIT);
            while (true) {
                MediaUnit unit = connection.read(LIMIT);
                if (unit.track() == MediaUnit.Track.VIDEO) {
                    pictures.add(Arrays.hashCode(unit.payload()));
                }
            }
        } catch (PullFailure e) {
            if (e.offlineCause() != OfflineCause.ENDED) {
                throw e;
            }
        }
        return pictures;
    }
}
