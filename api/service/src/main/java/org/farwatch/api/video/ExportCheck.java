package org.farwatch.api.video;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.farwatch.api.video.VerifyCommand.Question;
import org.farwatch.api.video.VerifyCommand.Result;
import org.farwatch.ingest.record.ChainPoint;
import org.farwatch.ingest.record.DayRoot;
import org.farwatch.ingest.record.HashAlgorithm;
import org.farwatch.ingest.record.InclusionProof;
import org.farwatch.ingest.record.KeptRoot;
import org.farwatch.ingest.record.Recordings;
import org.farwatch.ingest.record.Sidecar;
import org.farwatch.ingest.record.Signatures;
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
        byte[] key = decoded(root.resolve(Export.KEY));
        byte[] signature = decoded(root.resolve(Export.SIGNATURE));
        if (key == null || signature == null) {
            System.out.println("ALTERED    " + (key == null ? Export.KEY : Export.SIGNATURE) + " is no Base64");
            return Result.NOT_INTACT;
        }
        boolean signed = Signatures.verifies(key, text, signature);
        String found = Signatures.fingerprint(key);
        System.out.println("signed by  " + found);
        if (!signed) {
            System.out.println(
                    "ALTERED    export.json is not what was signed, or export.sig or signing.pub is not as it was made");
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
        for (Export.Part part : manifest.proved()) {
            Verdict verdict = verdict(manifest.stream(), part);
            FolderCheck.print(manifest.stream(), verdict);
            if (!(verdict instanceof Verdict.Intact)) {
                return Result.NOT_INTACT;
            }
        }
        Optional<String> fault = files(manifest);
        fault.ifPresent(System.out::println);
        if (fault.isPresent()) {
            return Result.NOT_INTACT;
        }
        Path file = root.resolve(Export.ROOTS);
        List<InclusionProof> proofs = Files.exists(file) ? InclusionProof.read(file) : List.of();
        for (InclusionProof proof : proofs) {
            if (manifest.proved().stream().noneMatch(part -> within(part, proof))) {
                System.out.println("ALTERED    day root " + proof.day().day() + " in the export: it is of segment "
                        + proof.sequence() + ", which is not exported");
                return Result.NOT_INTACT;
            }
        }
        Result result = Result.INTACT;
        for (Export.Part part : manifest.proved()) {
            result = result.and(proofs(
                    manifest.stream(),
                    part,
                    proofs.stream().filter(proof -> within(part, proof)).toList()));
        }
        return result;
    }

    private Verdict verdict(String stream, Export.Part part) throws IOException {
        Verification.Scope whole = Verification.Scope.whole(stream);
        return new Verification(stream, recordings.folder(stream))
                .check(
                        new Verification.Scope(
                                new ChainPoint(part.first() - 1, part.previous()),
                                new ChainPoint(part.last(), part.chain()),
                                whole.retired(),
                                part.last() + 1),
                        _ -> {});
    }

    private static boolean within(Export.Part part, InclusionProof proof) {
        return proof.sequence() >= part.first() && proof.sequence() <= part.last();
    }

    /** The first file that is not as the manifest says; recorded files were read already. */
    private Optional<String> files(Export.Manifest manifest) throws IOException {
        if (manifest.files() == null) {
            System.out.println("not shown  files beside recordings: this export is of before their hashes were signed");
            return Optional.empty();
        }
        Set<Path> known = new HashSet<>();
        for (String own : List.of(Export.MANIFEST, Export.SIGNATURE, Export.KEY)) {
            known.add(root.resolve(own));
        }
        for (Export.Held held : manifest.files()) {
            Path file = root.resolve(held.name()).normalize();
            known.add(file);
            if (!Files.isRegularFile(file)) {
                return Optional.of("MISSING    " + held.name());
            }
            if (Files.size(file) != held.bytes()) {
                return Optional.of("ALTERED    " + held.name() + " is " + Files.size(file) + " bytes long and was "
                        + held.bytes());
            }
            if (!held.name().endsWith(".mp4")
                    && !HashAlgorithm.of(held.hash())
                            .of(Files.readAllBytes(file))
                            .equals(held.hash())) {
                return Optional.of("ALTERED    " + held.name() + " is not what was hashed");
            }
        }
        try (Stream<Path> all = Files.walk(root)) {
            Optional<Path> foreign = all.filter(Files::isRegularFile)
                    .filter(file -> !known.contains(file.normalize()))
                    .findFirst();
            if (foreign.isPresent()) {
                return Optional.of("ADDED      " + foreign.get());
            }
        }
        System.out.println("intact     " + manifest.files().size() + " files, as the manifest says");
        return Optional.empty();
    }

    /** The chain is as it was signed, so that a proof of one segment proves those before it. */
    private Result proofs(String stream, Export.Part part, List<InclusionProof> proofs) throws IOException {
        long proved = part.first() - 1;
        long compared = part.first() - 1;
        for (InclusionProof proof : proofs) {
            DayRoot day = proof.day();
            Optional<String> fault = fault(stream, proof);
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
        if (proved < part.last()) {
            System.out.println("           segments " + (proved + 1) + " to " + part.last()
                    + " are under no day root in this export");
        }
        if (question.kept() == null) {
            System.out.println("not shown  what somebody with the signing key made anew as a whole:"
                    + " compare with day roots kept elsewhere (--roots)");
            return Result.INTACT;
        }
        if (compared < part.first()) {
            System.out.println("not shown  none of the day roots kept elsewhere is one that this export leads to");
            return Result.NOT_CHECKED;
        }
        if (compared < part.last()) {
            System.out.println("not shown  segments " + (compared + 1) + " to " + part.last()
                    + " are under none of the day roots kept elsewhere");
        }
        return Result.INTACT;
    }

    private Optional<String> fault(String stream, InclusionProof proof) throws IOException {
        if (!question.trusts(proof.day().fingerprint())) {
            return Optional.of("it is signed with the key " + proof.day().fingerprint());
        }
        List<Sidecar> sidecar = recordings.sidecars(stream, proof.sequence() - 1, 1);
        return proof.fault(stream, sidecar.getFirst().chain());
    }

    /** @return null when it is none */
    private static byte[] decoded(Path file) throws IOException {
        try {
            return Base64.getDecoder()
                    .decode(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).strip());
        } catch (IllegalArgumentException _) {
            return null;
        }
    }
}
