package org.farwatch.api.database;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.farwatch.api.Home;
import org.farwatch.api.StartupFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code backup FILE}: while the service runs beside the service's database, otherwise with one started for it. */
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description = "Write database and evidence to one archive, while the service runs or is stopped.")
public final class BackupCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The archive to write, for example farwatch-2026-11-21.zip.")
    private Path file;

    @Option(
            names = "--with-keys",
            description = {
                "Put the keys into the archive too. Without them, positions sealed because their holder was off duty",
                "are destroyed when the archive is restored. With them, whoever has the archive can open them."
            })
    private boolean withKeys;

    @Override
    public Integer call() {
        try {
            CommandContext context = CommandContext.read();
            String sha256 = write(context);
            System.out.println("archive    " + file.toAbsolutePath().normalize());
            System.out.println("sha256     " + sha256 + " (keep it elsewhere: restore --sha256 compares it)");
            return 0;
        } catch (ArchiveFailure | StartupFailure e) {
            System.err.println("Farwatch cannot back up: " + e.getMessage());
            return 1;
        }
    }

    private String write(CommandContext context) {
        if (Files.notExists(context.home())
                || context.database().embedded()
                        && Files.notExists(context.home().resolve("postgres").resolve("PG_VERSION"))) {
            throw new ArchiveFailure("there is no database in FARWATCH_HOME " + context.home());
        }
        Home home = Home.open(context.home());
        try (DatabaseServer server = server(home, context.database())) {
            return new Backup(home, server, withKeys, new Progress(System.out))
                    .write(file.toAbsolutePath().normalize());
        }
    }

    private static DatabaseServer server(Home home, DatabaseSettings settings) {
        Optional<HomeLock> free = HomeLock.tryAcquire(home);
        if (free.isEmpty()) {
            return DatabaseServer.beside(home, settings);
        }
        free.get().close();
        return DatabaseServer.open(home, settings);
    }
}
