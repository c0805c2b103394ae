package org.farwatch.api.video;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.farwatch.api.video.VerifyCommand.Question;
import org.farwatch.api.video.VerifyCommand.Result;
import org.farwatch.ingest.record.ChainPoint;
import org.farwatch.ingest.record.DayRoot;
import org.farwatch.ingest.record.Ed25519;
import org.farwatch.ingest.record.InclusionProof;
import org.farwatch.ingest.record.KeptRoot;
import org.farwatch.ingest.record.Recordings;
import org.farwatch.ingest.record.Sidecar;
import org.farwatch.ingest.record.Verdict;
import org.farwatch.ingest.record.Verification;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** {@code verify} of an exported zip, in words: its signature, its segments, and what leads from them to day roots. */
final class ExportCheck {
    private final Path root;
    private final Recordings recordings;
    private final Question question;

    /** @param root of the zip */
    ExportCheck(Path root, Question question) {
        this.root = root;
        this.recordings = new Recordings(root);
        this.question = question;
    }

    Result check() throws IOException {
        byte[] text = Files.readAllBytes(root.resolve(Export.MANIFEST));
        byte[] key;
        boolean signed;
        try {
            key = decoded(root.resolve(Export.KEY));
            signed = Ed25519.verifies(key, text, decoded(root.resolve(Export.SIGNATURE)));
        } catch (IllegalArgumentException e) {
            throw new IOException("key or signature is no Base64", e);
        }
        String found = Ed25519.fingerprint(key);
        System.out.println("signed by  " + found);
        if (!signed) {
            System.out.println("ALTERED    export.json is not what was signed");
            return Result.NOT_INTACT;
        }
        if (!question.trusts(found)) {
            System.out.println("FOREIGN    the key is not " + String.join(" or ", question.keys()));
            return Result.NOT_INTACT;
        }
        Export.Manifest manifest;
        try {
            manifest = JsonMapper.builder().build().readValue(text, Export.Manifest.class);
        } catch (JacksonException e) {
            throw new IOException("export.json is none of Farwatch's", e);
        }
        System.out.println("export     stream " + manifest.stream() + " (" + manifest.name() + "), " + manifest.from()
                + " to " + manifest.to() + ", taken out by " + manifest.by() + " at " + manifest.at());
        Verification.Scope whole = Verification.Scope.whole(manifest.stream());
        Verdict verdict = new Verification(manifest.stream(), recordings.folder(manifest.stream()))
                .check(
                        new Verification.Scope(
                                new ChainPoint(manifest.first() - 1, manifest.previous()),
                                new ChainPoint(manifest.last(), manifest.chain()),
                                whole.retired(),
                                whole.writtenFrom()),
                        _ -> {});
        FolderCheck.print(manifest.stream(), verdict);
        return verdict instanceof Verdict.Intact ? proofs(manifest) : Result.NOT_INTACT;
    }

    /** The chain is as it was signed, so that a proof of one segment proves those before it. */
    private Result proofs(Export.Manifest manifest) throws IOException {
        Path file = root.resolve(Export.ROOTS);
        List<InclusionProof> proofs = Files.exists(file) ? InclusionProof.read(file) : List.of();
        long proved = manifest.first() - 1;
        long compared = manifest.first() - 1;
        for (InclusionProof proof : proofs) {
            DayRoot day = proof.day();
            Optional<String> fault = fault(manifest, proof);
            if (fault.isPresent()) {
                System.out.println("ALTERED    day root " + day.day() + " in the export: " + fault.get());
                return Result.NOT_INTACT;
            }
            proved = Math.max(proved, proof.sequence());
            System.out.println("root       segments to " + proof.sequence() + " are under the root of " + day.day()
                    + ", " + day.root() + ", signed by " + day.fingerprint());
            for (KeptRoot kept : question.kept() == null ? List.<KeptRoot>of() : question.kept()) {
                if (kept.day().equals(day.day()) && !kept.root().equals(day.root())) {
                    System.out.println(
                            "DIFFERS    day root " + day.day() + ": kept in " + kept.file() + " is " + kept.root());
                    return Result.NOT_INTACT;
                }
                if (kept.day().equals(day.day())) {
                    compared = Math.max(compared, proof.sequence());
                    System.out.println("kept       the root of " + day.day() + " agrees with " + kept.file());
                }
            }
        }
        if (proved < manifest.last()) {
            System.out.println("           segments " + (proved + 1) + " to " + manifest.last()
                    + " are under no day root in this export");
        }
        if (question.kept() == null) {
            System.out.println("not shown  what somebody with the signing key made anew as a whole:"
                    + " compare with day roots kept elsewhere (--roots)");
            return Result.INTACT;
        }
        if (compared < manifest.first()) {
            System.out.println("not shown  none of the day roots kept elsewhere is one that this export leads to");
            return Result.NOT_CHECKED;
        }
        if (compared < manifest.last()) {
            System.out.println("not shown  segments " + (compared + 1) + " to " + manifest.last()
                    + " are under none of the day roots kept elsewhere");
        }
        return Result.INTACT;
    }

    private Optional<String> fault(Export.Manifest manifest, InclusionProof proof) throws IOException {
        if (proof.sequence() < manifest.first() || proof.sequence() > manifest.last()) {
            return Optional.of("it is of segment " + proof.sequence() + ", which is not exported");
        }
        if (!question.trusts(proof.day().fingerprint())) {
            return Optional.of("it is signed with the key " + proof.day().fingerprint());
        }
        List<Sidecar> sidecar = recordings.sidecars(manifest.stream(), proof.sequence() - 1, 1);
        return proof.fault(manifest.stream(), sidecar.getFirst().chain());
    }

    private static byte[] decoded(Path file) throws IOException {
        return Base64.getDecoder().decode(Files.readString(file).strip());
    }
}
