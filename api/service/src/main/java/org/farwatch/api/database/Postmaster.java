package org.farwatch.api.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.farwatch.api.StartupFailure;

/**
 * The server process that a data folder's {@code postmaster.pid} names (PostgreSQL manual, "Database File Layout": line
 * 1 process, 2 data folder, 4 port).
 *
 * @param port loopback port, 0 while the server has not written it
 */
record Postmaster(long pid, Path data, int port) {
    private static final Duration STOP_WAIT = Duration.ofSeconds(30);
    private static final int PORT_LINE = 3;

    /**
     * What the file says; empty when there is none.
     *
     * @throws StartupFailure when it cannot be read or understood
     */
    static Optional<Postmaster> of(Path data) {
        Path file = file(data);
        try {
            List<String> lines = Files.readAllLines(file);
            long pid = Long.parseLong(lines.isEmpty() ? "" : lines.getFirst().strip());
            int port = lines.size() > PORT_LINE
                    ? Integer.parseInt(lines.get(PORT_LINE).strip())
                    : 0;
            return Optional.of(new Postmaster(pid, data, port));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | NumberFormatException e) {
            throw new StartupFailure(
                    file + " cannot be understood (" + e.getMessage()
                            + "): if no PostgreSQL runs on this folder, delete the file",
                    e);
        }
    }

    /**
     * Whether the process is alive and a PostgreSQL on exactly this folder. A process number is given out again, so the
     * file alone proves nothing; a postmaster's working folder is its data folder.
     */
    boolean runs() {
        ProcessHandle process = ProcessHandle.of(pid).orElse(null);
        if (process == null
                || !process.isAlive()
                || !process.info().command().orElse("").contains("postgres")) {
            return false;
        }
        try {
            return Files.isSameFile(Path.of("/proc", Long.toString(pid), "cwd"), data);
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Ends the server when it runs, and removes its file.
     *
     * @throws StartupFailure when it does not end
     */
    void stop() {
        try {
            if (runs()) {
                ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
                signal("INT");
                if (!exited(process)) {
                    signal("QUIT");
                    if (!exited(process)) {
                        throw new StartupFailure("PostgreSQL process " + pid + " still holds " + data
                                + " and does not stop: end it and start again");
                    }
                }
            }
            Files.deleteIfExists(file(data));
        } catch (IOException e) {
            throw new StartupFailure("PostgreSQL process " + pid + " cannot be stopped: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartupFailure("interrupted while stopping an earlier PostgreSQL", e);
        }
    }

    private static Path file(Path data) {
        return data.resolve("postmaster.pid");
    }

    /** INT is PostgreSQL's fast shutdown, QUIT its immediate one; the JDK only knows TERM, which waits for clients. */
    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                .inheritIO()
                .start()
                .waitFor();
    }

    private static boolean exited(ProcessHandle process) throws InterruptedException {
        try {
            process.onExit().get(STOP_WAIT.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("waiting for process " + process.pid() + " failed", e);
        }
    }
}
