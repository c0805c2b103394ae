package org.farwatch.ingest.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A folder of recordings for a test. */
final class Place {
    static final String STREAM = "cam-1";

    final Recordings recordings;
    final Told told = new Told();
    DiskGuard disk = new DiskGuard(0, 0, () -> Long.MAX_VALUE, System::nanoTime);
    RecorderSettings settings = new RecorderSettings(Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ZERO);

    Place(Path root) {
        this(root, HashAlgorithm.SHA_256);
    }

    Place(Path root, HashAlgorithm algorithm) {
        recordings = new Recordings(root, algorithm);
    }

    /** A recorder that goes on where the chain ends; it finishes files at once. */
    Recorder recorder() throws IOException {
        return new Recorder(recordings, STREAM, recordings.head(STREAM), settings, disk, told, Runnable::run);
    }

    /** Records so many segments of two seconds, in one run. */
    Place recorded(int segments) throws IOException {
        settings = new RecorderSettings(Duration.ofSeconds(1), Duration.ofMinutes(10), Duration.ZERO);
        try (Recorder recorder = recorder()) {
            Feed.into(recorder).seconds(2.0 * segments).end();
        }
        return this;
    }

    Path folder() {
        return recordings.folder(STREAM);
    }

    List<Sidecar> sidecars() throws IOException {
        return recordings.sidecars(STREAM, 0, Integer.MAX_VALUE);
    }

    Sidecar sidecar(int sequence) throws IOException {
        return sidecars().get(sequence - 1);
    }

    Path video(int sequence) throws IOException {
        return entry(sequence).video();
    }

    Path json(int sequence) throws IOException {
        return entry(sequence).sidecar();
    }

    private Recordings.Entry entry(int sequence) throws IOException {
        return recordings.entries(STREAM, sequence - 1).getFirst();
    }

    Verdict verify() throws IOException {
        return verify(Verification.Scope.whole(STREAM));
    }

    Verdict verify(Verification.Scope scope) throws IOException {
        return new Verification(STREAM, folder()).check(scope, _ -> {});
    }

    /** Another place with a copy of the files. */
    Place copiedTo(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(recordings.root())) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path to = root.resolve(recordings.root().relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        return new Place(root);
    }
}
