package org.farwatch.api.uploads;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.farwatch.api.Home;
import org.springframework.stereotype.Component;

/**
 * Files of uploads in {@code FARWATCH_HOME/uploads/files}, named by the upload's id. How much of an upload has come is the
 * length of its file and stands nowhere else: what was handed to the operating system outlives a kill of this process, and
 * at the end of each request, or every {@link #FORCE} bytes of it, it is forced to the disk and outlives a power cut. A
 * piece whose checksum was announced counts once it is verified: {@code <id>.mark} holds the length before it meanwhile.
 */
@Component
class StagedFiles {
    /** Bytes after which a long request's are forced to the disk. */
    static final long FORCE = 64L << 20;

    private static final int BUFFER = 64 << 10;

    private final Path folder;

    StagedFiles(Home home) {
        this.folder = home.folder("uploads").resolve("files");
    }

    Path file(String id) {
        return folder.resolve(id);
    }

    void create(String id) throws IOException {
        Files.createDirectories(folder);
        Files.createFile(file(id));
        forceFolder();
    }

    /** Bytes that have come; those of a piece that was never verified are cut off first. */
    long offset(String id) throws IOException {
        Path mark = mark(id);
        if (Files.exists(mark)) {
            String text = Files.readString(mark, StandardCharsets.US_ASCII).strip();
            if (!text.isEmpty()) {
                cut(id, Long.parseLong(text));
            }
            Files.delete(mark);
        }
        return Files.size(file(id));
    }

    /**
     * Takes what comes until it ends or breaks off.
     *
     * @param most bytes that may come
     * @throws IOException when the sender or the disk fails; what came before is kept
     */
    void append(String id, InputStream body, long most, MessageDigest digest) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (FileChannel file = FileChannel.open(file(id), StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            try {
                long left = most;
                long unforced = 0;
                for (int got; left > 0 && (got = read(body, buffer, left)) >= 0; ) {
                    ByteBuffer piece = ByteBuffer.wrap(buffer, 0, got);
                    while (piece.hasRemaining()) {
                        file.write(piece);
                    }
                    if (digest != null) {
                        digest.update(buffer, 0, got);
                    }
                    left -= got;
                    unforced += got;
                    if (unforced >= FORCE) {
                        file.force(false);
                        unforced = 0;
                    }
                }
            } finally {
                file.force(true);
            }
        }
    }

    /** The sender broke off. */
    static final class BrokenOff extends IOException {
        private static final long serialVersionUID = 1L;

        BrokenOff(IOException cause) {
            super("the sender broke off: " + cause.getMessage(), cause);
        }
    }

    private static int read(InputStream body, byte[] buffer, long most) throws BrokenOff {
        try {
            return body.read(buffer, 0, (int) Math.min(buffer.length, most));
        } catch (IOException e) {
            throw new BrokenOff(e);
        }
    }

    /** What follows counts only once {@link #verified} is called. */
    void mark(String id, long offset) throws IOException {
        Path unfinished = folder.resolve(id + ".mark.tmp");
        Files.writeString(unfinished, Long.toString(offset), StandardCharsets.US_ASCII);
        Files.move(unfinished, mark(id), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    void verified(String id) throws IOException {
        Files.deleteIfExists(mark(id));
    }

    /** Moves a file in, or copies it where it is to stay or lies on another disk. */
    void take(String id, Path from, boolean keep) throws IOException {
        Files.createDirectories(folder);
        Path to = file(id);
        Path unfinished = folder.resolve(id + ".part");
        Files.copy(from, unfinished, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel file = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
            file.force(true);
        }
        Files.move(unfinished, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceFolder();
        if (!keep) {
            Files.delete(from);
        }
    }

    void delete(String id) throws IOException {
        Files.deleteIfExists(file(id));
        Files.deleteIfExists(mark(id));
    }

    String sha256(String id) throws IOException {
        try (InputStream in = Files.newInputStream(file(id))) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BUFFER];
            for (int got; (got = in.read(buffer)) >= 0; ) {
                digest.update(buffer, 0, got);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path mark(String id) {
        return folder.resolve(id + ".mark");
    }

    private void cut(String id, long length) throws IOException {
        try (FileChannel file = FileChannel.open(file(id), StandardOpenOption.WRITE)) {
            file.truncate(length);
            file.force(true);
        }
    }

    private void forceFolder() throws IOException {
        try (FileChannel in = FileChannel.open(folder, StandardOpenOption.READ)) {
            in.force(true);
        }
    }
}
