package org.farwatch.api.video;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.farwatch.api.web.Refusal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** Which files may be streams. */
class StreamSourcesTest {
    @TempDir
    private Path disk;

    private Path root;
    private Path inside;
    private Path outside;

    @BeforeEach
    void files() throws IOException {
        inside = Files.writeString(Files.createDirectory(disk.resolve("real")).resolve("a.mp4"), "a");
        outside = Files.writeString(disk.resolve("b.mp4"), "b");
        // The folder that is named may be a link itself.
        root = Files.createSymbolicLink(disk.resolve("root"), inside.getParent());
    }

    @Test
    void aFileOfTheFolderMayBeFetchedAlsoByALinkWithin() throws IOException {
        Files.createSymbolicLink(root.resolve("again.mp4"), inside);
        for (String name : List.of("a.mp4", "again.mp4")) {
            assertThatCode(() -> check(root.resolve(name))).doesNotThrowAnyException();
        }
    }

    @Test
    void aLinkThatLeadsOutOfTheFolderIsRefused() throws IOException {
        Files.createSymbolicLink(root.resolve("b.mp4"), outside);
        Files.createSymbolicLink(root.resolve("all"), disk);
        for (String name : List.of("b.mp4", "all/b.mp4", "../b.mp4")) {
            assertThatThrownBy(() -> check(root.resolve(name)))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("sourceUrl is a file outside of the folders");
        }
    }

    @Test
    void aFileThatIsNotThereIsRefused() throws IOException {
        Files.createSymbolicLink(root.resolve("gone.mp4"), disk.resolve("nowhere"));
        for (String name : List.of("c.mp4", "gone.mp4")) {
            assertThatThrownBy(() -> check(root.resolve(name)))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("names no file that can be read");
        }
    }

    private void check(Path file) {
        VideoSettings settings = new VideoSettings(
                List.of(root), List.of(), 1, Duration.ofSeconds(20), DataSize.ofGigabytes(2), Duration.ofMinutes(1));
        new StreamSources(List.of(), settings).check(StreamSources.MAIN, "file:" + file);
    }
}
