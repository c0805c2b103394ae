package org.farwatch.api.evidence;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.farwatch.api.Home;
import org.farwatch.api.web.Refusal;
import org.springframework.stereotype.Component;

/**
 * Content-addressed files below {@code FARWATCH_HOME/evidence}: {@code ab/cd/<sha256>}. A file is complete and on the disk
 * before it has its name, and has its name before it has its row, so that neither a full disk nor a power cut leaves half
 * of one. Content put twice is one file. Safe for use by many threads of one process.
 */
@Component
public class EvidenceStore {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern MEDIA_TYPE = Pattern.compile("[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,60}");
    private static final int BUFFER = 64 * 1024;
    private static final int LOCKS = 64;
    private static final int MAX_ORIGIN = 200;

    private final Path root;
    private final Path incoming;
    private final EvidenceTable table;
    private final ReentrantLock[] locks = new ReentrantLock[LOCKS];

    /** What a file is found to be when its content is hashed again. */
    public enum Verdict {
        INTACT,
        /** The content is not what the name says. */
        ALTERED,
        MISSING
    }

    EvidenceStore(Home home, EvidenceTable table) throws IOException {
        this.table = table;
        root = home.folder("evidence");
        incoming = home.folder("evidence/incoming");
        for (int i = 0; i < LOCKS; i++) {
            locks[i] = new ReentrantLock();
        }
        try (DirectoryStream<Path> left = Files.newDirectoryStream(incoming)) {
            for (Path unfinished : left) {
                Files.delete(unfinished);
            }
        }
    }

    /**
     * Keeps what the stream holds. Its row is written in a transaction of its own: a file is there whatever becomes of
     * the caller's.
     *
     * @param content read to its end, not closed
     * @param mediaType such as {@code image/jpeg}; the first one given for a content stays
     * @param origin where it came from; the first one given stays
     * @param maxBytes longer content is refused
     * @throws Refusal 413 when it is too long, 400 for a media type or origin that is none
     * @throws IOException when it cannot be read or written; then nothing is kept
     */
    public Evidence put(InputStream content, String mediaType, String origin, long maxBytes) throws IOException {
        requireWords(mediaType, origin);
        Path temporary = Files.createTempFile(incoming, "put-", ".tmp");
        try {
            MessageDigest digest = sha256();
            long bytes = receive(content, temporary, digest, maxBytes);
            String name = HexFormat.of().formatHex(digest.digest());
            ReentrantLock lock = locks[Integer.parseInt(name.substring(0, 2), 16) % LOCKS];
            lock.lock();
            try {
                return settle(temporary, new EvidenceTable.New(name, mediaType, bytes, origin));
            } finally {
                lock.unlock();
            }
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** @return empty when there is none of that hash */
    public Optional<Evidence> find(String sha256) {
        return SHA256.matcher(sha256).matches() ? table.find(sha256) : Optional.empty();
    }

    /**
     * Where a file lies, to be read only.
     *
     * @throws FileNotFoundException when it is not there any more
     */
    public Path file(Evidence evidence) throws FileNotFoundException {
        Path file = file(evidence.sha256());
        if (!Files.isReadable(file)) {
            throw new FileNotFoundException("the file of evidence " + evidence.sha256() + " is missing");
        }
        return file;
    }

    /**
     * Opens a file to be read from its beginning; the caller closes it.
     *
     * @throws Refusal 404 when there is none of that hash
     * @throws FileNotFoundException when there should be one
     */
    public InputStream open(String sha256) throws IOException {
        Evidence evidence = require(sha256);
        try {
            return Files.newInputStream(file(evidence.sha256()));
        } catch (NoSuchFileException e) {
            FileNotFoundException missing = new FileNotFoundException("the file of evidence " + sha256 + " is missing");
            missing.initCause(e);
            throw missing;
        }
    }

    /**
     * Keeps a file whatever its age, or no longer.
     *
     * @throws Refusal 404 when there is none of that hash
     */
    public Evidence hold(String sha256, boolean held) {
        Evidence evidence = require(sha256);
        table.hold(evidence.sha256(), held);
        return require(sha256);
    }

    /**
     * Hashes the content again.
     *
     * @throws Refusal 404 when there is none of that hash
     * @throws IOException when the file is there but cannot be read
     */
    public Verdict verify(String sha256) throws IOException {
        Evidence evidence = require(sha256);
        MessageDigest digest = sha256();
        try (InputStream file = Files.newInputStream(file(evidence.sha256()));
                DigestInputStream hashed = new DigestInputStream(file, digest)) {
            hashed.transferTo(OutputStream.nullOutputStream());
        } catch (NoSuchFileException e) {
            return Verdict.MISSING;
        }
        return HexFormat.of().formatHex(digest.digest()).equals(sha256) ? Verdict.INTACT : Verdict.ALTERED;
    }

    private long receive(InputStream content, Path temporary, MessageDigest digest, long maxBytes) throws IOException {
        long bytes = 0;
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE);
                DigestOutputStream out = new DigestOutputStream(Channels.newOutputStream(channel), digest)) {
            byte[] buffer = new byte[BUFFER];
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                bytes += read;
                if (bytes > maxBytes) {
                    throw new Refusal(413, "file too large", "the file may have at most " + maxBytes + " bytes");
                }
                out.write(buffer, 0, read);
            }
            channel.force(true);
        }
        return bytes;
    }

    /** Gives the file its name and its row. A file of that name with another length was damaged and is replaced. */
    private Evidence settle(Path temporary, EvidenceTable.New wanted) throws IOException {
        Path file = file(wanted.sha256());
        boolean there = Files.exists(file) && Files.size(file) == wanted.bytes();
        if (!there) {
            makeFolders(file.getParent());
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            sync(file.getParent());
        }
        try {
            table.insert(wanted);
        } catch (RuntimeException e) {
            if (!there) {
                withdraw(file, wanted.sha256(), e);
            }
            throw e;
        }
        return table.find(wanted.sha256()).orElseThrow();
    }

    /** A file that got no row; one that cannot be withdrawn waits, complete, for the next who puts its content. */
    private void withdraw(Path file, String sha256, RuntimeException failure) {
        try {
            if (table.find(sha256).isEmpty()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private void makeFolders(Path folder) throws IOException {
        Path parent = folder.getParent();
        if (Files.notExists(folder)) {
            Files.createDirectories(folder);
            sync(parent);
            sync(root);
        }
    }

    /** A new name lasts only when its folder is on the disk as well. */
    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private Path file(String sha256) {
        return root.resolve(sha256.substring(0, 2))
                .resolve(sha256.substring(2, 4))
                .resolve(sha256);
    }

    private Evidence require(String sha256) {
        return find(sha256).orElseThrow(() -> Refusal.notFound("evidence", sha256));
    }

    private static void requireWords(String mediaType, String origin) {
        if (mediaType == null || !MEDIA_TYPE.matcher(mediaType).matches()) {
            throw Refusal.field("mediaType", "must be like image/jpeg, was " + mediaType);
        }
        if (origin == null || origin.isBlank() || origin.length() > MAX_ORIGIN) {
            throw Refusal.field("origin", "must be a text of at most " + MAX_ORIGIN + " characters");
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JDK lacks SHA-256", e);
        }
    }
}
