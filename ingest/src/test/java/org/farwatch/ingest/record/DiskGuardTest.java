package org.farwatch.ingest.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskGuardTest {
    private static final long SECOND = 1_000_000_000L;

    private long free = 1_000;
    private long now;
    private int asked;
    private boolean broken;
    private final DiskGuard guard = new DiskGuard(100, 200, this::ask, () -> now);

    private long ask() throws IOException {
        asked++;
        if (broken) {
            throw new IOException("no answer");
        }
        return free;
    }

    @Test
    void itIsFullBelowTheLowMarkUntilTheHighOne() {
        long[] frees = {100, 99, 150, 199, 200, 150, 100, 0};
        boolean[] full = {false, true, true, true, false, false, false, true};
        for (int i = 0; i < frees.length; i++) {
            free = frees[i];
            assertThat(guard.full()).as("%d free", free).isEqualTo(full[i]);
            assertThat(guard.free()).isEqualTo(free);
            now += SECOND;
        }
    }

    @Test
    void theDiskIsAskedOnceASecondAtMost() {
        for (int i = 0; i < 10_000; i++) {
            guard.full();
            now += SECOND / 1_000;
        }

        assertThat(asked).isEqualTo(10);
    }

    @Test
    void aDiskThatDoesNotAnswerLeavesWhatWasKnown() {
        free = 0;
        assertThat(guard.full()).isTrue();
        broken = true;
        now += SECOND;

        assertThat(guard.full()).isTrue();
        assertThat(guard.free()).isEqualTo(-1);
    }

    @Test
    void aFolderThatIsNotThereYetHasTheSpaceOfItsDisk(@TempDir Path folder) {
        Path absent = folder.resolve("a/b/c");

        assertThat(new DiskGuard(absent, 1, 1).full()).isFalse();
        assertThat(new DiskGuard(absent, Long.MAX_VALUE, Long.MAX_VALUE).full()).isTrue();
    }

    @Test
    void marksInTheWrongOrderAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new DiskGuard(2, 1, this::ask, () -> 0));
    }
}
