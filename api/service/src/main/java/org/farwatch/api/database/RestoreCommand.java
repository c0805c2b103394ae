package org.farwatch.api.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.farwatch.api.Home;
import org.farwatch.api.StartupFailure;
import org.flywaydb.core.api.FlywayException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code restore FILE}: into an empty home and an empty database, all or nothing. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description = "Fill an empty FARWATCH_HOME from an archive that backup wrote.")
public final class RestoreCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The archive.")
    private Path file;

    @Option(names = "--sha256", description = "What backup printed; the archive is refused when it differs.")
    private String sha256;

    @Override
    public Integer call() {
        return run(CommandContext.read(), System.out, System.err);
    }

    int run(CommandContext context, PrintStream out, PrintStream err) {
        try {
            restore(context, new Progress(out));
            out.println("restored   " + context.home());
            return 0;
        } catch (ArchiveFailure | StartupFailure e) {
            err.println("Farwatch cannot restore: " + e.getMessage());
            return 1;
        }
    }

    private void restore(CommandContext context, Progress progress) {
        boolean made = Files.notExists(context.home());
        requireEmpty(context.home());
        requireSum();
        try (Archive archive = Archive.open(file)) {
            archive.verify(progress);
            Home home = Home.open(context.home());
            boolean whole = false;
            try {
                Restore.begin(home);
                fill(archive, home, context.database(), progress);
                Restore.end(home);
                whole = true;
            } catch (IOException e) {
                throw new ArchiveFailure("FARWATCH_HOME " + home.path() + " cannot be written: " + e.getMessage(), e);
            } finally {
                if (!whole) {
                    empty(context.home(), made);
                }
            }
        }
    }

    private static void fill(Archive archive, Home home, DatabaseSettings settings, Progress progress)
            throws IOException {
        Restore restore = new Restore(archive, progress);
        // Keys first: the embedded server takes its password from there when it is made.
        restore.files(home);
        try (DatabaseServer server = DatabaseServer.openEmpty(home, settings)) {
            restore.requireFits(server);
            boolean whole = false;
            try {
                restore.database(server);
                whole = true;
            } finally {
                if (!whole && !settings.embedded()) {
                    Restore.clean(server);
                }
            }
        } catch (SQLException | FlywayException e) {
            throw new ArchiveFailure("the database does not take the archive: " + firstLine(e.getMessage()), e);
        }
    }

    private void requireSum() {
        if (sha256 == null) {
            return;
        }
        try (InputStream in = Files.newInputStream(file)) {
            String found =
                    new Digest().copy(in, OutputStream.nullOutputStream()).hex();
            if (!found.equals(sha256.toLowerCase(Locale.ROOT))) {
                throw new ArchiveFailure(file + " was altered: its sha256 is " + found);
            }
        } catch (IOException e) {
            throw new ArchiveFailure(file + " cannot be read: " + e, e);
        }
    }

    private static void requireEmpty(Path home) {
        try {
            if (Files.exists(home)) {
                try (Stream<Path> content = Files.list(home)) {
                    if (content.findAny().isPresent()) {
                        throw new ArchiveFailure("FARWATCH_HOME " + home
                                + " is not empty: restore only fills a new home, so choose another folder");
                    }
                }
            }
        } catch (IOException e) {
            throw new ArchiveFailure("FARWATCH_HOME " + home + " is no folder that can be read: " + e, e);
        }
    }

    /** Deletes what a failed restore wrote, and the folder itself when it was not there before. */
    private static void empty(Path home, boolean itself) {
        try (Stream<Path> content = Files.walk(home)) {
            List<Path> deepestFirst = content.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                if (itself || !path.equals(home)) {
                    Files.delete(path);
                }
            }
        } catch (IOException e) {
            throw new ArchiveFailure("what the failed restore wrote to " + home + " cannot be removed: " + e, e);
        }
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }
}
