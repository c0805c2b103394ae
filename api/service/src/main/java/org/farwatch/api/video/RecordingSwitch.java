package org.farwatch.api.video;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.farwatch.ingest.media.Fragment;
import org.farwatch.ingest.media.FragmentSink;
import org.farwatch.ingest.media.MediaFormat;
import org.farwatch.ingest.record.OpenSegment;
import org.farwatch.ingest.record.Recorder;
import org.farwatch.ingest.record.Sidecar;

/**
 * Puts a recorder behind a stream and takes it away again while the stream goes on. Fragments come on the stream's
 * thread, which waits for no disk but the writing itself; switching waits until the recorder before has finished.
 */
final class RecordingSwitch implements FragmentSink {
    private final Supplier<Optional<Recorder>> recorders;
    private final Object switching = new Object();
    private boolean wanted;
    private Recorder recorder;
    private MediaFormat format;
    private byte[] init;

    /** @param recorders makes one that goes on where the stream's recording ended, or none while the disk fails */
    RecordingSwitch(Supplier<Optional<Recorder>> recorders) {
        this.recorders = recorders;
    }

    void set(boolean record) {
        synchronized (switching) {
            wanted = record;
            if (record) {
                on();
            } else {
                off();
            }
        }
    }

    /** Tries again when recording is wanted and could not begin. */
    void keep() {
        synchronized (switching) {
            if (wanted) {
                on();
            }
        }
    }

    /** The segment that is being written. */
    Optional<OpenSegment> open() {
        Recorder now;
        synchronized (this) {
            now = recorder;
        }
        return now == null ? Optional.empty() : now.open();
    }

    /** Segments that are complete and that nobody was told of yet. */
    List<Sidecar> sealed() {
        Recorder now;
        synchronized (this) {
            now = recorder;
        }
        return now == null ? List.of() : now.sealed();
    }

    @Override
    public synchronized void begin(MediaFormat next, byte[] header) {
        format = next;
        init = header;
        if (recorder != null) {
            recorder.begin(next, header);
        }
    }

    @Override
    public synchronized void fragment(Fragment fragment) {
        if (recorder != null) {
            recorder.fragment(fragment);
        }
    }

    @Override
    public synchronized void end() {
        format = null;
        init = null;
        if (recorder != null) {
            recorder.end();
        }
    }

    private void on() {
        synchronized (this) {
            if (recorder != null) {
                return;
            }
        }
        recorders.get().ifPresent(this::on);
    }

    private synchronized void on(Recorder made) {
        recorder = made;
        if (format != null) {
            recorder.begin(format, init);
        }
    }

    private void off() {
        Recorder gone;
        synchronized (this) {
            gone = recorder;
            recorder = null;
        }
        if (gone != null) {
            gone.close();
        }
    }
}
