package org.farwatch.ingest.record;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Computes a stream's chain again, from its files and sidecars alone, and names the first thing that is not as it was
 * recorded. Works on any copy of a stream's folder. Costs one reading of every file. What somebody who can write the
 * folder could make new as a whole – the chain from some place to its end – only a chain value kept elsewhere shows:
 * give it as {@link Scope#to}.
 */
public final class Verification {
    private final String stream;
    private final Path folder;
    private final byte[] buffer = new byte[Hashes.READ_BYTES];

    /**
     * What is asked.
     *
     * @param from where to begin, {@link ChainPoint#beginning} for the whole chain
     * @param to a place of the chain that is known from elsewhere and must be reached, or null to go as far as there is
     * @param retired what retention has deleted, by its own ledger: pictures that it took are not missed, and over
     *     sidecars that it took the chain goes on with the chain value that the ledger names
     * @param writtenFrom sequences from here on are still being written and not looked at
     */
    public record Scope(ChainPoint from, ChainPoint to, Deletions retired, long writtenFrom) {
        /** All there is, from the first segment on, nothing deleted, nothing being written. */
        public static Scope whole(String stream) {
            return new Scope(ChainPoint.beginning(stream), null, Deletions.NONE, Long.MAX_VALUE);
        }

        /** The same up to a place that is known from elsewhere. */
        public Scope reaching(ChainPoint kept) {
            return new Scope(from, kept, retired, writtenFrom);
        }

        /** The same without what is being written. */
        public Scope before(long sequence) {
            return new Scope(from, to, retired, sequence);
        }

        /** The same where retention has deleted some. */
        public Scope without(Deletions deleted) {
            return new Scope(from, to, deleted, writtenFrom);
        }
    }

    /** @param folder of the stream, here or copied elsewhere */
    public Verification(String stream, Path folder) {
        this.stream = SegmentName.checkStream(stream);
        this.folder = folder;
    }

    /**
     * @param progress told the bytes of each file that was read, on this thread
     * @throws IOException when the disk cannot be read, also when the thread is interrupted; then nothing is found out
     */
    public Verdict check(Scope scope, LongConsumer progress) throws IOException {
        Recordings.Listing listing = Recordings.listing(folder);
        List<Recordings.Entry> entries = listing.entries().stream()
                .filter(entry -> entry.name().sequence() > scope.from().sequence()
                        && entry.name().sequence() < scope.writtenFrom())
                .toList();
        if (entries.isEmpty() && listing.foreign().isEmpty() && scope.to() == null) {
            return new Verdict.Intact(scope.from(), scope.from(), 0, 0);
        }
        ChainPoint at = scope.from();
        Path before = null;
        long segments = 0;
        long bytes = 0;
        for (int i = 0; i < entries.size(); ) {
            long sequence = entries.get(i).name().sequence();
            int end = i;
            while (end < entries.size() && entries.get(end).name().sequence() == sequence) {
                end++;
            }
            boolean island = false;
            if (at.sequence() + 1 < sequence) {
                Verdict gap = gap(scope.retired(), at.sequence() + 1, sequence - 1);
                if (gap != null) {
                    return gap;
                }
                Optional<String> kept = scope.retired().chain(sequence - 1);
                island = kept.isEmpty();
                at = new ChainPoint(sequence - 1, kept.orElse(at.chain()));
                before = null;
            }
            List<Recordings.Entry> same = entries.subList(i, end);
            Chosen chosen = choose(
                    same,
                    sequence,
                    island ? null : at.chain(),
                    end < entries.size() || scope.to() != null && scope.to().sequence() >= sequence);
            if (chosen.verdict() != null) {
                return chosen.verdict();
            }
            Sidecar sidecar = chosen.sidecar();
            if (!island && !sidecar.previous().equals(at.chain())) {
                return before == null
                        ? new Verdict.Altered(
                                sequence, chosen.entry().sidecar(), "previous is not the chain value it must follow")
                        : new Verdict.Altered(
                                sequence - 1,
                                before,
                                "its chain value is not the one that segment " + sequence + " was chained to");
            }
            if (!chosen.entry().hasVideo() && scope.retired().pictures(sequence)) {
                if (!scope.retired().chain(sequence).orElse(sidecar.chain()).equals(sidecar.chain())) {
                    return new Verdict.Altered(
                            sequence, chosen.entry().sidecar(), "its chain value is not the one it was deleted with");
                }
            } else {
                Verdict file = file(chosen.entry(), sidecar, entries);
                if (file != null) {
                    return file;
                }
                progress.accept(sidecar.bytes());
                segments++;
                bytes += sidecar.bytes();
            }
            at = sidecar.point();
            before = chosen.entry().sidecar();
            if (scope.to() != null && sequence == scope.to().sequence() && !at.equals(scope.to())) {
                return new Verdict.Rewritten(at, scope.to());
            }
            i = end;
        }
        if (!listing.foreign().isEmpty()) {
            return new Verdict.Added(listing.foreign().getFirst(), "is named like no segment");
        }
        if (scope.to() != null) {
            Verdict gap = gap(scope.retired(), at.sequence() + 1, scope.to().sequence());
            if (gap != null) {
                return gap;
            }
        }
        return new Verdict.Intact(scope.from(), at, segments, bytes);
    }

    /** @return null when retention has deleted all from first to last */
    private static Verdict gap(Deletions retired, long first, long last) {
        long missing = first;
        while (missing <= last) {
            long end = retired.wholeEnd(missing);
            if (end < missing) {
                return new Verdict.Missing(missing, Verdict.Missing.Part.BOTH);
            }
            missing = end + 1;
        }
        return null;
    }

    /** Which of the files of one sequence is the segment; a verdict where none is or one is too many. */
    private record Chosen(Recordings.Entry entry, Sidecar sidecar, Verdict verdict) {
        static Chosen not(Verdict verdict) {
            return new Chosen(null, null, verdict);
        }
    }

    private Chosen choose(List<Recordings.Entry> same, long sequence, String previous, boolean more)
            throws IOException {
        List<Recordings.Entry> sealed =
                same.stream().filter(Recordings.Entry::hasSidecar).toList();
        if (sealed.isEmpty()) {
            return Chosen.not(
                    more
                            ? new Verdict.Missing(sequence, Verdict.Missing.Part.SIDECAR)
                            : new Verdict.Added(same.getFirst().video(), "has no sidecar"));
        }
        Optional<Chosen> good = Optional.empty();
        List<Chosen> read = new ArrayList<>();
        for (Recordings.Entry entry : sealed) {
            Chosen one = read(entry);
            read.add(one);
            boolean fits = one.verdict() == null
                    && (previous == null || one.sidecar().previous().equals(previous));
            if (good.isEmpty() && fits) {
                good = Optional.of(one);
            }
        }
        Chosen chosen = good.orElse(read.getFirst());
        if (chosen.verdict() == null && same.size() > 1) {
            Recordings.Entry extra = same.stream()
                    .filter(entry -> !entry.equals(chosen.entry()))
                    .findFirst()
                    .orElseThrow();
            return Chosen.not(new Verdict.Added(
                    extra.hasVideo() ? extra.video() : extra.sidecar(), "is a second segment " + sequence));
        }
        return chosen;
    }

    /** A sidecar by itself: whether it is one, stands where it belongs and says what it was chained with. */
    private Chosen read(Recordings.Entry entry) throws IOException {
        long sequence = entry.name().sequence();
        Sidecar sidecar;
        try {
            sidecar = Sidecar.read(entry.sidecar());
        } catch (SidecarFault e) {
            return Chosen.not(new Verdict.Altered(sequence, entry.sidecar(), e.reason()));
        }
        if (!sidecar.computedChain().equals(sidecar.chain())) {
            return Chosen.not(new Verdict.Altered(sequence, entry.sidecar(), "its facts do not give its chain value"));
        }
        if (!sidecar.stream().equals(stream)) {
            return Chosen.not(new Verdict.Added(entry.sidecar(), "is of stream " + sidecar.stream()));
        }
        String day = entry.sidecar().getParent().getFileName().toString();
        if (!sidecar.name().equals(entry.name()) || !day.equals(SegmentName.day(sidecar.start()))) {
            return Chosen.not(new Verdict.Reordered(sequence, entry.sidecar(), sidecar.sequence()));
        }
        return new Chosen(entry, sidecar, null);
    }

    /** @return null when the file is as its sidecar says */
    private Verdict file(Recordings.Entry entry, Sidecar sidecar, List<Recordings.Entry> entries) throws IOException {
        long sequence = sidecar.sequence();
        if (!entry.hasVideo()) {
            return new Verdict.Missing(sequence, Verdict.Missing.Part.VIDEO);
        }
        Hashes.Hashed found = Hashes.ofFile(HashAlgorithm.of(sidecar.sha256()), entry.video(), buffer);
        if (found.hash().equals(sidecar.sha256())) {
            return found.length() == sidecar.bytes()
                    ? null
                    : new Verdict.Altered(sequence, entry.sidecar(), "bytes is not the length of the file");
        }
        for (Recordings.Entry other : entries) {
            if (other.hasSidecar() && holds(other.sidecar(), found.hash())) {
                return new Verdict.Reordered(
                        sequence, entry.video(), other.name().sequence());
            }
        }
        return new Verdict.Altered(
                sequence,
                entry.video(),
                found.length() == sidecar.bytes()
                        ? "its bytes are not those that were hashed"
                        : "is " + found.length() + " bytes long and was " + sidecar.bytes());
    }

    private static boolean holds(Path sidecar, String sha256) throws IOException {
        try {
            return Sidecar.read(sidecar).sha256().equals(sha256);
        } catch (SidecarFault _) {
            return false;
        }
    }
}
