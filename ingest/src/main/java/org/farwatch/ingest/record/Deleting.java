package org.farwatch.ingest.record;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.farwatch.ingest.record.Deletion.Part;
import org.farwatch.ingest.record.Deletion.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes recordings so that it can be told afterwards: what goes is written into the stream's ledger first. Which
 * segments may go its caller decides; it refuses what is not as it was recorded, since its deletion would hide that.
 * One thread at a time.
 */
public final class Deleting {
    private static final Logger LOG = LoggerFactory.getLogger(Deleting.class);

    private final Recordings recordings;
    private final DeletionLedgers ledgers;
    private final Signer signer;
    /** Files that would not go, with the reason, until they are taken. */
    private final Map<Path, String> stuck = new LinkedHashMap<>();

    public Deleting(Recordings recordings, Signer signer) {
        this.recordings = recordings;
        this.ledgers = recordings.deletions();
        this.signer = signer;
    }

    /**
     * @param made deletions, in their order
     * @param left what was not deleted, as a file of it is not there or not as it was recorded
     */
    public record Outcome(List<Deletion> made, List<SegmentName> left) {}

    /**
     * Deletes the pictures of segments; their sidecars stay. One deletion is made of each stretch of sequences without a
     * gap.
     *
     * @param names ascending by sequence, all covered by day roots, none of them the stream's newest
     * @param days see {@link Deletion}
     * @throws DeletionFault when the ledger is not as it was written; nothing is deleted then
     * @throws IOException when the disk cannot be read or written; what the ledger has goes at {@link #finish}
     */
    public Outcome pictures(String stream, List<SegmentName> names, Reason reason, int days, Instant now)
            throws IOException {
        Path folder = recordings.folder(stream);
        List<Deletion> made = new ArrayList<>();
        List<SegmentName> left = new ArrayList<>();
        List<Sidecar> stretch = new ArrayList<>();
        for (SegmentName name : names) {
            Optional<Sidecar> sidecar = recorded(stream, folder, name);
            if (sidecar.isEmpty()) {
                left.add(name);
            } else {
                if (!stretch.isEmpty() && stretch.getLast().sequence() + 1 != name.sequence()) {
                    made.add(consecutive(stream, stretch, reason, days, now));
                    stretch.clear();
                }
                stretch.add(sidecar.get());
            }
        }
        if (!stretch.isEmpty()) {
            made.add(consecutive(stream, stretch, reason, days, now));
        }
        return new Outcome(made, left);
    }

    private Deletion consecutive(String stream, List<Sidecar> stretch, Reason reason, int days, Instant now)
            throws IOException {
        Deletion.Facts facts = new Deletion.Facts(
                Part.PICTURES,
                stretch.getFirst().sequence(),
                stretch.getLast().sequence(),
                stretch.size(),
                stretch.stream().mapToLong(Sidecar::bytes).sum(),
                stretch.stream().mapToLong(Sidecar::start).min().orElseThrow(),
                stretch.stream().mapToLong(Sidecar::end).max().orElseThrow(),
                reason,
                days);
        return write(stream, facts, stretch.getLast().chain(), now);
    }

    /**
     * Deletes the sidecars of all segments that a day root covers of the stream. Their pictures must have been deleted.
     *
     * @param root what the day root says of the stream
     * @param from earliest start of the segments, milliseconds since 1970 UTC
     * @param to their latest end
     * @param days see {@link Deletion}
     * @return empty when the pictures of one of them were not deleted by the ledger, or are there
     */
    public Optional<Deletion> sidecars(StreamRoot root, long from, long to, Reason reason, int days, Instant now)
            throws IOException {
        Deletions done = ledgers.read(root.stream());
        Set<Long> absent = new HashSet<>(root.absent());
        for (long sequence = root.first(); sequence <= root.last(); sequence++) {
            if (!absent.contains(sequence) && !done.pictures(sequence)) {
                return Optional.empty();
            }
        }
        for (Recordings.Entry entry : entries(root.stream(), root.first(), root.last(), from, to)) {
            if (entry.hasVideo()) {
                return Optional.empty();
            }
        }
        Deletion.Facts facts = new Deletion.Facts(
                Part.SIDECARS, root.first(), root.last(), root.segments(), 0, from, to, reason, days);
        return Optional.of(write(root.stream(), facts, root.chain(), now));
    }

    private Deletion write(String stream, Deletion.Facts facts, String chain, Instant now) throws IOException {
        Deletion before = ledgers.last(stream).orElse(null);
        Deletion deletion = Deletion.following(before, stream, facts, chain, now, signer);
        ledgers.add(deletion);
        finish(deletion);
        return deletion;
    }

    /**
     * Files that the ledger says are deleted and that the disk would not let go since this was asked last, with its
     * reason. The deletion stands all the same: whoever asks takes on to try again.
     */
    public Map<Path, String> takeStuck() {
        Map<Path, String> taken = new LinkedHashMap<>(stuck);
        stuck.clear();
        return taken;
    }

    /**
     * Deletes what a line of the ledger says, as far as it is still there; may be done again.
     *
     * @throws IOException when the disk cannot be read or its folders not be forced; of a file that cannot be deleted see
     *     {@link #takeStuck}
     */
    public void finish(Deletion deletion) throws IOException {
        Set<Path> folders = new HashSet<>();
        for (Recordings.Entry entry :
                entries(deletion.stream(), deletion.first(), deletion.last(), deletion.from(), deletion.to())) {
            Path file = switch (deletion.part()) {
                case PICTURES -> entry.video();
                case SIDECARS -> entry.sidecar();
            };
            if (entry.hasSidecar()) {
                remove(file);
                folders.add(file.getParent());
            }
        }
        for (Path folder : folders) {
            SidecarJson.forceFolder(folder);
        }
        if (deletion.part() == Part.SIDECARS) {
            for (Path folder : folders) {
                removeIfEmpty(folder);
            }
        }
    }

    /** One that cannot go, as it is being held by another program or was made immutable, keeps no other from going. */
    private void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            stuck.put(file, e.toString());
        }
    }

    private static void removeIfEmpty(Path folder) throws IOException {
        try {
            Files.delete(folder);
        } catch (DirectoryNotEmptyException | NoSuchFileException _) {
            // Another root's segments lie in it.
        }
    }

    /** Of the folders of the days on which they can lie. */
    private List<Recordings.Entry> entries(String stream, long first, long last, long from, long to)
            throws IOException {
        LocalDate begin = LocalDate.ofInstant(Instant.ofEpochMilli(from), ZoneOffset.UTC);
        LocalDate end = LocalDate.ofInstant(Instant.ofEpochMilli(to), ZoneOffset.UTC);
        return recordings.entries(stream, first - 1, day -> !day.isBefore(begin) && !day.isAfter(end)).stream()
                .filter(entry -> entry.name().sequence() <= last)
                .toList();
    }

    /** Empty where something of the segment is not as it was recorded; its content is not read. */
    private static Optional<Sidecar> recorded(String stream, Path folder, SegmentName name) throws IOException {
        Path video = name.video(folder);
        try {
            Sidecar sidecar = Sidecar.read(name.sidecar(folder));
            if (sidecar.stream().equals(stream)
                    && sidecar.name().equals(name)
                    && sidecar.computedChain().equals(sidecar.chain())
                    && Files.isRegularFile(video)
                    && Files.size(video) == sidecar.bytes()) {
                return Optional.of(sidecar);
            }
            LOG.warn("{} is not deleted: it is not as it was recorded", video);
        } catch (SidecarFault | NoSuchFileException e) {
            LOG.warn("{} is not deleted: {}", video, e.getMessage());
        }
        return Optional.empty();
    }
}
