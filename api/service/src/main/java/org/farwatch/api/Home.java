package org.farwatch.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/**
 * The folder that holds everything that lasts: database, broker journal, evidence, keys. {@code FARWATCH_HOME}, default
 * {@code ./data}.
 *
 * @param path absolute path; exists and is writable after {@link #open}
 */
public record Home(Path path) {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");
    private static final int SECRET_BYTES = 32;

    /** @throws StartupFailure when the folder cannot be made or written */
    public static Home open(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        try {
            Files.createDirectories(absolute);
            Path probe = Files.createTempFile(absolute, ".probe", null);
            Files.delete(probe);
        } catch (IOException e) {
            throw new StartupFailure(
                    "FARWATCH_HOME " + absolute + " cannot be written ("
                            + e.getClass().getSimpleName()
                            + "): give the service a folder of its own that it may write to",
                    e);
        }
        return new Home(absolute);
    }

    /** A folder below home, made when absent, readable by the owner only. */
    public Path folder(String name) {
        Path folder = path.resolve(name);
        try {
            if (Files.notExists(folder)) {
                Files.createDirectories(folder);
                Files.setPosixFilePermissions(folder, OWNER_ONLY);
            }
        } catch (IOException e) {
            throw new StartupFailure("folder " + folder + " cannot be made: " + e.getMessage(), e);
        }
        return folder;
    }

    /** The secret kept in {@code keys/<name>}, made from 32 random bytes at first use; URL-safe Base64, never logged. */
    public String secret(String name) {
        Path file = secretFile(name);
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new StartupFailure("key file " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The file of {@link #secret}; made when absent. */
    public Path secretFile(String name) {
        Path file = folder("keys").resolve(name);
        if (Files.exists(file)) {
            return file;
        }
        byte[] random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_FILE));
            Files.writeString(
                    file,
                    Base64.getUrlEncoder().withoutPadding().encodeToString(random),
                    StandardOpenOption.WRITE,
                    StandardOpenOption.SYNC);
        } catch (IOException e) {
            throw new StartupFailure("key file " + file + " cannot be written: " + e.getMessage(), e);
        }
        return file;
    }
}
