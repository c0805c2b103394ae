package org.farwatch.ingest.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.farwatch.ingest.record.RootVerdict.Kind;
import org.farwatch.ingest.record.RootVerdict.Wrong;

/**
 * Checks day roots by themselves, against each other, against those that were kept elsewhere, and recordings against them.
 * Whoever holds the house's key can make all of its files anew; only {@link #kept} shows that. Files are looked at by
 * {@link Verification}. One thread.
 */
public final class RootVerification {
    private final DayRoots roots;
    private final Map<LocalDate, Head> heads = new TreeMap<>();
    private final Map<String, List<Range>> ranges = new HashMap<>();
    private final Set<String> keys = new LinkedHashSet<>();
    private DayRoot newest;

    private record Head(String root, String key) {}

    /** What one root says of a stream. */
    private record Range(LocalDate day, long first, long last, List<Long> absent, String tree, String chain) {}

    public RootVerification(DayRoots roots) {
        this.roots = roots;
    }

    /**
     * Reads all roots of the house.
     *
     * @param trusted fingerprints of keys that may have signed; all when empty
     */
    public RootVerdict documents(Set<String> trusted) throws IOException {
        for (LocalDate day : roots.days()) {
            DayRoot root;
            try {
                root = roots.read(day);
            } catch (DayRootFault e) {
                return new Wrong(Kind.ALTERED, day, null, roots.file(day) + " " + e.reason());
            }
            Wrong wrong = wrong(day, root, trusted);
            if (wrong != null) {
                return wrong;
            }
            take(root);
        }
        return intact();
    }

    /** @return null when nothing is */
    private Wrong wrong(LocalDate day, DayRoot root, Set<String> trusted) {
        Optional<String> fault = root.fault();
        if (fault.isPresent()) {
            return new Wrong(Kind.ALTERED, day, null, roots.file(day) + ": " + fault.get());
        }
        if (!root.day().equals(day) || !root.whole()) {
            return new Wrong(
                    Kind.ALTERED,
                    day,
                    null,
                    roots.file(day) + (root.whole() ? " is the root of " + root.day() : " lacks streams"));
        }
        if (!trusted.isEmpty() && !trusted.contains(root.fingerprint())) {
            return new Wrong(Kind.RESIGNED, day, null, "it is signed with the key " + root.fingerprint());
        }
        LocalDate before = newest == null ? null : newest.day();
        if (root.previousDay() != null && (before == null || before.isBefore(root.previousDay()))) {
            return new Wrong(Kind.MISSING, root.previousDay(), null, "the root of " + day + " follows it");
        }
        String previous = newest == null ? DayRoot.BEGINNING : newest.root();
        if (!java.util.Objects.equals(before, root.previousDay())
                || !root.previous().equals(previous)) {
            return new Wrong(
                    Kind.UNCHAINED,
                    day,
                    null,
                    "it does not follow " + (before == null ? "the beginning" : "the root of " + before + " as it is"));
        }
        return streams(root);
    }

    private Wrong streams(DayRoot root) {
        Map<String, StreamRoot> before = new HashMap<>();
        if (newest != null) {
            newest.streams().forEach(stream -> before.put(stream.stream(), stream));
        }
        for (StreamRoot stream : root.streams()) {
            StreamRoot earlier = before.remove(stream.stream());
            boolean follows = earlier == null
                    ? stream.first() == 1 && stream.previous().equals(StreamRoot.beginning(stream.stream()))
                    : stream.first() == earlier.last() + 1 && stream.previous().equals(earlier.root());
            if (!follows) {
                return new Wrong(
                        Kind.UNCHAINED, root.day(), stream.stream(), "it does not go on where the root before ended");
            }
        }
        return before.isEmpty()
                ? null
                : new Wrong(
                        Kind.UNCHAINED,
                        root.day(),
                        before.keySet().iterator().next(),
                        "the root before has it and this one has not");
    }

    /**
     * Compares with what was kept elsewhere. Where the house has no roots at all – a copy of the recordings – the kept
     * documents take their place.
     */
    public RootVerdict kept(List<KeptRoot> kept) throws IOException {
        if (heads.isEmpty() && roots.days().isEmpty()) {
            kept.forEach(each -> each.document().ifPresent(this::take));
            return intact();
        }
        for (KeptRoot each : kept) {
            Head head = heads.get(each.day());
            if (head == null) {
                return new Wrong(
                        Kind.MISSING,
                        each.day(),
                        null,
                        Files.exists(roots.file(each.day()))
                                ? "it was kept elsewhere, and the house's could not be read up to there"
                                : "it was kept elsewhere and is not in the house");
            }
            if (!head.root().equals(each.root())) {
                return differs(each);
            }
            if (each.document().isPresent()
                    && !each.document().get().publicKey().equals(head.key())) {
                return new Wrong(
                        Kind.RESIGNED,
                        each.day(),
                        null,
                        "kept elsewhere, it is signed with the key "
                                + each.document().get().fingerprint());
            }
        }
        return new RootVerdict.Intact(kept.getFirst().day(), kept.getLast().day(), kept.size(), Set.copyOf(keys));
    }

    private Wrong differs(KeptRoot kept) throws IOException {
        DayRoot found = roots.read(kept.day());
        String both = found.root() + " is not " + kept.root() + ", which was kept in " + kept.file();
        if (kept.document().isPresent()) {
            Map<String, String> expected = new TreeMap<>();
            kept.document().get().streams().forEach(stream -> expected.put(stream.stream(), stream.root()));
            for (StreamRoot stream : found.streams()) {
                if (!stream.root().equals(expected.remove(stream.stream()))) {
                    return new Wrong(Kind.DIFFERS, kept.day(), stream.stream(), both);
                }
            }
            if (!expected.isEmpty()) {
                return new Wrong(
                        Kind.DIFFERS, kept.day(), expected.keySet().iterator().next(), both);
            }
        }
        return new Wrong(Kind.DIFFERS, kept.day(), null, both);
    }

    /**
     * Compares a stream's sidecars with all roots that were read.
     *
     * @param folder of the stream
     */
    public Optional<Wrong> stream(String stream, Path folder) throws IOException {
        return stream(stream, folder, Deletions.NONE);
    }

    /**
     * The same where retention has deleted some: of a root whose whole range it took, its ledger must name the end.
     *
     * @param folder of the stream
     */
    public Optional<Wrong> stream(String stream, Path folder, Deletions deletions) throws IOException {
        List<Recordings.Entry> entries = Recordings.listing(folder).entries();
        Leaves leaves = new Leaves(stream, entries);
        for (Range range : ranges.getOrDefault(stream, List.of())) {
            Optional<Deletion> deleted = deletions.ofRange(range.first(), range.last());
            if (deleted.isPresent() && deleted.get().chain().equals(range.chain())) {
                continue;
            }
            if (deleted.isPresent()) {
                return Optional.of(new Wrong(
                        Kind.REWRITTEN,
                        range.day(),
                        stream,
                        "segments " + range.first() + " to " + range.last() + " were deleted with the chain value "
                                + deleted.get().chain() + ", and " + range.chain() + " was signed"));
            }
            List<String> found = new ArrayList<>(leaves.from(range.first(), range.last()));
            range.absent().forEach(sequence -> found.set((int) (sequence - range.first()), StreamRoot.ABSENT));
            for (int i = 0; i < found.size(); i++) {
                long sequence = range.first() + i;
                if (found.get(i).equals(StreamRoot.ABSENT) && !range.absent().contains(sequence)) {
                    return Optional.of(new Wrong(
                            Kind.REWRITTEN,
                            range.day(),
                            stream,
                            "segment " + sequence + " was signed and has no readable sidecar"));
                }
            }
            if (!MerkleTree.of(HashAlgorithm.of(range.tree()), found).equals(range.tree())) {
                return Optional.of(new Wrong(
                        Kind.REWRITTEN,
                        range.day(),
                        stream,
                        "segments " + range.first() + " to " + range.last() + " are not those that were signed"));
            }
        }
        return Optional.empty();
    }

    /** Streams that the newest root names. */
    public List<String> streams() {
        return newest == null
                ? List.of()
                : newest.streams().stream().map(StreamRoot::stream).toList();
    }

    /** Where a stream's chain stood at the newest root; empty when that does not name it. */
    public Optional<ChainPoint> head(String stream) {
        return newest == null
                ? Optional.empty()
                : newest.stream(stream)
                        .filter(root -> root.last() > 0 && !root.chain().equals(StreamRoot.ABSENT))
                        .map(root -> new ChainPoint(root.last(), root.chain()));
    }

    private void take(DayRoot root) {
        heads.put(root.day(), new Head(root.root(), root.publicKey()));
        keys.add(root.fingerprint());
        for (StreamRoot stream : root.streams()) {
            if (stream.leaves() > 0) {
                ranges.computeIfAbsent(stream.stream(), _ -> new ArrayList<>())
                        .add(new Range(
                                root.day(),
                                stream.first(),
                                stream.last(),
                                stream.absent(),
                                stream.tree(),
                                stream.chain()));
            }
        }
        newest = root;
    }

    private RootVerdict.Intact intact() {
        List<LocalDate> days = List.copyOf(heads.keySet());
        return new RootVerdict.Intact(
                days.isEmpty() ? null : days.getFirst(),
                days.isEmpty() ? null : days.getLast(),
                days.size(),
                Set.copyOf(keys));
    }
}
