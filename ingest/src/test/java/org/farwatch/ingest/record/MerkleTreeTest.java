package org.farwatch.ingest.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {
    @Test
    void theTreeIsThatOfRfc6962() throws Exception {
        List<String> chains = chains(5);
        byte[][] leaf = new byte[5][];
        for (int i = 0; i < 5; i++) {
            leaf[i] = sha256((byte) 0, HexFormat.of().parseHex(chains.get(i)));
        }
        byte[] left = sha256((byte) 1, sha256((byte) 1, leaf[0], leaf[1]), sha256((byte) 1, leaf[2], leaf[3]));

        assertThat(MerkleTree.of(HashAlgorithm.SHA_256, chains))
                .isEqualTo(HexFormat.of().formatHex(sha256((byte) 1, left, leaf[4])));
        assertThat(MerkleTree.of(HashAlgorithm.SHA_256, chains.subList(0, 4)))
                .isEqualTo(HexFormat.of().formatHex(left));
        assertThat(MerkleTree.of(HashAlgorithm.SHA_256, chains.subList(0, 1)))
                .isEqualTo(HexFormat.of().formatHex(leaf[0]));
    }

    @Test
    void everyValueIsProvedByItsSiblingsAndByNoOthers() {
        for (int size = 1; size <= 33; size++) {
            List<String> chains = chains(size);
            String root = MerkleTree.of(HashAlgorithm.SHA_256, chains);
            for (int i = 0; i < size; i++) {
                List<String> proof = MerkleTree.proof(HashAlgorithm.SHA_256, chains, i);
                assertThat(MerkleTree.proves(root, chains.get(i), i, size, proof))
                        .isTrue();
                assertThat(MerkleTree.proves(root, Hashes.ofText("other"), i, size, proof))
                        .isFalse();
                assertThat(MerkleTree.proves(root, chains.get(i), i + 1, size, proof))
                        .isFalse();
                if (!proof.isEmpty()) {
                    assertThat(MerkleTree.proves(root, chains.get(i), i, size, proof.subList(1, proof.size())))
                            .isFalse();
                    List<String> longer = new ArrayList<>(proof);
                    longer.add(proof.getFirst());
                    assertThat(MerkleTree.proves(root, chains.get(i), i, size, longer))
                            .isFalse();
                }
            }
        }
    }

    @Test
    void theTreeOfNothingIsTheHashOfNothing() {
        // RFC 6962, 2.1
        assertThat(MerkleTree.of(HashAlgorithm.SHA_256, List.of()))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void anotherOrderOrNumberGivesAnotherRoot() {
        List<String> chains = chains(8);

        assertThat(MerkleTree.of(HashAlgorithm.SHA_256, chains.reversed()))
                .isNotEqualTo(MerkleTree.of(HashAlgorithm.SHA_256, chains));
        assertThat(MerkleTree.of(HashAlgorithm.SHA_256, chains.subList(0, 7)))
                .isNotEqualTo(MerkleTree.of(HashAlgorithm.SHA_256, chains));
        assertThatIllegalArgumentException().isThrownBy(() -> MerkleTree.proof(HashAlgorithm.SHA_256, chains, 8));
    }

    private static List<String> chains(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Hashes.ofText("segment " + i))
                .toList();
    }

    private static byte[] sha256(byte prefix, byte[]... parts) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(prefix);
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }
}
