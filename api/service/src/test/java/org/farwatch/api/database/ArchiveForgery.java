package org.farwatch.api.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import tools.jackson.databind.json.JsonMapper;

/** Copies of an archive with something changed. */
final class ArchiveForgery {
    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    private ArchiveForgery() {}

    static ArchiveForgery of(Path archive) throws IOException {
        ArchiveForgery forgery = new ArchiveForgery();
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            Enumeration<? extends ZipEntry> all = zip.entries();
            while (all.hasMoreElements()) {
                ZipEntry entry = all.nextElement();
                forgery.entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        return forgery;
    }

    ArchiveForgery replace(String entry, String text, String other) {
        String before = new String(entries.get(entry), StandardCharsets.UTF_8);
        assertThat(before).contains(text);
        return add(entry, before.replace(text, other));
    }

    ArchiveForgery add(String entry, String content) {
        entries.put(entry, content.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    ArchiveForgery remove(String entry) {
        assertThat(entries.remove(entry)).isNotNull();
        return this;
    }

    /** Adds a row and makes the manifest agree. */
    ArchiveForgery append(String entry, String row) throws IOException {
        add(entry, new String(entries.get(entry), StandardCharsets.UTF_8) + row);
        JsonMapper json = JsonMapper.builder().build();
        Manifest manifest = json.readValue(entries.get(Manifest.ENTRY), Manifest.class);
        Digest digest =
                new Digest().copy(new ByteArrayInputStream(entries.get(entry)), OutputStream.nullOutputStream());
        List<Manifest.Table> tables = manifest.tables().stream()
                .map(table -> table.entry().equals(entry)
                        ? new Manifest.Table(
                                table.name(), table.columns(), digest.lines(), digest.bytes(), digest.hex())
                        : table)
                .toList();
        entries.put(
                Manifest.ENTRY,
                json.writeValueAsBytes(new Manifest(
                        manifest.format(),
                        manifest.madeAt(),
                        manifest.schemaVersion(),
                        manifest.postgres(),
                        manifest.withKeys(),
                        tables,
                        manifest.sequences(),
                        manifest.files())));
        return this;
    }

    Path write(Path folder) throws IOException {
        Path file = folder.resolve("forged-" + UUID.randomUUID() + ".zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return file;
    }
}
