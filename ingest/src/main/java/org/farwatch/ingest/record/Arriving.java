package org.farwatch.ingest.record;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Uploaded segment files on their way into a chain: {@code <root>/<stream>/<upload>/<yyyyMMdd UTC>/<n>-<start>.mp4}. They
 * stay until an index knows them, since they say what a late upload makes hard to see: that the end of a stream's chain
 * may lie in a folder of days ago. A file that a crash left in the folder of recordings without a sidecar is taken out
 * again by {@link #undo}, so that recovery does not take it for a broken recording; it is chained anew from here.
 *
 * @param root on the file system of the recordings; need not be there
 */
public record Arriving(Path root, Recordings recordings) {
    /** The folder of an upload's segment files. */
    public Path folder(String stream, String upload) {
        if (!SegmentName.isStream(upload)) {
            throw new IllegalArgumentException("an upload's id names a folder, this does not: " + upload);
        }
        return root.resolve(SegmentName.checkStream(stream)).resolve(upload);
    }

    /** Streams of which something is on its way, or was. */
    public List<String> streams() throws IOException {
        return names(root);
    }

    /** What is on its way to a stream. */
    public List<String> uploads(String stream) throws IOException {
        return names(root.resolve(SegmentName.checkStream(stream)));
    }

    private static List<String> names(Path in) throws IOException {
        return folders(in).stream()
                .map(folder -> folder.getFileName().toString())
                .filter(SegmentName::isStream)
                .toList();
    }

    /** Days (UTC) in whose folders segments of a stream may have arrived that no index knows. */
    public Set<LocalDate> days(String stream) throws IOException {
        Set<LocalDate> days = new HashSet<>();
        for (Path upload : folders(root.resolve(SegmentName.checkStream(stream)))) {
            for (Path day : folders(upload)) {
                try {
                    days.add(LocalDate.parse(day.getFileName().toString(), DateTimeFormatter.BASIC_ISO_DATE));
                } catch (DateTimeParseException _) {
                    // Not ours by its name.
                }
            }
        }
        return days;
    }

    /** The sidecar of a piece that was chained before a crash or failure; empty when it was not. */
    public Optional<Sidecar> chained(String stream, Remux.Piece piece) throws IOException {
        for (Recordings.Entry entry : beside(stream, piece.facts().start())) {
            if (entry.hasSidecar()) {
                try {
                    Sidecar sidecar = Sidecar.read(entry.sidecar());
                    if (sidecar.sha256().equals(piece.facts().sha256())) {
                        return Optional.of(sidecar);
                    }
                } catch (SidecarFault _) {
                    // Verification says what is the matter with it.
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Takes out of the recordings what was put there and not chained. Before {@link Recovery}, beside no recorder.
     *
     * @return files that were taken out
     */
    public List<Path> undo(String stream) throws IOException {
        List<Path> undone = new ArrayList<>();
        for (Path upload : folders(root.resolve(SegmentName.checkStream(stream)))) {
            for (Path day : folders(upload)) {
                for (Path staged : files(day)) {
                    Optional<SegmentName> name =
                            SegmentName.parse(staged.getFileName().toString());
                    if (name.isPresent()) {
                        undo(stream, staged, name.get().start(), undone);
                    }
                }
            }
        }
        return undone;
    }

    private void undo(String stream, Path staged, long start, List<Path> undone) throws IOException {
        for (Recordings.Entry entry : beside(stream, start)) {
            if (entry.hasVideo() && !entry.hasSidecar() && Files.isSameFile(entry.video(), staged)) {
                Files.delete(entry.video());
                SidecarJson.forceFolder(entry.video().getParent());
                undone.add(entry.video());
            }
        }
    }

    /** Deletes an upload's segment files from here; what is chained stays, it is a link of its own. */
    public void drop(String stream, String upload) throws IOException {
        Path gone = folder(stream, upload);
        if (!Files.isDirectory(gone)) {
            return;
        }
        try (Stream<Path> all = Files.walk(gone)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Segments of the stream that begin in the same millisecond. */
    private List<Recordings.Entry> beside(String stream, long start) throws IOException {
        String day = SegmentName.day(start);
        return recordings
                .entries(
                        stream,
                        0,
                        one -> one.format(DateTimeFormatter.BASIC_ISO_DATE).equals(day))
                .stream()
                .filter(entry -> entry.name().start() == start)
                .toList();
    }

    private static List<Path> folders(Path in) throws IOException {
        return list(in, true);
    }

    private static List<Path> files(Path in) throws IOException {
        return list(in, false);
    }

    private static List<Path> list(Path in, boolean folders) throws IOException {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(in)) {
            try (DirectoryStream<Path> all = Files.newDirectoryStream(in)) {
                for (Path path : all) {
                    if (Files.isDirectory(path) == folders) {
                        found.add(path);
                    }
                }
            }
        }
        return found;
    }
}
