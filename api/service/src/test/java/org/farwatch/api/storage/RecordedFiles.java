package org.farwatch.api.storage;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.farwatch.api.video.VerifyCommand;
import org.farwatch.ingest.record.Recordings;
import picocli.CommandLine;

/** What of recordings is on the disk, looked at there and by the command that verifies it. */
final class RecordedFiles {
    private final Path videos;

    RecordedFiles(Path videos) {
        this.videos = videos;
    }

    record Said(int code, String words) {}

    /** Files of these streams that stand, oldest first. */
    List<String> all(String... streams) throws IOException {
        List<Recordings.Entry> entries = new ArrayList<>();
        for (String stream : streams) {
            entries.addAll(new Recordings(videos)
                    .entries(stream, 0).stream()
                            .filter(Recordings.Entry::hasVideo)
                            .toList());
        }
        return entries.stream()
                .sorted(Comparator.comparingLong(entry -> entry.name().start()))
                .map(entry -> entry.video().toString())
                .toList();
    }

    /** Sequences whose files are on the disk. */
    List<Long> standing(String stream) throws IOException {
        return new Recordings(videos)
                .entries(stream, 0).stream()
                        .filter(Recordings.Entry::hasVideo)
                        .map(entry -> entry.name().sequence())
                        .toList();
    }

    /** How many segments stand behind the first day's root. */
    int newest(String stream) throws IOException {
        long covered = new Recordings(videos)
                .roots().newest().orElseThrow().stream(stream).orElseThrow().last();
        return (int)
                standing(stream).stream().filter(sequence -> sequence > covered).count();
    }

    List<String> ledger(String stream) throws IOException {
        Path file = new Recordings(videos).deletions().file(stream);
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    List<Path> videos(String stream) throws IOException {
        return new Recordings(videos)
                .entries(stream, 0).stream()
                        .filter(Recordings.Entry::hasVideo)
                        .map(Recordings.Entry::video)
                        .toList();
    }

    /** What the command says of them. */
    Said verify(String... options) {
        PrintStream out = System.out;
        ByteArrayOutputStream words = new ByteArrayOutputStream();
        String[] arguments = Stream.concat(Stream.of(videos.toString()), Arrays.stream(options))
                .toArray(String[]::new);
        int code;
        try {
            System.setOut(new PrintStream(words, true, StandardCharsets.UTF_8));
            code = new CommandLine(new VerifyCommand()).execute(arguments);
        } finally {
            System.setOut(out);
        }
        return new Said(code, words.toString(StandardCharsets.UTF_8));
    }
}
