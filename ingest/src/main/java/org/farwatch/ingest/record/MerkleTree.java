package org.farwatch.ingest.record;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * One value for many: the Merkle tree of RFC 6962, 2.1, over SHA-256, or over SM3 in its place. Leaves are values of 32 bytes in an order: the chain
 * values of a stream's segments, or the roots of a day's streams. A leaf's hash is SHA-256(0x00, leaf), a node's
 * SHA-256(0x01, left, right); left is the largest full tree of 2<sup>k</sup> leaves that leaves something for the right.
 * So one of them can be proved without the others. The tree of nothing is SHA-256 of nothing.
 */
public final class MerkleTree {
    private MerkleTree() {}

    /**
     * @param values of any algorithm, in their order; their bytes are what is taken
     * @return a value of the algorithm
     */
    public static String of(HashAlgorithm algorithm, List<String> values) {
        return algorithm.value(
                values.isEmpty() ? algorithm.digest().digest() : tree(algorithm, leaves(algorithm, values)));
    }

    /**
     * What proves that one value is under the root: its siblings from the leaf upwards (RFC 6962, 2.1.1).
     *
     * @param algorithm of the tree
     * @param index of the value in the list, from 0
     */
    public static List<String> proof(HashAlgorithm algorithm, List<String> values, int index) {
        if (index < 0 || index >= values.size()) {
            throw new IllegalArgumentException("index must be from 0 to " + (values.size() - 1) + ", was " + index);
        }
        List<String> path = new ArrayList<>();
        List<byte[]> leaves = leaves(algorithm, values);
        int at = index;
        while (leaves.size() > 1) {
            int split = split(leaves.size());
            boolean left = at < split;
            path.addFirst(algorithm.value(
                    tree(algorithm, left ? leaves.subList(split, leaves.size()) : leaves.subList(0, split))));
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
        HashAlgorithm algorithm = HashAlgorithm.of(root);
        byte[] hash = leaf(algorithm, value);
        for (String sibling : proof) {
            if (last == 0) {
                return false;
            }
            byte[] other = HashAlgorithm.bytes(sibling);
            if ((at & 1) == 1 || at == last) {
                hash = node(algorithm, other, hash);
                while ((at & 1) == 0 && at != 0) {
                    at >>>= 1;
                    last >>>= 1;
                }
            } else {
                hash = node(algorithm, hash, other);
            }
            at >>>= 1;
            last >>>= 1;
        }
        return last == 0 && algorithm.value(hash).equals(root);
    }

    private static List<byte[]> leaves(HashAlgorithm algorithm, List<String> values) {
        return values.stream().map(value -> leaf(algorithm, value)).toList();
    }

    private static byte[] tree(HashAlgorithm algorithm, List<byte[]> leaves) {
        if (leaves.size() == 1) {
            return leaves.getFirst();
        }
        int split = split(leaves.size());
        return node(
                algorithm,
                tree(algorithm, leaves.subList(0, split)),
                tree(algorithm, leaves.subList(split, leaves.size())));
    }

    /** The largest power of two below the size. */
    private static int split(int size) {
        return Integer.highestOneBit(size - 1);
    }

    private static byte[] leaf(HashAlgorithm algorithm, String value) {
        MessageDigest digest = algorithm.digest();
        digest.update((byte) 0);
        return digest.digest(HashAlgorithm.bytes(value));
    }

    private static byte[] node(HashAlgorithm algorithm, byte[] left, byte[] right) {
        MessageDigest digest = algorithm.digest();
        digest.update((byte) 1);
        digest.update(left);
        return digest.digest(right);
    }
}
