package org.farwatch.api.video;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.farwatch.api.proof.LogDocument;
import org.farwatch.ingest.record.KeptRoot;
import org.farwatch.ingest.record.Recordings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code verify [PATH]}: needs no database and no running service. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description =
                "Compute chain and day roots of recordings again, or a draw from its record, and name the first thing"
                        + " that is not as it was recorded.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:what was checked is as it was recorded and signed; 'not shown' says what could not be checked",
            "1:something is not as it was recorded or signed; it is named",
            "2:it cannot be checked: something cannot be read, or nothing compares with --roots"
        })
public final class VerifyCommand implements Callable<Integer> {
    private static final int LOG_START = 64;
    private static final long MAX_DOCUMENT = 64L * 1_024 * 1_024;

    @Parameters(
            arity = "0..1",
            paramLabel = "PATH",
            description =
                    "A folder of recordings, an exported zip, a log or the record of a draw (.json); without it, the"
                            + " recordings in FARWATCH_HOME.")
    private Path path;

    @Option(names = "--stream", paramLabel = "ID", description = "Only this stream.")
    private String stream;

    @Option(
            names = "--key",
            paramLabel = "FINGERPRINT",
            description = "The fingerprint that signatures must have, as the house has published it; once for each key"
                    + " that it has had.")
    private List<String> fingerprints;

    @Option(
            names = "--roots",
            paramLabel = "FILE_OR_FOLDER",
            description = "Day roots that were kept elsewhere: documents (.json), or sheets (.txt) with a line of the"
                    + " day and one of the root. Only these show what somebody with the house's key made anew.")
    private Path roots;

    @Option(
            names = "--commitment",
            paramLabel = "SHA256",
            description = "Of a draw: the commitment as it was published before the draw.")
    private String commitment;

    private final Documents documents;

    /** Of recordings only. */
    public VerifyCommand() {
        this((_, _) -> {
            System.err.println("Farwatch cannot verify: this is neither a folder nor an export");
            return Result.NOT_CHECKED;
        });
    }

    /** @param documents checks what is neither a folder nor an export */
    public VerifyCommand(Documents documents) {
        this.documents = documents;
    }

    /** Checks a document of a feature that knows recordings, and that recordings therefore do not know. */
    @FunctionalInterface
    public interface Documents {
        /** Says on standard output what was found. */
        Result check(byte[] document, Question question);
    }

    /** How a set of recordings came out; the numbers are exit codes. */
    public enum Result {
        INTACT(0),
        NOT_INTACT(1),
        NOT_CHECKED(2);

        private final int code;

        Result(int code) {
            this.code = code;
        }

        /** The one that weighs more: what is wrong before what could not be checked. */
        Result and(Result other) {
            if (this == NOT_INTACT || other == NOT_INTACT) {
                return NOT_INTACT;
            }
            return this == INTACT ? other : this;
        }
    }

    /**
     * What is asked.
     *
     * @param stream only this one, null for all
     * @param keys fingerprints that may sign, any when empty
     * @param kept day roots kept elsewhere, null when none were given
     * @param commitment of a draw, null when none was given
     */
    public record Question(String stream, Set<String> keys, List<KeptRoot> kept, String commitment) {
        public boolean trusts(String fingerprint) {
            return keys.isEmpty() || keys.contains(fingerprint);
        }
    }

    @Override
    public Integer call() {
        Path given = path == null
                ? Path.of(System.getenv().getOrDefault("FARWATCH_HOME", "./data"))
                        .resolve("video")
                : path;
        Set<String> keys = new HashSet<>();
        if (fingerprints != null) {
            fingerprints.forEach(each -> keys.add(digits(each)));
        }
        try {
            Question question =
                    new Question(stream, keys, roots == null ? null : KeptRoot.read(roots), digits(commitment));
            if (Files.isRegularFile(given) && isLog(given)) {
                return log(given, question).code;
            }
            if (Files.isRegularFile(given) && isDocument(given)) {
                return documents.check(Files.readAllBytes(given), question).code;
            }
            if (Files.isRegularFile(given)) {
                try (FileSystem zip = FileSystems.newFileSystem(given)) {
                    return new ExportCheck(zip.getPath("/"), question).check().code;
                }
            }
            if (!Files.isDirectory(given)) {
                System.err.println("Farwatch cannot verify: there is no " + given);
                return Result.NOT_CHECKED.code;
            }
            return new FolderCheck(new Recordings(given), question).check().code;
        } catch (IOException | java.nio.file.ProviderNotFoundException e) {
            System.err.println("Farwatch cannot verify: " + given + " cannot be read: " + e.getMessage());
            return Result.NOT_CHECKED.code;
        }
    }

    /** Hexadecimal digits as somebody typed them off; null stays null. */
    private static String digits(String typed) {
        return typed == null ? null : typed.replace(" ", "").toLowerCase(Locale.ROOT);
    }

    private static boolean isLog(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            return LogDocument.begins(content.readNBytes(LOG_START));
        }
    }

    private static Result log(Path file, Question question) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.US_ASCII)) {
            return switch (LogDocument.verify(lines, question::trusts, question.kept())) {
                case INTACT -> Result.INTACT;
                case NOT_INTACT -> Result.NOT_INTACT;
                case NOT_CHECKED -> Result.NOT_CHECKED;
            };
        }
    }

    /** Whether it begins as JSON does, and is no longer than such a document may be. */
    private static boolean isDocument(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            return content.read() == '{' && Files.size(file) <= MAX_DOCUMENT;
        }
    }
}
