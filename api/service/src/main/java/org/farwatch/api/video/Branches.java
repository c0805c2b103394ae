package org.farwatch.api.video;

import java.util.List;
import org.farwatch.ingest.media.Fragment;
import org.farwatch.ingest.media.FragmentSink;
import org.farwatch.ingest.media.MediaFormat;

/** Hands a stream's fragments to each of several, in their order; none of them waits or throws. */
record Branches(List<FragmentSink> sinks) implements FragmentSink {
    @Override
    public void begin(MediaFormat format, byte[] init) {
        sinks.forEach(sink -> sink.begin(format, init));
    }

    @Override
    public void fragment(Fragment fragment) {
        sinks.forEach(sink -> sink.fragment(fragment));
    }

    @Override
    public void end() {
        sinks.forEach(FragmentSink::end);
    }
}
