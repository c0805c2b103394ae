package org.farwatch.ingest.record;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What a day root says of one stream: the segments behind those of the day root before, and one value over them. {@code
 * root} is the hash of this text in UTF-8, every line ended by a line feed:
 *
 * <pre>
 * farwatch stream root 1
 * previous=&lt;the stream's root in the day root before; at first {@link #beginning}&gt;
 * stream=…
 * first=…
 * last=…
 * absent=&lt;sequences, separated by commas&gt;
 * chain=…
 * tree=…
 * </pre>
 *
 * @param stream id of the stream
 * @param first sequence of the first segment: the one behind {@code last} of the day root before
 * @param last sequence of the last segment; {@code first - 1} when there are none
 * @param absent sequences among them that had no readable sidecar when the root was made, ascending; their leaf is
 *     {@link #ABSENT}
 * @param chain chain value of the last segment, also where that stands in an earlier day root
 * @param tree {@link MerkleTree} over the chain values from first to last
 * @param previous the stream's root in the day root before
 * @param root the value above
 */
public record StreamRoot(
        String stream,
        long first,
        long last,
        List<Long> absent,
        String chain,
        String tree,
        String previous,
        String root) {
    /** Leaf of a segment that had no readable sidecar. */
    public static final String ABSENT = "0".repeat(64);

    /** @throws IllegalArgumentException naming the fact, its value and the rule; whether root fits is not asked */
    public StreamRoot {
        SegmentName.checkStream(stream);
        if (first < 1 || last < first - 1 || last - first >= Integer.MAX_VALUE) {
            throw new IllegalArgumentException("first and last must be a range from 1, were " + first + " and " + last);
        }
        absent = List.copyOf(absent);
        for (long sequence : absent) {
            if (sequence < first || sequence > last) {
                throw new IllegalArgumentException("absent must lie within first and last, was " + sequence);
            }
        }
        DayRoot.requireHex("chain", chain);
        DayRoot.requireHex("tree", tree);
        DayRoot.requireHex("previous", previous);
        DayRoot.requireHex("root", root);
    }

    /**
     * Of the segments behind a root.
     *
     * @param before null for the stream's first root
     * @param leaves chain values of all segments behind it that this root covers, {@link #ABSENT} where there is none
     */
    static StreamRoot following(
            HashAlgorithm algorithm, StreamRoot before, String stream, List<Long> absent, List<String> leaves) {
        long first = before == null ? 1 : before.last() + 1;
        String chain = before == null ? ChainPoint.beginning(stream).chain() : before.chain();
        if (!leaves.isEmpty()) {
            chain = leaves.getLast();
        }
        String tree = MerkleTree.of(algorithm, leaves);
        String previous = before == null ? beginning(stream) : before.root();
        long last = first + leaves.size() - 1;
        return new StreamRoot(
                stream,
                first,
                last,
                absent,
                chain,
                tree,
                previous,
                root(algorithm, previous, stream, first, last, absent, chain, tree));
    }

    /** Before the first root of a stream: SHA-256 over {@code farwatch stream roots 1}, a line feed, its id, a line feed. */
    public static String beginning(String stream) {
        return Hashes.ofText("farwatch stream roots 1\n" + stream + "\n");
    }

    /** The value that the other facts give. */
    public String computedRoot() {
        return root(HashAlgorithm.of(root), previous, stream, first, last, absent, chain, tree);
    }

    /** How many segments it covers, without those that were absent. */
    public long segments() {
        return last - first + 1 - absent.size();
    }

    /** How many leaves its tree has. */
    public int leaves() {
        return (int) (last - first + 1);
    }

    private static String root(
            HashAlgorithm algorithm,
            String previous,
            String stream,
            long first,
            long last,
            List<Long> absent,
            String chain,
            String tree) {
        return algorithm.ofText("farwatch stream root 1\nprevious=" + previous
                + "\nstream=" + stream
                + "\nfirst=" + first
                + "\nlast=" + last
                + "\nabsent=" + absent.stream().map(String::valueOf).collect(Collectors.joining(","))
                + "\nchain=" + chain
                + "\ntree=" + tree + "\n");
    }
}
