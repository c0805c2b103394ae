package org.farwatch.ingest.record;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A day root that somebody kept elsewhere: the document (JSON), or a sheet with a line {@code day 2026-11-21} and a line
 * {@code root} with the 64 digits, in groups or not, as it was printed or typed off.
 *
 * @param document null when only the root was kept
 */
public record KeptRoot(LocalDate day, String root, Optional<DayRoot> document, Path file) {
    private static final String JSON = ".json";
    private static final String TEXT = ".txt";
    private static final Pattern DAY = Pattern.compile("(?m)^\\s*day\\s+(\\S+)\\s*$");
    private static final Pattern ROOT = Pattern.compile("(?m)^\\s*root\\s+((?:sm3:)?[0-9a-fA-F \\t]+)$");
    private static final int GROUP = 4;
    /** Digits of the short fingerprint: 80 bits, more than anybody can search for. */
    private static final int SHORT = 20;

    /**
     * @param path a file, or a folder of them ending in {@code .json} or {@code .txt}
     * @return by day; at least one
     * @throws DayRootFault when one is none or not as it was signed
     */
    public static List<KeptRoot> read(Path path) throws IOException {
        List<KeptRoot> kept = new ArrayList<>();
        if (Files.isDirectory(path)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(path, "*{" + JSON + "," + TEXT + "}")) {
                for (Path file : files) {
                    kept.add(one(file));
                }
            } catch (java.nio.file.DirectoryIteratorException e) {
                throw e.getCause();
            }
        } else {
            kept.add(one(path));
        }
        if (kept.isEmpty()) {
            throw new DayRootFault(path, "holds no day root", null);
        }
        kept.sort(Comparator.comparing(KeptRoot::day));
        return kept;
    }

    /** A sheet to be printed, that {@link #read} understands. */
    public static String sheet(DayRoot root) {
        return """
                Farwatch 远督 · day root 录像日根

                day        %s
                until      24:00 %s
                made       %s
                root       %s
                short      %s
                previous   %s of %s
                streams    %d
                segments   %d
                signature  %s
                key        %s
                signed by  %s

                Keep this sheet outside of the house. farwatch verify --roots FILE compares it with the recordings.
                请将本页留存于本单位之外，核验时与录像比对。
                """.formatted(
                        root.day(),
                        root.zone(),
                        root.made(),
                        grouped(root.root()),
                        grouped(HashAlgorithm.digits(root.root()).substring(0, SHORT)),
                        grouped(root.previous()),
                        root.previousDay() == null ? "nothing before" : root.previousDay(),
                        root.count(),
                        root.segments(),
                        root.signature(),
                        root.publicKey(),
                        grouped(root.fingerprint()));
    }

    private static String grouped(String digits) {
        return String.join(
                " ",
                IntStream.iterate(0, at -> at < digits.length(), at -> at + GROUP)
                        .mapToObj(at -> digits.substring(at, Math.min(digits.length(), at + GROUP)))
                        .toList());
    }

    private static KeptRoot one(Path file) throws IOException {
        if (file.getFileName().toString().endsWith(JSON)) {
            DayRoot root = DayRoot.read(file);
            Optional<String> fault = root.fault();
            if (fault.isPresent() || !root.whole()) {
                throw new DayRootFault(file, fault.orElse("it lacks streams"), null);
            }
            return new KeptRoot(root.day(), root.root(), Optional.of(root), file);
        }
        try {
            String text = Files.readString(file);
            Matcher day = DAY.matcher(text);
            Matcher root = ROOT.matcher(text);
            if (day.find() && root.find()) {
                String digits = root.group(1).replaceAll("\\s", "").toLowerCase(java.util.Locale.ROOT);
                DayRoot.requireHex("root", digits);
                return new KeptRoot(LocalDate.parse(day.group(1)), digits, Optional.empty(), file);
            }
            throw new DayRootFault(file, "has no line for day and root", null);
        } catch (MalformedInputException | DateTimeParseException | IllegalArgumentException e) {
            throw new DayRootFault(file, "is no day root: " + e.getMessage(), e);
        }
    }
}
