package org.farwatch.ingest.record;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What leads from one segment to a day root, and with the chain from all segments before it: audit paths (RFC 6962, 2.1.1)
 * from its chain value to its stream's tree, and from the stream's root to the day's. Goes with an export, so that this can
 * be checked against a root that was kept elsewhere.
 *
 * @param sequence of the segment
 * @param path from its chain value to the stream's tree
 * @param streamIndex of the stream among those of the day, from 0
 * @param streamPath from its root to the day's tree
 * @param day the day root with this stream only
 */
public record InclusionProof(long sequence, List<String> path, int streamIndex, List<String> streamPath, DayRoot day) {
    /** @throws IllegalArgumentException when a path is not of hashes or the day has not one stream */
    public InclusionProof {
        path = List.copyOf(path);
        streamPath = List.copyOf(streamPath);
        path.forEach(hash -> DayRoot.requireHex("path", hash));
        streamPath.forEach(hash -> DayRoot.requireHex("streamPath", hash));
        if (day == null || day.streams().size() != 1) {
            throw new IllegalArgumentException("day must have one stream");
        }
    }

    /** All of an export, in the order of days. */
    record Proofs(List<InclusionProof> proofs) {}

    /**
     * Of a stream's segment that a root covers, or of the last that it covers before the segment.
     *
     * @param root whole
     * @param sequence up to which is exported
     * @return empty when the root covers no segment from first to sequence
     */
    public static Optional<InclusionProof> of(
            Recordings recordings, DayRoot root, String stream, long first, long sequence) throws IOException {
        StreamRoot entry = root.stream(stream).orElse(null);
        if (entry == null || entry.first() > sequence || entry.last() < Math.max(first, entry.first())) {
            return Optional.empty();
        }
        long proved = Math.min(sequence, entry.last());
        List<String> leaves =
                new Leaves(stream, recordings.entries(stream, entry.first() - 1)).from(entry.first(), entry.last());
        List<String> roots = root.streams().stream().map(StreamRoot::root).toList();
        int index = root.streams().indexOf(entry);
        return Optional.of(new InclusionProof(
                proved,
                MerkleTree.proof(HashAlgorithm.of(entry.tree()), leaves, (int) (proved - entry.first())),
                index,
                MerkleTree.proof(HashAlgorithm.of(root.tree()), roots, index),
                root.only(entry)));
    }

    /** What is wrong with it; empty when it leads from the chain value of the stream's segment to its day's signed root. */
    public Optional<String> fault(String stream, String chain) {
        StreamRoot entry = day.streams().getFirst();
        Optional<String> fault = day.fault();
        if (fault.isPresent()) {
            return fault;
        }
        if (!entry.stream().equals(stream)) {
            return Optional.of("it is of stream " + entry.stream());
        }
        if (!MerkleTree.proves(day.tree(), entry.root(), streamIndex, day.count(), streamPath)) {
            return Optional.of("the stream's root is not under that of the day");
        }
        int index = Math.clamp(sequence - entry.first(), -1, Integer.MAX_VALUE);
        return MerkleTree.proves(entry.tree(), chain, index, entry.leaves(), path)
                ? Optional.empty()
                : Optional.of("segment " + sequence + " is not the one under the stream's root");
    }

    /** As a file. */
    public static byte[] document(List<InclusionProof> proofs) {
        return DayRootJson.bytes(new Proofs(proofs));
    }

    /** @throws DayRootFault when the file holds none */
    public static List<InclusionProof> read(Path file) throws IOException {
        return List.copyOf(DayRootJson.read(file, Proofs.class).proofs());
    }
}
