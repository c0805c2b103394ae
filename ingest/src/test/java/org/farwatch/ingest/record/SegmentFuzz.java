package org.farwatch.ingest.record;

import static org.farwatch.ingest.fuzz.Invariant.holds;
import static org.farwatch.ingest.fuzz.Invariant.same;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;

/** {@link SegmentScan} and {@link InitSegment}: files as a crash, a bad disk or somebody may leave them. */
public final class SegmentFuzz {
    private SegmentFuzz() {}

    public static void run(byte[] bytes) {
        try (FileChannel file = FileChannel.open(
                Files.createTempFile("segment", ".mp4"),
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE)) {
            file.write(ByteBuffer.wrap(bytes));
            SegmentScan.Found found = SegmentScan.of(file);
            check(found, bytes.length);
            // Cut to what is whole, as a recovery does, it is whole to its end.
            file.truncate(found.whole());
            SegmentScan.Found cut = SegmentScan.of(file);
            same(cut.whole(), found.whole(), "whole when cut");
            same(cut.frames(), found.frames(), "frames when cut");
            same(cut.end(), found.end(), "end when cut");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void check(SegmentScan.Found found, long length) {
        holds(found.whole() >= 0 && found.whole() <= length, "whole to %d of %d".formatted(found.whole(), length));
        holds(found.initBytes() >= 0 && found.initBytes() <= found.whole(), "header of " + found.initBytes());
        holds(found.fragments() >= 0 && found.frames() >= 0, "frames: " + found.frames());
        same(found.first() == null, found.fragments() == 0, "a first fragment");
        same(found.last() == null, found.fragments() == 0, "a last fragment");
        holds(found.fragments() == 0 || found.init() != null, "fragments without a header");
        if (found.init() != null) {
            holds(found.init().format().video() != null, "no pictures");
            holds(found.init().scales().containsKey(found.init().videoTrack()), "no scale of the pictures");
        }
    }
}
