package org.farwatch.api.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.farwatch.api.database.ArchiveSample.manifest;
import static org.farwatch.api.database.ArchiveSample.restore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An archive that is not what {@code backup} wrote is refused, and nothing is left of the attempt. */
class AlteredArchiveTest {
    private final Path archive = ArchiveSample.taken().archive();
    private final String sum = ArchiveSample.taken().sum();

    @TempDir
    Path folder;

    @Test
    void anAlteredRowIsFound() throws IOException {
        Path altered = ArchiveForgery.of(archive)
                .replace("tables/squad.copy", "存档中队", "存档大队")
                .write(folder);

        assertRefused(altered, "was damaged or altered: tables/squad.copy does not agree with its checksum");
    }

    @Test
    void anAlteredFileIsFound() throws IOException {
        Path altered = ArchiveForgery.of(archive)
                .replace("evidence/ab/abcdef", "证据", "伪证")
                .write(folder);

        assertRefused(altered, "evidence/ab/abcdef does not agree with its checksum");
    }

    @Test
    void anEntryThatTheManifestDoesNotNameIsFound() throws IOException {
        assertRefused(ArchiveForgery.of(archive).add("evidence/smuggled", "x").write(folder), "does not name");
    }

    @Test
    void aMissingEntryIsFound() throws IOException {
        assertRefused(ArchiveForgery.of(archive).remove("tables/rule.copy").write(folder), "lacks tables/rule.copy");
    }

    @Test
    void aPathThatLeavesTheHomeIsRefused() throws IOException {
        Path altered = ArchiveForgery.of(archive)
                .replace(Manifest.ENTRY, "evidence/ab/abcdef", "evidence/../../abcdef")
                .write(folder);

        assertRefused(altered, "does not belong into a home folder");
    }

    @Test
    void aTruncatedArchiveIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(archive);
        Path cut = Files.write(folder.resolve("cut.zip"), Arrays.copyOf(whole, whole.length - 100));

        assertRefused(cut, "is no whole archive");
    }

    @Test
    void anotherSumThanTheOneKeptElsewhereIsRefused() {
        Path home = folder.resolve("sum");
        String said = restore(home, ArchiveSample.EMBEDDED, archive.toString(), "--sha256", "0".repeat(64));

        assertThat(said).contains("was altered: its sha256 is " + sum);
        assertThat(home).doesNotExist();
    }

    @Test
    void anArchiveOfANewerReleaseIsRefused() throws IOException {
        String version = manifest(archive).schemaVersion();
        Path newer = ArchiveForgery.of(archive)
                .replace(Manifest.ENTRY, "\"schemaVersion\" : \"" + version, "\"schemaVersion\" : \"9999")
                .write(folder);

        assertRefused(newer, "schema version 9999, which this release does not know");
    }

    @Test
    void rowsThatTheSchemaRefusesLeaveNothingBehind() throws IOException {
        // An officer of a squad that does not exist, under right checksums.
        Path broken = ArchiveForgery.of(archive)
                .append("tables/officer.copy", "999999\tX\tX999999\t888888\t1\n")
                .write(folder);

        assertRefused(broken, "the database does not take the archive");
    }

    private void assertRefused(Path file, String sentence) {
        Path home = folder.resolve("refused-" + UUID.randomUUID());
        assertThat(restore(home, file)).startsWith("Farwatch cannot restore: ").contains(sentence);
        assertThat(home).as("nothing is left").doesNotExist();
    }
}
