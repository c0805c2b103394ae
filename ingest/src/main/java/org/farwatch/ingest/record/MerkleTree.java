package org.farwatch.ingest.record;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * One value for many: the Merkle tree of RFC 6962, 2.1, over SHA-256. Leaves are values of 32 bytes in an order: the chain
 * values of a stream's segments, or the roots of a day's streams. A leaf's hash is SHA-256(0x00, leaf), a node's
 * SHA-256(0x01, left, right); left is the largest full tree of 2<sup>k</sup> leaves that leaves something for the right.
 * So one of them can be proved without the others. The tree of nothing is SHA-256 of nothing.
 */
public final class MerkleTree {
    private static final HexFormat HEX = HexFormat.of();

    private MerkleTree() {}

    /**
     * @param values 64 lower-case hexadecimal digits each, in their order
     * @return 64 hexadecimal digits
     */
    public static String of(List<String> values) {
        return HEX.formatHex(values.isEmpty() ? Hashes.sha256().digest() : tree(leaves(values)));
    }

    /**
     * What proves that one value is under the root: its siblings from the leaf upwards (RFC 6962, 2.1.1).
     *
     * @param index of the value in the list, from 0
     */
    public static List<String> proof(List<String> values, int index) {
        if (index < 0 || index >= values.size()) {
            throw new IllegalArgumentException("index must be from 0 to " + (values.size() - 1) + ", was " + index);
        }
        List<String> path = new ArrayList<>();
        List<byte[]> leaves = leaves(values);
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
     * Whether a proof leads from a value to the root.
     *
     * @param index of the value
     * @param size number of values
     */
    public static boolean proves(String root, String value, int index, int size, List<String> proof) {
        if (index < 0 || index >= size) {
            return false;
        }
        int at = index;
        int last = size - 1;
        byte[] hash = leaf(value);
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

    private static List<byte[]> leaves(List<String> values) {
        return values.stream().map(MerkleTree::leaf).toList();
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

    private static byte[] leaf(String value) {
        MessageDigest digest = Hashes.sha256();
        digest.update((byte) 0);
        return digest.digest(HEX.parseHex(value));
    }

    private static byte[] node(byte[] left, byte[] right) {
        MessageDigest digest = Hashes.sha256();
        digest.update((byte) 1);
        digest.update(left);
        return digest.digest(right);
    }
}
