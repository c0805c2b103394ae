package org.farwatch.ingest.media.pull;

import java.util.ArrayList;
import java.util.List;
import org.farwatch.ingest.media.MediaFormat;
import org.farwatch.ingest.media.MediaSink;
import org.farwatch.ingest.media.MediaUnit;
import org.farwatch.ingest.media.OfflineCause;
import org.farwatch.ingest.media.StreamState;

/** Keeps what a puller gives out. */
final class Watched implements MediaSink, Puller.Listener {
    record Change(StreamState state, OfflineCause cause, String detail) {}

    private final List<MediaFormat> formats = new ArrayList<>();
    private final List<MediaUnit> units = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private int ends;

    @Override
    public synchronized void format(MediaFormat format) {
        formats.add(format);
    }

    @Override
    public synchronized void unit(MediaUnit unit) {
        units.add(unit);
    }

    @Override
    public synchronized void end() {
        ends++;
    }

    @Override
    public synchronized void changed(StreamState state, OfflineCause cause, String detail) {
        changes.add(new Change(state, cause, detail));
    }

    synchronized List<MediaFormat> formats() {
        return List.copyOf(formats);
    }

    synchronized List<MediaUnit> units() {
        return List.copyOf(units);
    }

    synchronized List<Change> changes() {
        return List.copyOf(changes);
    }

    synchronized int ends() {
        return ends;
    }

    List<OfflineCause> causes() {
        return changes().stream()
                .map(Change::cause)
                .filter(cause -> cause != null)
                .toList();
    }
}
