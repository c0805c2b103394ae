package org.farwatch.api.video;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import org.farwatch.ingest.record.ChainPoint;
import org.farwatch.ingest.record.Recordings;
import org.farwatch.ingest.record.Verdict;
import org.farwatch.ingest.record.Verification;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** {@code verify [PATH]}: needs no database and no running service. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description =
                "Compute the chain of recordings again and name the first segment that is not as it was recorded.")
public final class VerifyCommand implements Callable<Integer> {
    private static final int NOT_INTACT = 1;
    private static final int NOT_READABLE = 2;

    @Parameters(
            arity = "0..1",
            paramLabel = "PATH",
            description = "A folder of recordings or an exported zip; without it, those in FARWATCH_HOME.")
    private Path path;

    @Option(names = "--stream", paramLabel = "ID", description = "Only this stream.")
    private String stream;

    @Option(
            names = "--key",
            paramLabel = "FINGERPRINT",
            description = "The fingerprint that the signature of an export must have, as the house has published it.")
    private String fingerprint;

    /** How a set of recordings came out. */
    private enum Result {
        INTACT,
        NOT_INTACT
    }

    @Override
    public Integer call() {
        Path given = path == null
                ? Path.of(System.getenv().getOrDefault("FARWATCH_HOME", "./data"))
                        .resolve("video")
                : path;
        try {
            if (Files.isRegularFile(given)) {
                try (FileSystem zip = FileSystems.newFileSystem(given)) {
                    return export(zip.getPath("/")) == Result.INTACT ? 0 : NOT_INTACT;
                }
            }
            if (!Files.isDirectory(given)) {
                System.err.println("Farwatch cannot verify: there is no " + given);
                return NOT_READABLE;
            }
            return folder(new Recordings(given)) == Result.INTACT ? 0 : NOT_INTACT;
        } catch (IOException | java.nio.file.ProviderNotFoundException e) {
            System.err.println("Farwatch cannot verify: " + given + " cannot be read: " + e.getMessage());
            return NOT_READABLE;
        }
    }

    private Result folder(Recordings recordings) throws IOException {
        Result result = Result.INTACT;
        for (String each : stream == null ? recordings.streams() : List.of(stream)) {
            // What has no sidecar yet is being written.
            Verification.Scope scope =
                    Verification.Scope.whole(each).before(recordings.head(each).sequence() + 1);
            if (check(each, recordings.folder(each), scope) == Result.NOT_INTACT) {
                result = Result.NOT_INTACT;
            }
        }
        return result;
    }

    private Result export(Path root) throws IOException {
        byte[] text = Files.readAllBytes(root.resolve(Export.MANIFEST));
        byte[] key;
        boolean signed;
        try {
            key = decoded(root.resolve(Export.KEY));
            signed = SigningKey.verify(key, text, decoded(root.resolve(Export.SIGNATURE)));
        } catch (IllegalArgumentException e) {
            throw new IOException("key or signature is no Base64", e);
        }
        String found = SigningKey.fingerprint(key);
        System.out.println("signed by  " + found);
        if (!signed) {
            System.out.println("ALTERED    export.json is not what was signed");
            return Result.NOT_INTACT;
        }
        if (fingerprint != null && !fingerprint.equalsIgnoreCase(found)) {
            System.out.println("FOREIGN    the key is not " + fingerprint);
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
        Verification.Scope scope = Verification.Scope.whole(manifest.stream());
        Verification.Scope exported = new Verification.Scope(
                new ChainPoint(manifest.first() - 1, manifest.previous()),
                new ChainPoint(manifest.last(), manifest.chain()),
                scope.retired(),
                scope.writtenFrom());
        return check(manifest.stream(), new Recordings(root).folder(manifest.stream()), exported);
    }

    private static Result check(String stream, Path folder, Verification.Scope scope) throws IOException {
        Verdict verdict = new Verification(stream, folder).check(scope, _ -> {});
        String line = switch (verdict) {
            case Verdict.Intact(ChainPoint from, ChainPoint to, long segments, long bytes) ->
                "intact     stream " + stream + ": " + segments + " segments, " + bytes + " bytes, "
                        + (from.sequence() + 1) + " to " + to.sequence() + ", chain " + to.chain();
            case Verdict.Altered(long sequence, Path file, String reason) ->
                "ALTERED    stream " + stream + ", segment " + sequence + ": " + file + " " + reason;
            case Verdict.Missing(long sequence, Verdict.Missing.Part part) ->
                "MISSING    stream " + stream + ", segment " + sequence + ": "
                        + part.name().toLowerCase(java.util.Locale.ROOT);
            case Verdict.Reordered(long sequence, Path file, long belongs) ->
                "REORDERED  stream " + stream + ", segment " + sequence + ": " + file + " is segment " + belongs;
            case Verdict.Added(Path file, String reason) -> "ADDED      stream " + stream + ": " + file + " " + reason;
            case Verdict.Rewritten(ChainPoint found, ChainPoint kept) ->
                "REWRITTEN  stream " + stream + ", segment " + kept.sequence() + ": chain " + found.chain() + " is not "
                        + kept.chain();
        };
        System.out.println(line);
        return verdict instanceof Verdict.Intact ? Result.INTACT : Result.NOT_INTACT;
    }

    private static byte[] decoded(Path file) throws IOException {
        return Base64.getDecoder().decode(Files.readString(file).strip());
    }
}
