package org.farwatch.api.video;

import java.util.ArrayList;
import java.util.List;
import org.farwatch.ingest.media.Fragment;
import org.farwatch.ingest.media.FragmentSink;
import org.farwatch.ingest.media.MediaFormat;

/**
 * A stream as those see it who watch it now. Keeps what came since the last key picture, so that a new viewer has a
 * picture at once. Fragments come on the stream's thread, viewers on their own; neither waits for the other longer than
 * it takes to hang a fragment into a queue.
 */
final class LiveFeed implements FragmentSink {
    /** Kept for new viewers; a camera without key pictures for longer shows them nothing until the next one. */
    static final int MAX_KEPT_BYTES = 4 * 1024 * 1024;

    private final Quality quality;
    private final List<PictureViewer> viewers = new ArrayList<>();
    private final List<Fragment> sinceKey = new ArrayList<>();
    private int keptBytes;
    private MediaFormat format;
    private byte[] init;

    /** @param quality which picture of the stream this is */
    LiveFeed(Quality quality) {
        this.quality = quality;
    }

    @Override
    public synchronized void begin(MediaFormat next, byte[] header) {
        format = next;
        init = header;
        forget();
        for (PictureViewer viewer : viewers) {
            viewer.begin(quality, next, header);
        }
    }

    @Override
    public synchronized void fragment(Fragment fragment) {
        if (fragment.key()) {
            forget();
        }
        if (fragment.key() || !sinceKey.isEmpty()) {
            sinceKey.add(fragment);
            keptBytes += fragment.bytes().length;
            if (keptBytes > MAX_KEPT_BYTES) {
                forget();
            }
        }
        for (PictureViewer viewer : viewers) {
            viewer.fragment(fragment);
        }
    }

    @Override
    public synchronized void end() {
        format = null;
        init = null;
        forget();
    }

    synchronized void join(PictureViewer viewer) {
        viewers.add(viewer);
        if (format != null) {
            viewer.begin(quality, format, init);
            sinceKey.forEach(viewer::fragment);
        }
    }

    synchronized void leave(PictureViewer viewer) {
        viewers.remove(viewer);
    }

    /** All its viewers become those of another picture of the same stream. */
    void handOver(LiveFeed other) {
        List<PictureViewer> moving;
        synchronized (this) {
            moving = List.copyOf(viewers);
            viewers.clear();
        }
        moving.forEach(other::join);
    }

    /** Tells all viewers what is the matter with the stream. */
    synchronized void tell(StreamSession.State state) {
        for (PictureViewer viewer : viewers) {
            viewer.tell(state);
        }
    }

    synchronized List<PictureViewer> viewers() {
        return List.copyOf(viewers);
    }

    /** What the stream is made of, null while there is none. */
    synchronized MediaFormat format() {
        return format;
    }

    private void forget() {
        sinceKey.clear();
        keptBytes = 0;
    }
}
