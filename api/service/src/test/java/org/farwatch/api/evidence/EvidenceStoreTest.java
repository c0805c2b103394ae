package org.farwatch.api.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.farwatch.api.Home;
import org.farwatch.api.RunningService;
import org.farwatch.api.access.People;
import org.farwatch.api.evidence.EvidenceStore.Verdict;
import org.farwatch.api.web.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.transaction.support.TransactionTemplate;

class EvidenceStoreTest {
    private static final RunningService SERVICE = RunningService.shared();
    private static final long LARGE = 1_000_000;

    private final EvidenceTable table = SERVICE.bean(EvidenceTable.class);

    @TempDir
    Path folder;

    @Test
    void whatIsPutIsFoundByItsHashUnderItsHashAndStaysWhatItWas() throws Exception {
        EvidenceStore store = store();
        byte[] content = content();
        String sha256 = hash(content);

        Evidence put = store.put(stream(content), "image/jpeg", "upload", LARGE);

        assertThat(put.sha256()).isEqualTo(sha256);
        assertThat(put.bytes()).isEqualTo(content.length);
        assertThat(put.mediaType()).isEqualTo("image/jpeg");
        assertThat(put.origin()).isEqualTo("upload");
        assertThat(put.hold()).isFalse();
        Path file = file(sha256);
        assertThat(Files.readAllBytes(file)).isEqualTo(content);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(store.find(sha256)).contains(put);
        try (InputStream opened = store.open(sha256)) {
            assertThat(opened.readAllBytes()).isEqualTo(content);
        }
        assertThat(store.verify(sha256)).isEqualTo(Verdict.INTACT);
        assertThat(incoming()).isEmpty();
    }

    @Test
    void contentPutTwiceIsOneFileAndKeepsItsFirstNames() throws Exception {
        EvidenceStore store = store();
        byte[] content = content();

        Evidence first = store.put(stream(content), "image/jpeg", "upload", LARGE);
        Evidence second = store.put(stream(content), "image/png", "another", LARGE);

        assertThat(second).isEqualTo(first);
        assertThat(files()).hasSize(1);
        assertThat(incoming()).isEmpty();
    }

    @Test
    void theSameContentPutByManyAtTheSameTimeIsOneFile() throws Exception {
        EvidenceStore store = store();
        byte[] content = content();
        try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
            List<Future<Evidence>> puts = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                puts.add(pool.submit(() -> store.put(stream(content), "image/jpeg", "upload", LARGE)));
            }
            for (Future<Evidence> put : puts) {
                assertThat(put.get().sha256()).isEqualTo(hash(content));
            }
        }

        assertThat(files()).hasSize(1);
        assertThat(incoming()).isEmpty();
        assertThat(store.verify(hash(content))).isEqualTo(Verdict.INTACT);
    }

    @Test
    void whatIsTooLongIsRefusedAndLeavesNothing() throws Exception {
        EvidenceStore store = store();
        byte[] content = content();

        assertThatThrownBy(() -> store.put(stream(content), "image/jpeg", "upload", content.length - 1))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.status()).isEqualTo(413));

        assertThat(files()).isEmpty();
        assertThat(incoming()).isEmpty();
        assertThat(store.find(hash(content))).isEmpty();
        assertThat(store.put(stream(content), "image/jpeg", "upload", content.length)
                        .bytes())
                .isEqualTo(content.length);
    }

    @Test
    void aStreamThatBreaksOffLeavesNothing() throws Exception {
        EvidenceStore store = store();
        InputStream breaking = new InputStream() {
            private int left = 200_000;

            @Override
            public int read() throws IOException {
                return read(new byte[1], 0, 1) < 0 ? -1 : 0;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                if (left <= 0) {
                    throw new IOException("the connection broke");
                }
                left -= length;
                return length;
            }
        };

        assertThatThrownBy(() -> store.put(breaking, "video/mp4", "upload", LARGE))
                .hasMessage("the connection broke");

        assertThat(files()).isEmpty();
        assertThat(incoming()).isEmpty();
    }

    @Test
    void aDiskThatTakesNoNewFileLeavesNeitherFileNorRow() throws Exception {
        EvidenceStore store = store();
        byte[] content = content();
        String sha256 = hash(content);
        // A file stands where the folder must be, as a damaged disk might show it.
        Files.writeString(folder.resolve("evidence").resolve(sha256.substring(0, 2)), "in the way");

        assertThatThrownBy(() -> store.put(stream(content), "image/jpeg", "upload", LARGE))
                .isInstanceOf(IOException.class);

        assertThat(incoming()).isEmpty();
        assertThat(store.find(sha256)).isEmpty();
    }

    @Test
    void aRowThatTheDatabaseDoesNotTakeLeavesNoFile() throws Exception {
        EvidenceStore store = store();
        byte[] content = content();

        assertThatThrownBy(() -> store.put(stream(content), "image/jpeg", "nul \0 origin", LARGE))
                .isInstanceOf(RuntimeException.class);

        assertThat(files()).isEmpty();
        assertThat(incoming()).isEmpty();
    }

    @Test
    void aFileStaysWhenTheCallersTransactionIsRolledBack() throws Exception {
        EvidenceStore store = store();
        byte[] content = content();
        SERVICE.bean(TransactionTemplate.class).executeWithoutResult(status -> {
            try {
                store.put(stream(content), "image/jpeg", "upload", LARGE);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            status.setRollbackOnly();
        });

        assertThat(store.find(hash(content))).isPresent();
        assertThat(store.verify(hash(content))).isEqualTo(Verdict.INTACT);
    }

    @Test
    void alteredAndMissingFilesAreFoundOutAndPuttingTheContentAgainHealsThem() throws Exception {
        EvidenceStore store = store();
        byte[] content = content();
        String sha256 = hash(content);
        store.put(stream(content), "image/jpeg", "upload", LARGE);

        byte[] altered = content.clone();
        altered[0] ^= 1;
        Files.write(file(sha256), altered);
        assertThat(store.verify(sha256)).isEqualTo(Verdict.ALTERED);

        Files.delete(file(sha256));
        assertThat(store.verify(sha256)).isEqualTo(Verdict.MISSING);
        assertThatThrownBy(() -> store.open(sha256)).isInstanceOf(FileNotFoundException.class);

        store.put(stream(content), "image/jpeg", "upload", LARGE);
        assertThat(store.verify(sha256)).isEqualTo(Verdict.INTACT);

        Files.write(file(sha256), new byte[] {1, 2, 3});
        store.put(stream(content), "image/jpeg", "upload", LARGE);
        assertThat(store.verify(sha256)).isEqualTo(Verdict.INTACT);
    }

    @Test
    void aHoldIsSetAndLifted() throws Exception {
        EvidenceStore store = store();
        String sha256 =
                store.put(stream(content()), "image/jpeg", "upload", LARGE).sha256();

        assertThat(store.hold(sha256, true).hold()).isTrue();
        assertThat(store.find(sha256).orElseThrow().hold()).isTrue();
        assertThat(store.hold(sha256, false).hold()).isFalse();
    }

    @Test
    void whatIsNoHashIsNotFoundAndReachesNoFile() throws Exception {
        EvidenceStore store = store();
        for (String name : List.of("../../keys/database", "", "AB".repeat(32), "0".repeat(64))) {
            assertThat(store.find(name)).isEmpty();
            assertThatThrownBy(() -> store.open(name))
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            refusal -> assertThat(refusal.status()).isEqualTo(404));
        }
        assertThatThrownBy(() -> store.put(stream(content()), "text/html; charset=x", "upload", LARGE))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> store.put(stream(content()), "image/jpeg", " ", LARGE))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void whatAKilledServiceLeftHalfWrittenIsRemovedAtTheNextStart() throws Exception {
        store();
        Files.writeString(folder.resolve("evidence/incoming/put-1.tmp"), "half");

        store();

        assertThat(incoming()).isEmpty();
    }

    @Test
    void anEmptyFileIsAFileToo() throws Exception {
        EvidenceStore store = store();

        Evidence put = store.put(InputStream.nullInputStream(), "text/plain", "upload", 0);

        assertThat(put.bytes()).isZero();
        assertThat(store.verify(put.sha256())).isEqualTo(Verdict.INTACT);
    }

    private EvidenceStore store() throws IOException {
        return new EvidenceStore(Home.open(folder), table);
    }

    /** Different each time, longer than one buffer. */
    private static byte[] content() {
        return (People.unique("evidence") + " " + "画".repeat(50_000)).getBytes(StandardCharsets.UTF_8);
    }

    private static InputStream stream(byte[] content) {
        return new ByteArrayInputStream(content);
    }

    private static String hash(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }

    private Path file(String sha256) {
        return folder.resolve("evidence")
                .resolve(sha256.substring(0, 2))
                .resolve(sha256.substring(2, 4))
                .resolve(sha256);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve("evidence"))) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private List<Path> incoming() throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("evidence/incoming"))) {
            return all.toList();
        }
    }
}
