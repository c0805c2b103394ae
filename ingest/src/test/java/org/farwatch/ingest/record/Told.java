package org.farwatch.ingest.record;

import java.util.ArrayList;
import java.util.List;

/** Keeps what a recorder says, in words. */
class Told implements SegmentSink {
    final List<String> words = new ArrayList<>();
    final List<Sidecar> sidecars = new ArrayList<>();

    @Override
    public synchronized void runBegan(String stream, long run) {
        words.add("run " + (run - Feed.START));
    }

    @Override
    public synchronized void opened(OpenSegment segment) {
        words.add("opened " + segment.sequence());
    }

    @Override
    public synchronized void closed(Sidecar sidecar) {
        words.add("closed " + sidecar.sequence());
        sidecars.add(sidecar);
    }

    @Override
    public synchronized void runEnded(String stream, long run, long end, GapCause cause) {
        words.add("ended " + (end - Feed.START) + " " + cause.label());
    }

    @Override
    public synchronized void refused(String stream, long at, GapCause cause) {
        words.add("refused " + cause.label());
    }
}
