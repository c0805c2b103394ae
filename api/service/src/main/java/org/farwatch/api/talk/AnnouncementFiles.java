package org.farwatch.api.talk;

import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.farwatch.api.Home;
import org.farwatch.api.web.Refusal;
import org.farwatch.ingest.media.pull.PullFailure;
import org.farwatch.ingest.media.voice.SoundFile;
import org.springframework.stereotype.Component;
import org.springframework.web.multipart.MultipartFile;

/** Makes of an uploaded sound file what loudspeakers take: on one platform thread, since libav must not pin others. */
@Component
class AnnouncementFiles {
    private static final String FIELD = "file";
    private static final int WAITING = 4;

    private final Path folder;
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING),
            Thread.ofPlatform().name("announcements").daemon().factory());

    AnnouncementFiles(Home home) {
        this.folder = home.folder("announcements");
    }

    /**
     * @param longest that it may last
     * @throws Refusal 400 for what is no sound, not what its name says or too long, 503 when too many are being read
     */
    byte[] alaw(MultipartFile upload, Duration longest) throws IOException {
        String name = upload.getOriginalFilename() == null ? "" : upload.getOriginalFilename();
        Path file = Files.createTempFile(folder, "arriving", null);
        try {
            try (InputStream content = upload.getInputStream()) {
                Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
            }
            Future<byte[]> made = thread.submit(() -> SoundFile.alaw(file, name, longest));
            return made.get();
        } catch (RejectedExecutionException e) {
            throw new Refusal(503, "too many at once", "other announcements are being read; try again in a moment");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof PullFailure failure) {
                throw Refusal.field(FIELD, failure.getMessage());
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(503, "stopped", "the service is being stopped");
        } finally {
            Files.deleteIfExists(file);
        }
    }

    @PreDestroy
    void close() {
        thread.shutdownNow();
    }
}
