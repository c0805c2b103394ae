package org.farwatch.api.video;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import org.farwatch.api.Home;
import org.springframework.stereotype.Component;

/** The disk that recordings lie on. */
@Component
public class DiskSpace {
    private final Home home;
    private final long keepFree;

    DiskSpace(Home home, VideoSettings settings) {
        this.home = home;
        this.keepFree = settings.keepFree().toBytes();
    }

    /** Bytes that can still be written. */
    public long usable() throws IOException {
        return disk().getUsableSpace();
    }

    /** Bytes of the whole disk, whatever lies on it. */
    public long total() throws IOException {
        return disk().getTotalSpace();
    }

    /** Bytes that recording leaves free: below them it stops. */
    public long keepFree() {
        return keepFree;
    }

    private FileStore disk() throws IOException {
        return Files.getFileStore(home.path());
    }
}
