package org.farwatch.ingest.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Day roots as they lie on the disk, one file a day named for it: {@code 2026-11-21.json}. They are never deleted.
 *
 * @param folder need not be there
 */
public record DayRoots(Path folder) {
    private static final String SUFFIX = ".json";
    private static final String UNFINISHED = ".json.tmp";

    /** Days of which there is a file, ascending. */
    public List<LocalDate> days() throws IOException {
        List<LocalDate> days = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
                for (Path file : files) {
                    day(file).ifPresent(days::add);
                }
            } catch (java.nio.file.DirectoryIteratorException e) {
                throw e.getCause();
            }
        }
        days.sort(null);
        return days;
    }

    /** Where a day's file is or should be. */
    public Path file(LocalDate day) {
        return folder.resolve(day + SUFFIX);
    }

    /** @throws DayRootFault when its file is none */
    public DayRoot read(LocalDate day) throws IOException {
        return DayRoot.read(file(day));
    }

    /** The last one, empty before the first. */
    public Optional<DayRoot> newest() throws IOException {
        List<LocalDate> days = days();
        return days.isEmpty() ? Optional.empty() : Optional.of(read(days.getLast()));
    }

    /**
     * Writes one that is new.
     *
     * @throws IllegalStateException when the day has one already
     */
    void write(DayRoot root) throws IOException {
        write(root.day(), root.document());
    }

    /**
     * Writes a document that is not here any more, as it was.
     *
     * @throws DayRootFault when it is none of that day
     * @throws IllegalStateException when the day has one
     */
    public void bringBack(LocalDate day, byte[] document) throws IOException {
        DayRoot root = DayRoot.read(document);
        if (!root.day().equals(day) || root.fault().isPresent()) {
            throw new DayRootFault(file(day), root.fault().orElse("is the root of " + root.day()), null);
        }
        write(day, document);
    }

    /**
     * So that after a crash there is either the whole file or none: under another name, forced to the disk, renamed, and
     * the folder forced as well.
     */
    private void write(LocalDate day, byte[] document) throws IOException {
        Files.createDirectories(folder);
        Path file = file(day);
        if (Files.exists(file)) {
            throw new IllegalStateException(file + " is there already and is never changed");
        }
        Path unfinished = folder.resolve(day + UNFINISHED);
        ByteBuffer bytes = ByteBuffer.wrap(document);
        try (FileChannel out = FileChannel.open(
                unfinished,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        SidecarJson.forceFolder(folder);
        SidecarJson.forceFolder(folder.getParent());
    }

    private static Optional<LocalDate> day(Path file) {
        String name = file.getFileName().toString();
        try {
            return Optional.of(LocalDate.parse(name.substring(0, name.length() - SUFFIX.length())));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }
}
