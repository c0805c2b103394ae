package org.farwatch.ingest.record;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Recordings as they lie on the disk, here or copied elsewhere. Only names are listed; a sidecar is read when it is
 * asked for. Threads may share it.
 *
 * @param root holds a folder for each stream
 * @param algorithm that what is new is hashed with; what there is says its own
 */
public record Recordings(Path root, HashAlgorithm algorithm) {
    private static final Pattern DAY = Pattern.compile("[0-9]{8}");
    static final Predicate<LocalDate> EVERY_DAY = _ -> true;

    /** New ones by SHA-256. */
    public Recordings(Path root) {
        this(root, HashAlgorithm.SHA_256);
    }

    /**
     * A segment by its name, whether or not both of its files are there.
     *
     * @param video where its pictures are or should be
     * @param sidecar where its sidecar is or should be
     */
    public record Entry(SegmentName name, Path video, Path sidecar, boolean hasVideo, boolean hasSidecar) {}

    /**
     * @param entries by sequence, then start
     * @param foreign files that are named like none of ours, by name
     * @param unfinished sidecars whose writing a crash broke off
     */
    record Listing(List<Entry> entries, List<Path> foreign, List<Path> unfinished) {}

    /** Ids of the streams that have a folder, sorted. */
    public List<String> streams() throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        List<String> streams = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(root, Files::isDirectory)) {
            for (Path folder : folders) {
                String name = folder.getFileName().toString();
                if (SegmentName.isStream(name)) {
                    streams.add(name);
                }
            }
        } catch (java.nio.file.DirectoryIteratorException e) {
            throw e.getCause();
        }
        streams.sort(null);
        return streams;
    }

    /** The folder of a stream, whether or not it is there. */
    public Path folder(String stream) {
        return root.resolve(SegmentName.checkStream(stream));
    }

    /** The roots of days, beside the folders of the streams. */
    public DayRoots roots() {
        return new DayRoots(root.resolve(SegmentName.ROOTS));
    }

    /** What retention has deleted, beside the folders of the streams. */
    public DeletionLedgers deletions() {
        return new DeletionLedgers(root.resolve(SegmentName.DELETED));
    }

    /** The file of a segment's pictures. */
    public Path video(Sidecar sidecar) {
        return sidecar.name().video(folder(sidecar.stream()));
    }

    /**
     * Segments of a stream after a sequence, by sequence: what an index that knows all up to there has to catch up with.
     *
     * @param after 0 for all
     */
    public List<Entry> entries(String stream, long after) throws IOException {
        return entries(stream, after, EVERY_DAY);
    }

    /** The same of some days (UTC) only: a year of segments is a million names, which takes seconds to list. */
    public List<Entry> entries(String stream, long after, Predicate<LocalDate> days) throws IOException {
        return listing(folder(stream), days).entries().stream()
                .filter(entry -> entry.name().sequence() > after)
                .toList();
    }

    /**
     * Sidecars of a stream after a sequence, by sequence.
     *
     * @param after 0 for all
     * @param limit most that are read, at least 1
     * @throws SidecarFault when one of them is broken; {@link #entries} leads around it
     */
    public List<Sidecar> sidecars(String stream, long after, int limit) throws IOException {
        List<Sidecar> sidecars = new ArrayList<>();
        for (Entry entry : entries(stream, after)) {
            if (entry.hasSidecar() && sidecars.size() < limit) {
                sidecars.add(Sidecar.read(entry.sidecar()));
            }
        }
        return sidecars;
    }

    /**
     * Where a stream's chain goes on. Behind a last sidecar that cannot be read – no crash leaves one – it goes on over
     * the hash of that file as it is: recording does not stop for it, and {@link Verification} names it.
     */
    public ChainPoint head(String stream) throws IOException {
        return head(stream, EVERY_DAY);
    }

    /** The same for who knows on which days (UTC) the chain's end can lie. */
    public ChainPoint head(String stream, Predicate<LocalDate> days) throws IOException {
        Optional<Entry> last = lastSidecar(listing(folder(stream), days));
        return last.isEmpty() ? ChainPoint.beginning(stream) : head(last.get());
    }

    static Optional<Entry> lastSidecar(Listing listing) {
        return listing.entries().reversed().stream().filter(Entry::hasSidecar).findFirst();
    }

    ChainPoint head(Entry last) throws IOException {
        try {
            Sidecar sidecar = Sidecar.read(last.sidecar());
            return new ChainPoint(last.name().sequence(), sidecar.chain());
        } catch (SidecarFault _) {
            byte[] buffer = new byte[Hashes.READ_BYTES];
            String hash = Hashes.ofFile(algorithm, last.sidecar(), buffer).hash();
            return new ChainPoint(last.name().sequence(), hash);
        }
    }

    /** @param folder of a stream; need not be there */
    static Listing listing(Path folder) throws IOException {
        return listing(folder, EVERY_DAY);
    }

    static Listing listing(Path folder, Predicate<LocalDate> days) throws IOException {
        Map<Path, Entry> entries = new HashMap<>();
        List<Path> foreign = new ArrayList<>();
        List<Path> unfinished = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> folders = Files.newDirectoryStream(folder)) {
                for (Path day : folders) {
                    if (DAY.matcher(day.getFileName().toString()).matches() && Files.isDirectory(day)) {
                        if (wanted(day, days)) {
                            list(day, entries, foreign, unfinished);
                        }
                    } else {
                        foreign.add(day);
                    }
                }
            } catch (java.nio.file.DirectoryIteratorException e) {
                throw e.getCause();
            }
        }
        List<Entry> sorted = new ArrayList<>(entries.values());
        sorted.sort(Comparator.comparingLong((Entry entry) -> entry.name().sequence())
                .thenComparing(entry -> entry.video()));
        foreign.sort(null);
        return new Listing(sorted, foreign, unfinished);
    }

    /** A folder of a day that there is not is looked into by everybody. */
    private static boolean wanted(Path day, Predicate<LocalDate> days) {
        try {
            return days.test(LocalDate.parse(day.getFileName().toString(), DateTimeFormatter.BASIC_ISO_DATE));
        } catch (DateTimeParseException _) {
            return true;
        }
    }

    private static void list(Path day, Map<Path, Entry> entries, List<Path> foreign, List<Path> unfinished)
            throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(day)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                Optional<SegmentName> parsed = SegmentName.parse(name);
                if (parsed.isPresent()) {
                    boolean video = name.endsWith(SegmentName.VIDEO);
                    Path path = video ? file : SegmentName.videoOf(file);
                    Entry one = new Entry(parsed.get(), path, SegmentName.sidecarOf(path), video, !video);
                    entries.merge(path, one, (a, b) -> new Entry(a.name(), a.video(), a.sidecar(), true, true));
                } else if (name.endsWith(SegmentName.UNFINISHED)) {
                    unfinished.add(file);
                } else {
                    foreign.add(file);
                }
            }
        }
    }
}
