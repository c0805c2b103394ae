package org.farwatch.ingest.record;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a sink what a recorder does, and keeps the recorder from its exceptions. */
final class Notices {
    private static final Logger LOG = LoggerFactory.getLogger(Notices.class);

    private final String stream;
    private final SegmentSink sink;
    /** Said last since a run began; owned by the recorder's lock. */
    private GapCause refused;

    Notices(String stream, SegmentSink sink) {
        this.stream = stream;
        this.sink = sink;
    }

    void runBegan(long run) {
        refused = null;
        tell(() -> sink.runBegan(stream, run));
    }

    void opened(OpenSegment segment) {
        tell(() -> sink.opened(segment));
    }

    void closed(Sidecar sidecar) {
        tell(() -> sink.closed(sidecar));
    }

    void runEnded(long run, long end, GapCause cause) {
        // The run's end says the cause already.
        refused = cause;
        tell(() -> sink.runEnded(stream, run, end, cause));
    }

    void refused(long at, GapCause cause) {
        if (refused != cause) {
            refused = cause;
            tell(() -> sink.refused(stream, at, cause));
        }
    }

    private void tell(Runnable notice) {
        try {
            notice.run();
        } catch (RuntimeException e) {
            LOG.warn("{}: a notification is lost, the sidecars tell it", stream, e);
        }
    }
}
