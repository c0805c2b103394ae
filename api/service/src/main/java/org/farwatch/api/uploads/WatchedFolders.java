package org.farwatch.api.uploads;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.farwatch.api.web.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes recordings out of the folders that stations and people put them into. A file is taken when its size and time have
 * stood still for a while, with the sidecar beside it ({@code name.json} or {@code name.mp4.json}); what begins with a dot
 * or is none of a video by its name is left alone. While there is no room, files wait where they are. One thread.
 */
@Component
class WatchedFolders {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedFolders.class);
    private static final long LOOK_MILLIS = 2_000;
    /** Files of one folder that are looked at in one round. */
    private static final int MOST = 2_000;

    private static final int MAX_SIDECAR = 64 << 10;
    private static final String VIDEOS = ".*\\.(mp4|mov|avi|ts|mpg|mpeg|m4v|ps)";

    private final UploadSettings settings;
    private final UploadIntake intake;
    private final UploadTable table;
    private final StagedFiles files;
    private final UploadDesk desk;
    private final JsonMapper json;
    private final Clock clock;
    /** Files as they were when they were last seen to change. */
    private Map<Path, Seen> seen = new HashMap<>();

    /** Files that were refused and said so; no more than are looked at. */
    private final Set<Path> complained = new HashSet<>();

    private record Seen(long size, long modified, Instant since) {}

    WatchedFolders(
            UploadSettings settings,
            UploadIntake intake,
            UploadTable table,
            StagedFiles files,
            UploadDesk desk,
            JsonMapper json,
            Clock clock) {
        this.settings = settings;
        this.intake = intake;
        this.table = table;
        this.files = files;
        this.desk = desk;
        this.json = json;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = LOOK_MILLIS)
    synchronized void look() {
        Map<Path, Seen> now = new HashMap<>();
        for (Path folder : settings.folders()) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, WatchedFolders::isVideo)) {
                int looked = 0;
                for (Path file : found) {
                    if (looked++ >= MOST) {
                        break;
                    }
                    look(folder, file, now);
                }
            } catch (IOException | DirectoryIteratorException | DataAccessException e) {
                LOG.warn("folder {} is looked at again: {}", folder, e.toString());
            }
        }
        seen = now;
    }

    private static boolean isVideo(Path file) {
        String name = file.getFileName().toString();
        return !name.startsWith(".") && name.toLowerCase(Locale.ROOT).matches(VIDEOS);
    }

    private void look(Path folder, Path file, Map<Path, Seen> now) {
        try {
            BasicFileAttributes facts =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!facts.isRegularFile() || facts.size() == 0) {
                return;
            }
            long modified = facts.lastModifiedTime().toMillis();
            Seen before = seen.get(file);
            Seen same = before != null && before.size() == facts.size() && before.modified() == modified
                    ? before
                    : new Seen(facts.size(), modified, clock.instant());
            now.put(file, same);
            if (!same.since().plus(settings.rest()).isAfter(clock.instant())) {
                take(folder, file, same);
            }
        } catch (NoSuchFileException _) {
            // Somebody took it away.
        } catch (Refusal e) {
            if (complained.size() < MOST && complained.add(file)) {
                LOG.warn("{} is not taken: {}", file, e.getMessage());
            }
        } catch (IOException e) {
            LOG.warn("{} is looked at again: {}", file, e.toString());
        }
    }

    private void take(Path folder, Path file, Seen as) throws IOException {
        String origin = file + "|" + as.modified() + "|" + as.size();
        Optional<StoredUpload> known = table.ofOrigin(origin);
        String id;
        if (known.isPresent()) {
            // Taken; or the service ended while it was being moved.
            if (known.get().state() != UploadState.OPEN) {
                return;
            }
            id = known.get().id();
        } else {
            if (intake.full(as.size())) {
                return;
            }
            id = intake.newId();
            String name = file.getFileName().toString();
            if (!intake.admit(new UploadTable.New(
                    id, "folder", folder.toString(), null, origin, name, as.size(), sidecar(file)))) {
                return;
            }
        }
        files.take(id, file, settings.keepTaken());
        if (table.whole(id, clock.instant())) {
            desk.wake();
        }
        if (!settings.keepTaken()) {
            Files.deleteIfExists(sidecarOf(file));
        }
    }

    /** What cannot be read is left out; then the name alone has to do. */
    private Told sidecar(Path video) throws IOException {
        Path file = sidecarOf(video);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Told.NOTHING;
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(MAX_SIDECAR);
            return json.readValue(bytes, Told.class);
        } catch (JacksonException e) {
            LOG.warn("{} is no sidecar: {}", file, e.getOriginalMessage());
            return Told.NOTHING;
        }
    }

    private static Path sidecarOf(Path video) {
        String name = video.getFileName().toString();
        Path whole = video.resolveSibling(name + ".json");
        return Files.exists(whole) ? whole : video.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ".json");
    }
}
