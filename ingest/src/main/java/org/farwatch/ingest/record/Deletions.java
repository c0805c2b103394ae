package org.farwatch.ingest.record;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What retention has deleted of a stream, as far as its ledger is as it was written: {@link #fault} names the first line
 * that is not, and nothing from there on counts. Immutable; a look-up costs the logarithm of the number of deletions.
 */
public final class Deletions {
    /** Nothing was deleted. */
    public static final Deletions NONE = new Deletions(List.of(), null);

    private final List<Deletion> lines;
    private final Fault fault;
    private final TreeMap<Long, Deletion> pictures = new TreeMap<>();
    private final TreeMap<Long, Deletion> sidecars = new TreeMap<>();

    /**
     * @param line in the ledger, from 1
     * @param reason in a sentence, naming the fact
     */
    public record Fault(long line, String reason) {}

    private Deletions(List<Deletion> lines, Fault fault) {
        this.lines = List.copyOf(lines);
        this.fault = fault;
        for (Deletion line : lines) {
            of(line.part()).put(line.first(), line);
        }
    }

    /**
     * @param trusted fingerprints of keys that may have signed; all when empty
     * @param unread why the line behind these cannot be read, null when all were
     */
    static Deletions checked(String stream, List<Deletion> lines, Set<String> trusted, String unread) {
        Deletion before = null;
        for (int i = 0; i < lines.size(); i++) {
            Deletion line = lines.get(i);
            Optional<String> wrong = wrong(stream, before, line, trusted);
            if (wrong.isPresent()) {
                return new Deletions(lines.subList(0, i), new Fault(i + 1L, wrong.get()));
            }
            before = line;
        }
        return new Deletions(lines, unread == null ? null : new Fault(lines.size() + 1L, unread));
    }

    private static Optional<String> wrong(String stream, Deletion before, Deletion line, Set<String> trusted) {
        Optional<String> fault = line.fault();
        if (fault.isPresent()) {
            return fault;
        }
        if (!line.stream().equals(stream)) {
            return Optional.of("is of stream " + line.stream());
        }
        long number = before == null ? 1 : before.number() + 1;
        String previous = before == null ? Deletion.beginning(stream) : before.hash();
        if (line.number() != number || !line.previous().equals(previous)) {
            return Optional.of("does not follow the one before");
        }
        return trusted.isEmpty() || trusted.contains(line.fingerprint())
                ? Optional.empty()
                : Optional.of("is signed with the key " + line.fingerprint());
    }

    /** In their order, up to the first fault. */
    public List<Deletion> lines() {
        return lines;
    }

    /** The first line that is not as it was written; empty when all are. */
    public Optional<Fault> fault() {
        return Optional.ofNullable(fault);
    }

    /** Whether the pictures of this segment were deleted. */
    public boolean pictures(long sequence) {
        return covering(pictures, sequence).isPresent() || wholeEnd(sequence) >= sequence;
    }

    /**
     * How far the deletion goes that took this segment's pictures and its sidecar.
     *
     * @return sequence of its last segment; one less than the sequence where none took them
     */
    public long wholeEnd(long sequence) {
        return covering(sidecars, sequence).map(Deletion::last).orElse(sequence - 1);
    }

    /** The chain value that a segment had by the deletion that ended with it; empty where none did. */
    public Optional<String> chain(long sequence) {
        return covering(sidecars, sequence)
                .or(() -> covering(pictures, sequence))
                .filter(line -> line.last() == sequence && !line.chain().equals(StreamRoot.ABSENT))
                .map(Deletion::chain);
    }

    /** The deletion of sidecars of exactly this range; empty where there was none. */
    Optional<Deletion> ofRange(long first, long last) {
        return Optional.ofNullable(sidecars.get(first)).filter(line -> line.last() == last);
    }

    private NavigableMap<Long, Deletion> of(Deletion.Part part) {
        return switch (part) {
            case PICTURES -> pictures;
            case SIDECARS -> sidecars;
        };
    }

    private static Optional<Deletion> covering(NavigableMap<Long, Deletion> ranges, long sequence) {
        Map.Entry<Long, Deletion> entry = ranges.floorEntry(sequence);
        return entry == null ? Optional.empty() : Optional.of(entry.getValue()).filter(line -> line.covers(sequence));
    }
}
