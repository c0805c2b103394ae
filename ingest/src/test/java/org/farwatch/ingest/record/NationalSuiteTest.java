package org.farwatch.ingest.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.gm.GMNamedCurves;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SM3 and SM2 as the standards print them, and a house that hashes and signs with them, also one that changed to them. */
class NationalSuiteTest {
    private static final LocalDate SECOND = Days.FIRST.plusDays(1);

    @TempDir
    Path folder;

    /** GB/T 32905-2016, A.1 and A.2. */
    @Test
    void sm3IsThatOfTheStandard() {
        assertThat(HashAlgorithm.SM3.ofText("abc"))
                .isEqualTo("sm3:66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
        assertThat(HashAlgorithm.SM3.ofText("abcd".repeat(16)))
                .isEqualTo("sm3:debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732");
    }

    /** GB/T 32918.5-2017, A.2: the example of a signature on the recommended curve. */
    @Test
    void sm2VerifiesTheStandardsExampleAndNothingElse() throws IOException {
        byte[] key = key(
                "09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020",
                "CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13");
        byte[] signed = signature(
                "F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3",
                "B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA");
        byte[] message = "message digest".getBytes(StandardCharsets.US_ASCII);

        assertThat(Signatures.verifies(key, message, signed)).isTrue();
        assertThat(Signatures.verifies(key, "message Digest".getBytes(StandardCharsets.US_ASCII), signed))
                .isFalse();
        signed[signed.length - 1] ^= 1;
        assertThat(Signatures.verifies(key, message, signed)).isFalse();
        assertThat(Signatures.verifies(key, message, new byte[0])).isFalse();
        assertThat(Signatures.verifies(new byte[] {1, 2}, message, signed)).isFalse();
    }

    @Test
    void aKeyIsTheSameAfterItWasKept() throws IOException {
        Sm2Key made = Sm2Key.make();
        Sm2Key kept = Sm2Key.of(made.privateKey(), made.publicKey());
        byte[] content = {1, 2, 3};

        assertThat(kept.publicKey()).isEqualTo(made.publicKey());
        assertThat(Signatures.verifies(made.publicKey(), content, kept.sign(content)))
                .isTrue();
        assertThat(Signatures.fingerprint(made.publicKey())).matches("sm3:[0-9a-f]{64}");
    }

    @Test
    void aHouseOfTheNationalSuiteRecordsSignsAndVerifiesByItAlone() throws IOException {
        Sm2Key key = Sm2Key.make();
        Days days = new Days(national(folder)).recorded(Days.FIRST, 3);
        DayRoot root = days.close(Days.FIRST, key).getFirst();
        Sidecar first = days.place.sidecar(1);
        byte[] file = Files.readAllBytes(days.place.video(1));

        assertThat(first.sha256()).isEqualTo(HashAlgorithm.SM3.of(file));
        assertThat(first.chain()).startsWith("sm3:");
        assertThat(root.root()).startsWith("sm3:");
        assertThat(root.tree()).startsWith("sm3:");
        assertThat(root.fault()).isEmpty();
        assertThat(days.place.verify()).isInstanceOf(Verdict.Intact.class);
        assertThat(checked(days)).isInstanceOf(RootVerdict.Intact.class);
        InclusionProof proof = InclusionProof.of(days.place.recordings, root, Place.STREAM, 1, 2)
                .orElseThrow();
        assertThat(proof.fault(Place.STREAM, days.place.sidecar(2).chain())).isEmpty();
        assertThat(proof.fault(Place.STREAM, first.chain())).isPresent();
        assertThat(KeptRoot.read(Files.writeString(folder.resolve("kept.txt"), KeptRoot.sheet(root)))
                        .getFirst()
                        .root())
                .isEqualTo(root.root());
    }

    @Test
    void oneAlteredByteIsFound() throws IOException {
        Days days = new Days(national(folder)).recorded(Days.FIRST, 3);
        days.close(Days.FIRST, Sm2Key.make());
        Path video = days.place.video(2);
        byte[] content = Files.readAllBytes(video);
        content[content.length / 2] ^= 1;
        Files.write(video, content);

        assertThat(days.place.verify()).isInstanceOfSatisfying(Verdict.Altered.class, altered -> {
            assertThat(altered.sequence()).isEqualTo(2);
            assertThat(altered.file()).isEqualTo(video);
        });
    }

    @Test
    void aHouseThatChangedOnceVerifiesFromItsFirstDay() throws IOException {
        Days before = new Days(new Place(folder)).recorded(Days.FIRST, 2);
        DayRoot old = before.close(Days.FIRST).getFirst();
        Days after = new Days(national(folder)).recorded(SECOND, 2);
        DayRoot changed = after.close(SECOND, Sm2Key.make()).getFirst();

        assertThat(old.root()).doesNotContain(":");
        assertThat(changed.root()).startsWith("sm3:");
        assertThat(changed.previous()).isEqualTo(old.root());
        assertThat(after.place.sidecars())
                .extracting(sidecar -> HashAlgorithm.of(sidecar.sha256()))
                .containsExactly(HashAlgorithm.SHA_256, HashAlgorithm.SHA_256, HashAlgorithm.SM3, HashAlgorithm.SM3);
        assertThat(after.place.verify()).isInstanceOf(Verdict.Intact.class);
        assertThat(checked(after)).isInstanceOf(RootVerdict.Intact.class);
    }

    @Test
    void aRootNamesWhereTheLogsStoodAndARootOfBeforeStillReads() throws IOException {
        Days days = new Days(new Place(folder)).recorded(Days.FIRST, 1);
        DayRoot plain = days.close(Days.FIRST).getFirst();
        assertThat(new String(plain.document(), StandardCharsets.UTF_8)).doesNotContain("logs");
        assertThat(DayRoot.read(plain.document())).isEqualTo(plain);

        List<LogHead> heads =
                List.of(new LogHead("view", 3, "ab".repeat(32)), new LogHead("audit", 7, "cd".repeat(32)));
        days.recorded(SECOND, 1);
        DayRoot root = new DayEnd(days.place.recordings, Days.ZONE, days.key)
                .makeUp(SECOND, Days.now(SECOND), () -> heads)
                .getFirst();

        assertThat(root.fault()).isEmpty();
        DayRoot read = DayRoot.read(root.document());
        assertThat(read.logs()).isEqualTo(heads);
        assertThat(checked(days)).isInstanceOf(RootVerdict.Intact.class);
        String altered =
                new String(root.document(), StandardCharsets.UTF_8).replace("\"sequence\" : 7", "\"sequence\" : 6");
        assertThat(DayRoot.read(altered.getBytes(StandardCharsets.UTF_8)).fault())
                .hasValue("its facts do not give its root");
    }

    private static RootVerdict checked(Days days) throws IOException {
        return new RootVerification(days.place.recordings.roots()).documents(Set.of());
    }

    private static Place national(Path folder) {
        return new Place(folder, HashAlgorithm.SM3);
    }

    private static byte[] key(String x, String y) throws IOException {
        var curve = GMNamedCurves.getByOID(GMObjectIdentifiers.sm2p256v1);
        var point = curve.getCurve().createPoint(new BigInteger(x, 16), new BigInteger(y, 16));
        return SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(new ECPublicKeyParameters(
                        point, new ECNamedDomainParameters(GMObjectIdentifiers.sm2p256v1, curve)))
                .getEncoded();
    }

    private static byte[] signature(String r, String s) throws IOException {
        return new DERSequence(new ASN1Integer[] {
                    new ASN1Integer(new BigInteger(r, 16)), new ASN1Integer(new BigInteger(s, 16))
                })
                .getEncoded();
    }

    @Test
    void aDigestIsNewEachTime() {
        MessageDigest one = HashAlgorithm.SM3.digest();
        one.update((byte) 1);
        assertThat(HashAlgorithm.SM3.digest().digest()).isNotEqualTo(one.digest());
    }
}
