package org.farwatch.api.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** An archive opened for reading. Nothing of it is to be used before {@link #verify} has passed. */
final class Archive implements AutoCloseable {
    private static final byte TAB = '\t';
    private static final byte LINE_END = '\n';
    private static final int DATE_LENGTH = "2026-11-21".length();

    private final Path path;
    private final ZipFile zip;
    private final Manifest manifest;

    private Archive(Path path, ZipFile zip, Manifest manifest) {
        this.path = path;
        this.zip = zip;
        this.manifest = manifest;
    }

    /** @throws ArchiveFailure when it is no archive of a format that this release reads */
    static Archive open(Path path) {
        try {
            ZipFile zip = new ZipFile(path.toFile(), StandardCharsets.UTF_8);
            try {
                return new Archive(path, zip, manifest(path, zip));
            } catch (IOException | RuntimeException e) {
                zip.close();
                throw e;
            }
        } catch (ZipException e) {
            throw new ArchiveFailure(path + " is no whole archive: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new ArchiveFailure(path + " cannot be read: " + e.getMessage(), e);
        }
    }

    Manifest manifest() {
        return manifest;
    }

    /** The content of an entry that the manifest names. */
    InputStream content(String entry) throws IOException {
        ZipEntry found = zip.getEntry(entry);
        if (found == null) {
            throw new ArchiveFailure(path + " lacks " + entry);
        }
        return zip.getInputStream(found);
    }

    /**
     * Compares everything with the manifest: size, rows and checksum of each entry, and that there is no other entry.
     *
     * @throws ArchiveFailure naming the first entry that differs
     */
    void verify(Progress progress) {
        Set<String> named = new TreeSet<>(Set.of(Manifest.ENTRY));
        try {
            for (Manifest.Table table : manifest.tables()) {
                named.add(table.entry());
                Digest digest = digest(table.entry());
                require(table.entry(), table.bytes(), table.sha256(), digest);
                if (digest.lines() != table.rows()) {
                    throw altered(table.entry());
                }
            }
            for (Manifest.File file : manifest.files()) {
                named.add(file.entry());
                require(file.entry(), file.bytes(), file.sha256(), digest(file.entry()));
            }
        } catch (IOException e) {
            throw new ArchiveFailure(path + " was damaged or altered: " + e.getMessage(), e);
        }
        Enumeration<? extends ZipEntry> entries = zip.entries();
        while (entries.hasMoreElements()) {
            String name = entries.nextElement().getName();
            if (!named.contains(name)) {
                throw new ArchiveFailure(
                        path + " holds " + name + ", which its manifest does not name: it was altered");
            }
        }
        progress.done("%,d tables and %,d files agree with their checksums"
                .formatted(manifest.tables().size(), manifest.files().size()));
    }

    /** The UTC days on which the values of a timestamp column fall. */
    Set<LocalDate> days(Manifest.Table table, String column) throws IOException {
        int wanted = table.columns().indexOf(column);
        if (wanted < 0) {
            throw new ArchiveFailure(table.entry() + " lacks the column " + column);
        }
        Map<String, LocalDate> days = new HashMap<>();
        try (InputStream in = content(table.entry())) {
            byte[] chunk = new byte[64 * 1024];
            StringBuilder date = new StringBuilder(DATE_LENGTH);
            int field = 0;
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                for (int at = 0; at < n; at++) {
                    byte b = chunk[at];
                    if (b == TAB || b == LINE_END) {
                        if (field == wanted) {
                            days.computeIfAbsent(date.toString(), LocalDate::parse);
                            date.setLength(0);
                        }
                        field = b == TAB ? field + 1 : 0;
                    } else if (field == wanted && date.length() < DATE_LENGTH) {
                        date.append((char) b);
                    }
                }
            }
        }
        return new TreeSet<>(days.values());
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw new IllegalStateException(path + " cannot be closed", e);
        }
    }

    private Digest digest(String entry) throws IOException {
        try (InputStream in = content(entry)) {
            return new Digest().copy(in, OutputStream.nullOutputStream());
        }
    }

    private void require(String entry, long bytes, String sha256, Digest found) {
        if (found.bytes() != bytes || !found.hex().equals(sha256)) {
            throw altered(entry);
        }
    }

    private ArchiveFailure altered(String entry) {
        return new ArchiveFailure(
                path + " was damaged or altered: " + entry + " does not agree with its checksum in the manifest");
    }

    private static Manifest manifest(Path path, ZipFile zip) throws IOException {
        ZipEntry entry = zip.getEntry(Manifest.ENTRY);
        if (entry == null) {
            throw new ArchiveFailure(path + " is no archive of Farwatch: it has no " + Manifest.ENTRY);
        }
        Manifest manifest;
        try (InputStream in = zip.getInputStream(entry)) {
            manifest = JsonMapper.builder().build().readValue(in, Manifest.class);
            Objects.requireNonNull(manifest.schemaVersion(), "schemaVersion");
            manifest.tables().forEach(table -> Objects.requireNonNull(table.columns(), "columns"));
            Objects.requireNonNull(manifest.sequences(), "sequences");
            manifest.files().forEach(file -> requireInside(path, file.entry()));
        } catch (JacksonException | NullPointerException e) {
            throw new ArchiveFailure(path + " has a manifest that cannot be read: " + e.getMessage(), e);
        }
        if (manifest.format() != Manifest.FORMAT) {
            throw new ArchiveFailure(
                    path + " has format " + manifest.format() + ", this release reads " + Manifest.FORMAT);
        }
        return manifest;
    }

    /** A file of the archive may only ever land in its own folder below the home. */
    private static void requireInside(Path path, String entry) {
        boolean ours = entry.startsWith(Manifest.EVIDENCE) || entry.startsWith(Manifest.KEYS);
        Path name = Path.of(entry);
        if (!ours || name.isAbsolute() || !name.normalize().equals(name) || entry.endsWith("/")) {
            throw new ArchiveFailure(path + " names the file " + entry + ", which does not belong into a home folder");
        }
    }
}
