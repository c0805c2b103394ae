package org.farwatch.ingest.media.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.farwatch.ingest.media.Clip;
import org.farwatch.ingest.media.OfflineCause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are no video, or only a part of one. */
class BadFileTest {
    private static final Duration PATIENCE = Duration.ofSeconds(12);

    @TempDir
    private Path folder;

    @Test
    void whatIsNoVideoIsSaidToBeNone() throws IOException {
        BufferedImage picture = new BufferedImage(64, 48, BufferedImage.TYPE_3BYTE_BGR);
        ImageIO.write(picture, "png", folder.resolve("picture.png").toFile());
        ImageIO.write(picture, "jpg", folder.resolve("picture.jpg").toFile());
        ImageIO.write(picture, "jpg", folder.resolve("picture.mp4").toFile());
        Files.createFile(folder.resolve("empty.mp4"));
        Files.writeString(folder.resolve("text.txt"), "no video\n".repeat(100));
        byte[] clip = Files.readAllBytes(Clip.write(folder.resolve("clip.mp4"), 50));
        Files.write(folder.resolve("header.mp4"), Arrays.copyOf(clip, 20));
        byte[] noise = new byte[100_000];
        new Random(1).nextBytes(noise);
        Files.write(folder.resolve("noise.mp4"), noise);
        for (String file : List.of(
                "picture.png", "picture.jpg", "picture.mp4", "empty.mp4", "text.txt", "header.mp4", "noise.mp4")) {
            Watched watched = new Watched();
            try (Puller _ = pull(file, watched)) {
                await().alias(file)
                        .atMost(PATIENCE)
                        .until(() -> !watched.causes().isEmpty());
            }
            assertThat(watched.causes().getFirst())
                    .as("%s %s", file, watched.changes())
                    .isEqualTo(OfflineCause.NOT_VIDEO);
            assertThat(watched.formats()).isEmpty();
        }
    }

    /** What was copied of it is played, then it ends as any other. */
    @Test
    void aFileThatIsCutOffIsPlayedAsFarAsItGoes() throws IOException {
        byte[] clip = Files.readAllBytes(Clip.write(folder.resolve("clip.mp4"), 50));
        Files.write(folder.resolve("cut.mp4"), Arrays.copyOf(clip, clip.length * 2 / 3));
        Watched watched = new Watched();
        try (Puller _ = pull("cut.mp4", watched)) {
            await().atMost(PATIENCE).until(() -> !watched.causes().isEmpty());
        }
        assertThat(watched.causes().getFirst()).isIn(OfflineCause.ENDED, OfflineCause.NOT_VIDEO);
        assertThat(watched.units().size()).isBetween(20, 49);
        assertThat(watched.ends()).isOne();
    }

    private Puller pull(String file, Watched watched) {
        return new Puller(
                "file", PullSource.parse("file:" + folder.resolve(file)), PullSettings.standard(), watched, watched);
    }
}
