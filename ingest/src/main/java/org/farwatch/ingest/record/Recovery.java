package org.farwatch.ingest.record;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.farwatch.ingest.media.Fragment;
import org.farwatch.ingest.media.MediaFormat;

/**
 * Finishes what a killed recorder left: files behind the last sidecar of a stream's chain. Each is cut to its last whole
 * fragment, hashed, and chained as {@link Sidecar.State#RECOVERED}. Doing it again, also after being killed in between,
 * comes to the same end. Files are read in pieces. Runs before the stream's recorder begins, never beside it.
 */
public final class Recovery {
    private final Recordings recordings;
    private final byte[] buffer = new byte[Hashes.READ_BYTES];

    /** What became of a file. */
    public sealed interface Outcome {
        /** @param cut bytes behind the last whole fragment, which are gone */
        record Recovered(Sidecar sidecar, Path video, long cut) implements Outcome {}

        /**
         * It held not one whole fragment and is gone.
         *
         * @param bytes its length
         */
        record Removed(Path video, long bytes) implements Outcome {}

        /**
         * It has no sidecar and the chain went on behind it: not a crash's doing, so it is not touched. {@link
         * Verification} names it.
         */
        record Left(Path video) implements Outcome {}
    }

    /**
     * @param head where the stream's recorder goes on
     * @param outcomes by sequence; empty when nothing was left behind
     */
    public record Report(String stream, ChainPoint head, List<Outcome> outcomes) {}

    public Recovery(Recordings recordings) {
        this.recordings = recordings;
    }

    /** @throws IOException when the disk cannot be read or written; may be tried again */
    public Report recover(String stream) throws IOException {
        return recover(stream, Recordings.EVERY_DAY, ChainPoint.beginning(stream));
    }

    /**
     * The same for who knows on which days (UTC) the end of the chain and what lies behind it can be, and where the chain
     * stands if the disk has lost its earlier part, as after a restore.
     *
     * @param known where the chain stands if there is no sidecar at all
     * @throws IOException when the disk cannot be read or written; may be tried again
     */
    public Report recover(String stream, Predicate<LocalDate> days, ChainPoint known) throws IOException {
        Recordings.Listing listing = Recordings.listing(recordings.folder(stream), days);
        for (Path unfinished : listing.unfinished()) {
            Files.deleteIfExists(unfinished);
        }
        Optional<Recordings.Entry> last = Recordings.lastSidecar(listing);
        ChainPoint head = last.isEmpty() ? known : recordings.head(last.get());
        Sidecar before = last.map(Recovery::readable).orElse(null);
        long sealed = head.sequence();
        List<Outcome> outcomes = new ArrayList<>();
        List<Recordings.Entry> left =
                listing.entries().stream().filter(entry -> !entry.hasSidecar()).toList();
        for (int i = 0; i < left.size(); i++) {
            Recordings.Entry entry = left.get(i);
            if (entry.name().sequence() <= sealed) {
                outcomes.add(new Outcome.Left(entry.video()));
                continue;
            }
            Fragment next = i + 1 < left.size() ? first(left.get(i + 1)) : null;
            Outcome outcome = finish(stream, entry, next, head, before);
            if (outcome instanceof Outcome.Recovered(Sidecar sidecar, var _, var _)) {
                before = sidecar;
                head = sidecar.point();
            }
            outcomes.add(outcome);
        }
        return new Report(stream, head, List.copyOf(outcomes));
    }

    /** @param next first fragment of the file behind it, null where there is none */
    private Outcome finish(String stream, Recordings.Entry entry, Fragment next, ChainPoint head, Sidecar before)
            throws IOException {
        long length = Files.size(entry.video());
        SegmentScan.Found found = cut(entry.video());
        if (found.fragments() == 0) {
            Files.delete(entry.video());
            SidecarJson.forceFolder(entry.video().getParent());
            return new Outcome.Removed(entry.video(), length);
        }
        Path video = inSequence(entry, head.sequence() + 1);
        long start = entry.name().start();
        MediaFormat format = found.init().format();
        Sidecar sidecar = Sidecar.chained(
                head,
                stream,
                new Sidecar.Facts(
                        before != null && before.end() == start ? before.run() : start,
                        start,
                        Math.max(start, goesOn(found.last(), next) ? next.received() : found.end()),
                        found.whole(),
                        found.initBytes(),
                        found.frames(),
                        format.mime(),
                        format.video().width(),
                        format.video().height(),
                        Hashes.ofFile(recordings.algorithm(), video, buffer).hash()),
                Sidecar.State.RECOVERED);
        SidecarJson.write(SegmentName.sidecarOf(video), sidecar);
        return new Outcome.Recovered(sidecar, video, length - found.whole());
    }

    private static SegmentScan.Found cut(Path video) throws IOException {
        try (FileChannel file = FileChannel.open(video, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            SegmentScan.Found found = SegmentScan.of(file);
            if (found.fragments() > 0) {
                file.truncate(found.whole());
                file.force(true);
            }
            return found;
        }
    }

    /**
     * Whether the recorder had gone on to the next file without a break, so that the one ends where the other begins:
     * the times at which a network hands pictures over leave holes that are none. The stream's clock begins anew with
     * each connection.
     */
    private static boolean goesOn(Fragment last, Fragment next) {
        return next != null && next.decodeTime() > last.decodeTime() && Continuity.of(last, next) == Continuity.FOLLOWS;
    }

    private static Fragment first(Recordings.Entry entry) throws IOException {
        try (FileChannel file = FileChannel.open(entry.video(), StandardOpenOption.READ)) {
            return SegmentScan.of(file).first();
        }
    }

    /** Where the one before was lost whole, its sequence is free and this one takes it. */
    private static Path inSequence(Recordings.Entry entry, long sequence) throws IOException {
        if (entry.name().sequence() == sequence) {
            return entry.video();
        }
        String name = sequence + "-" + entry.name().start() + SegmentName.VIDEO;
        return Files.move(entry.video(), entry.video().resolveSibling(name));
    }

    private static Sidecar readable(Recordings.Entry entry) {
        try {
            return Sidecar.read(entry.sidecar());
        } catch (IOException _) {
            return null;
        }
    }
}
