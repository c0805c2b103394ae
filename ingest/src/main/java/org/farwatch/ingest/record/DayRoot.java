package org.farwatch.ingest.record;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * One value for all segments of a stream that begin on a UTC day: the Merkle tree of RFC 6962, 2.1, over SHA-256. Leaves
 * are the chain values (32 bytes each) in the order of the sequence. A leaf's hash is SHA-256(0x00, leaf), a node's
 * SHA-256(0x01, left, right); left is the largest full tree of 2<sup>k</sup> leaves that leaves something for the right.
 * So with one leaf deleted by retention its neighbours can still be proved.
 */
public final class DayRoot {
    private static final HexFormat HEX = HexFormat.of();

    private DayRoot() {}

    /**
     * @param chains chain values of the day's segments, by sequence; at least one
     * @return 64 hexadecimal digits
     */
    public static String of(List<String> chains) {
        return HEX.formatHex(tree(leaves(chains)));
    }

    /**
     * What proves that one segment is under the root: its siblings from the leaf upwards (RFC 6962, 2.1.1).
     *
     * @param index of the segment in the list, from 0
     */
    public static List<String> proof(List<String> chains, int index) {
        if (index < 0 || index >= chains.size()) {
            throw new IllegalArgumentException("index must be from 0 to " + (chains.size() - 1) + ", was " + index);
        }
        List<String> path = new ArrayList<>();
        List<byte[]> leaves = leaves(chains);
        int at = index;
        while (leaves.size() > 1) {
            int split = split(leaves.size());
            boolean left = at < split;
            path.addFirst(HEX.formatHex(tree(left ? leaves.subList(split, leaves.size()) : leaves.subList(0, split))));
            leaves = left ? leaves.subList(0, split) : leaves.subList(split, leaves.size());
            at -= left ? 0 : split;
        }
        return path;
    }

    /**
     * Whether a proof leads from a chain value to the root.
     *
     * @param index of the segment in its day
     * @param size segments of the day
     */
    public static boolean proves(String root, String chain, int index, int size, List<String> proof) {
        if (index < 0 || index >= size) {
            return false;
        }
        int at = index;
        int last = size - 1;
        byte[] hash = leaf(chain);
        for (String sibling : proof) {
            if (last == 0) {
                return false;
            }
            byte[] other = HEX.parseHex(sibling);
            if ((at & 1) == 1 || at == last) {
                hash = node(other, hash);
                while ((at & 1) == 0 && at != 0) {
                    at >>>= 1;
                    last >>>= 1;
                }
            } else {
                hash = node(hash, other);
            }
            at >>>= 1;
            last >>>= 1;
        }
        return last == 0 && HEX.formatHex(hash).equals(root);
    }

    private static List<byte[]> leaves(List<String> chains) {
        if (chains.isEmpty()) {
            throw new IllegalArgumentException("a day without segments has no root");
        }
        return chains.stream().map(DayRoot::leaf).toList();
    }

    private static byte[] tree(List<byte[]> leaves) {
        if (leaves.size() == 1) {
            return leaves.getFirst();
        }
        int split = split(leaves.size());
        return node(tree(leaves.subList(0, split)), tree(leaves.subList(split, leaves.size())));
    }

    /** The largest power of two below the size. */
    private static int split(int size) {
        return Integer.highestOneBit(size - 1);
    }

    private static byte[] leaf(String chain) {
        MessageDigest digest = Hashes.sha256();
        digest.update((byte) 0);
        return digest.digest(HEX.parseHex(chain));
    }

    private static byte[] node(byte[] left, byte[] right) {
        MessageDigest digest = Hashes.sha256();
        digest.update((byte) 1);
        digest.update(left);
        return digest.digest(right);
    }
}
