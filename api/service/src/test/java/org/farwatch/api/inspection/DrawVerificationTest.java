package org.farwatch.api.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.farwatch.api.Farwatch;
import org.farwatch.ingest.record.Signatures;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The command {@code verify} on a record by itself: whatever is changed in it is named. */
class DrawVerificationTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final DrawRecord.Pressed PLANNED = pressed("2026-11-20T01:00:00Z", "wang");
    private static final byte[] SEED = new byte[32];

    private static KeyPair keys;

    @TempDir
    private Path folder;

    private record Said(int code, String text) {}

    @BeforeAll
    static void makeKeys() throws GeneralSecurityException {
        keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }

    @Test
    void aRecordAsItWasSignedIsIntactAndTellsWhatItDrew() throws Exception {
        DrawRecord record = record(SEED);

        Said said = verify(record.document());

        assertThat(said.code()).as(said.text()).isZero();
        assertThat(said.text())
                .contains("draw       7 (街面抽查)")
                .contains("intact     the seed is the one committed to")
                .contains(record.frozen().called(record.drawn().items().getFirst()))
                .contains("not shown  what somebody with the signing key made anew");
    }

    @Test
    void theCommitmentThatWasPublishedBeforeAndTheKeyOfTheHouseAreCompared() throws Exception {
        DrawRecord record = record(SEED);

        assertThat(verify(record.document(), "--commitment", record.frozen().commitment(), "--key", record.signedBy()))
                .satisfies(said -> assertThat(said.code()).isZero())
                .extracting(Said::text)
                .asString()
                .contains("kept       the commitment published before agrees");
        Said other = verify(record.document(), "--commitment", "00".repeat(32));
        assertThat(other.code()).isEqualTo(1);
        assertThat(other.text()).contains("DIFFERS    the commitment published before is 0000");
        Said foreign = verify(record.document(), "--key", "ab".repeat(32));
        assertThat(foreign.code()).isEqualTo(1);
        assertThat(foreign.text()).contains("FOREIGN");
    }

    @Test
    void aRecordOfAFrozenDrawIsCheckedWithoutAResult() throws Exception {
        DrawRecord whole = record(SEED);
        DrawRecord frozen = new DrawRecord(
                whole.form(), whole.frozen(), whole.frozenSignature(), null, null, whole.publicKey(), whole.signedBy());

        Said said = verify(frozen.document());

        assertThat(said.code()).as(said.text()).isZero();
        assertThat(said.text()).contains("not shown  a result").doesNotContain("intact");
    }

    @Test
    void aChangedItemOfThePoolIsNamed() throws Exception {
        assertAltered(
                "item 12 (别人) of the pool is not as it was frozen",
                root -> entry(root, "pool", 1).put("name", "别人"));
        assertAltered(
                "what was frozen is not what was signed",
                root -> entry(root, "pool", 1)
                        .put("name", "别人")
                        .put("sha256", DrawSeal.digest(new DrawItem("12", "别人", "1", "一中队"))));
        assertAltered(
                "what was frozen is not what was signed", root -> ((ArrayNode) root.at("/frozen/pool")).remove(0));
        assertAltered("item 11 stands in the pool twice", root -> {
            ArrayNode pool = (ArrayNode) root.at("/frozen/pool");
            pool.add(pool.get(0));
        });
    }

    @Test
    void aChangedExclusionOrInspectorIsNamed() throws Exception {
        assertAltered(
                "item 19 (孙), excluded, is not as it was frozen",
                root -> entry(root, "excluded", 0).put("reason", "朋友"));
        assertAltered(
                "inspector bai is not as he was frozen",
                root -> ((ArrayNode) entry(root, "inspectors", 1).get("squads")).removeAll());
    }

    @Test
    void whateverElseWasFrozenIsUnderItsSignature() throws Exception {
        for (Consumer<ObjectNode> change : List.<Consumer<ObjectNode>>of(
                root -> frozen(root).put("name", "别的"),
                root -> frozen(root).put("to", "2026-12-02T00:00:00Z"),
                root -> frozen(root).put("poolTo", "2026-12-02T00:00:00Z"),
                root -> frozen(root).put("items", 2),
                root -> frozen(root).put("inspectorsPerSquad", 3),
                root -> frozen(root).put("replaces", "5"),
                root -> frozen(root).put("replaceReason", "x"),
                root -> ((ArrayNode) frozen(root).get("covered")).removeAll(),
                root -> ((ArrayNode) frozen(root).get("before")).add("11"),
                root -> ((ObjectNode) frozen(root).get("sealed")).put("at", "2026-11-20T01:00:01Z"),
                root -> ((ObjectNode) frozen(root).get("planned")).put("by", "li"),
                root -> frozen(root).put("commitment", "00".repeat(32)))) {
            assertAltered("what was frozen is not what was signed", change);
        }
    }

    @Test
    void aChangedSeedIsNamed() throws Exception {
        assertAltered(
                "its seed is not the one that was committed to",
                root -> ((ObjectNode) root.get("drawn")).put("seed", "11".repeat(32)));
    }

    @Test
    void aChangedResultIsNamedByItsFirstDifference() throws Exception {
        DrawRecord record = record(SEED);
        String first = record.frozen().called(record.drawn().items().getFirst());
        assertAltered(
                "item 1 of the result is 99, the seed gives " + first,
                root -> ((ArrayNode) root.at("/drawn/items")).set(0, "99"));
        assertAltered("item 3 of the result is nothing", root -> ((ArrayNode) root.at("/drawn/items")).remove(2));
        assertAltered(
                "team 1 of the result is",
                root -> ((ArrayNode) root.at("/drawn/teams/0/inspectors")).set(0, "somebody"));
    }

    @Test
    void aChangedSignatureIsNamed() throws Exception {
        assertAltered("its signature is not by its key", root -> root.put("drawnSignature", sign("something else")));
        assertAltered(
                "its signature is not by its key",
                root -> ((ObjectNode) root.at("/drawn/drawn")).put("by", "somebody"));
        assertAltered("what was frozen is not what was signed", root -> root.put("frozenSignature", sign("else")));
        assertAltered("its signature or key is no Base64", root -> root.put("drawnSignature", "*"));
        assertAltered("its key has another fingerprint", root -> root.put("signedBy", "ab".repeat(32)));
    }

    @Test
    void whatIsNoRecordIsNotChecked() throws Exception {
        String whole = new String(record(SEED).document(), StandardCharsets.UTF_8);

        assertThat(verify("{}".getBytes(StandardCharsets.UTF_8)).code()).isEqualTo(2);
        assertThat(verify(whole.substring(0, 900).getBytes(StandardCharsets.UTF_8))
                        .code())
                .isEqualTo(2);
        assertThat(verify(whole.replaceFirst("\\{", "{\"more\": 1,").getBytes(StandardCharsets.UTF_8))
                        .code())
                .isEqualTo(2);
        assertThat(verify(whole.replace("farwatch-draw-1", "farwatch-draw-2").getBytes(StandardCharsets.UTF_8))
                        .text())
                .contains("its algorithm is farwatch-draw-2");
    }

    /** What is not known in advance by whoever asks is under the commitment: another seed is another one. */
    @Test
    void anotherSeedIsAnotherCommitment() {
        assertThat(record(SEED).frozen().commitment())
                .isNotEqualTo(record("x".repeat(32).getBytes(StandardCharsets.UTF_8))
                        .frozen()
                        .commitment());
        assertThat(record(SEED).document())
                .isEqualTo(DrawRecord.read(record(SEED).document()).document());
    }

    private void assertAltered(String words, Consumer<ObjectNode> change) throws IOException {
        ObjectNode root = (ObjectNode) JSON.readTree(record(SEED).document());
        change.accept(root);

        Said said = verify(JSON.writeValueAsBytes(root));

        assertThat(said.code()).as(said.text()).isEqualTo(1);
        assertThat(said.text()).contains("ALTERED    draw 7: ").contains(words);
    }

    private Said verify(byte[] document, String... options) throws IOException {
        Path file = folder.resolve("record.json");
        Files.write(file, document);
        PrintStream before = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            String[] arguments = new String[options.length + 2];
            arguments[0] = "verify";
            arguments[1] = file.toString();
            System.arraycopy(options, 0, arguments, 2, options.length);
            int code = Farwatch.commandLine().execute(arguments);
            return new Said(code, said.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(before);
        }
    }

    private static ObjectNode frozen(ObjectNode root) {
        return (ObjectNode) root.get("frozen");
    }

    private static ObjectNode entry(ObjectNode root, String list, int index) {
        return (ObjectNode) frozen(root).get(list).get(index);
    }

    private static DrawRecord record(byte[] seed) {
        DrawRecord.Frozen frozen = new DrawRecord.Frozen(
                Drawing.ALGORITHM,
                "7",
                "街面抽查",
                DrawKind.OFFICERS_ON_DUTY.label(),
                Instant.parse("2026-11-01T00:00:00Z"),
                Instant.parse("2026-12-01T00:00:00Z"),
                Instant.parse("2026-11-20T00:00:00Z"),
                Instant.parse("2026-11-20T08:00:00Z"),
                3,
                2,
                null,
                null,
                List.of(
                                new DrawItem("11", "赵", "1", "一中队"),
                                new DrawItem("12", "钱", "1", "一中队"),
                                new DrawItem("13", "李", "2", "二中队"),
                                new DrawItem("14", "周", "3", "三中队"))
                        .stream()
                        .map(DrawRecord.Entry::of)
                        .toList(),
                List.of(DrawRecord.Excluded.of(new DrawItem("19", "孙", "2", "二中队"), "产假")),
                List.of(
                                new DrawInspector("an", "安", List.of("1")),
                                new DrawInspector("bai", "白", List.of("2")),
                                new DrawInspector("cai", "蔡", List.of()),
                                new DrawInspector("deng", "邓", List.of()))
                        .stream()
                        .map(DrawRecord.Person::of)
                        .toList(),
                List.of("3"),
                List.of("14"),
                DrawSeal.commitment(seed),
                PLANNED,
                pressed("2026-11-20T01:05:00Z", "wang"));
        Drawing.Result result = Drawing.draw(seed, frozen.input());
        DrawRecord.Drawn drawn = new DrawRecord.Drawn(
                HexFormat.of().formatHex(seed), result.items(), result.teams(), pressed("2026-11-20T01:10:00Z", "li"));
        byte[] key = keys.getPublic().getEncoded();
        return new DrawRecord(
                DrawRecord.FORM,
                frozen,
                sign(DrawSeal.text(frozen)),
                drawn,
                sign(DrawSeal.text(frozen, drawn)),
                Base64.getEncoder().encodeToString(key),
                Signatures.fingerprint(key));
    }

    private static DrawRecord.Pressed pressed(String at, String by) {
        return new DrawRecord.Pressed(Instant.parse(at), by);
    }

    private static String sign(String text) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(keys.getPrivate());
            signature.update(DrawSeal.bytes(text));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
