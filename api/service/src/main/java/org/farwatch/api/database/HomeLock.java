package org.farwatch.api.database;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.farwatch.api.Home;
import org.farwatch.api.StartupFailure;

/**
 * One service at a time on one home: a second one would stop the first one's PostgreSQL as if it were an orphan. The
 * operating system gives the lock back when its holder dies, however it dies. Any thread.
 */
final class HomeLock implements AutoCloseable {
    private static final String FILE = "lock";
    private static final int LONGEST_PID = 20;

    /** Held by this process. A file lock is lost when any channel on its file is closed, so none is opened twice. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private HomeLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** @throws StartupFailure when another process holds it */
    static HomeLock acquire(Home home) {
        return tryAcquire(home)
                .orElseThrow(() -> new StartupFailure("FARWATCH_HOME " + home.path() + " is in use by another Farwatch"
                        + holder(home) + ": stop that one, or give this one a home of its own"));
    }

    /** Empty when another process, or somebody else in this one, holds it. */
    static Optional<HomeLock> tryAcquire(Home home) {
        Path file = file(home);
        if (!HELD.add(file)) {
            return Optional.empty();
        }
        FileChannel locked = null;
        try {
            locked = lock(file);
            return Optional.ofNullable(locked).map(channel -> new HomeLock(file, channel));
        } catch (IOException e) {
            throw new StartupFailure("lock file " + file + " cannot be used: " + e.getMessage(), e);
        } finally {
            if (locked == null) {
                HELD.remove(file);
            }
        }
    }

    /** The open channel that holds the lock, null when another process holds it. */
    private static FileChannel lock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() == null) {
                channel.close();
                return null;
            }
            channel.truncate(0);
            byte[] pid = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
            channel.write(ByteBuffer.wrap(pid));
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new IllegalStateException("the lock of the home folder cannot be given back", e);
        } finally {
            HELD.remove(file);
        }
    }

    private static Path file(Home home) {
        return home.folder("run").resolve(FILE);
    }

    /** For the sentence only; the lock decides. */
    private static String holder(Home home) {
        if (HELD.contains(file(home))) {
            return " (this process)";
        }
        try {
            String pid = Files.readString(file(home)).strip();
            return pid.isEmpty() || pid.length() > LONGEST_PID ? "" : " (process " + pid + ")";
        } catch (IOException e) {
            return "";
        }
    }
}
