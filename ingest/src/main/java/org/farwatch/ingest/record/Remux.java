package org.farwatch.ingest.record;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.farwatch.ingest.media.Fmp4Writer;
import org.farwatch.ingest.media.Fragment;
import org.farwatch.ingest.media.FragmentSink;
import org.farwatch.ingest.media.MediaFormat;
import org.farwatch.ingest.media.MediaUnit;
import org.farwatch.ingest.media.OfflineCause;
import org.farwatch.ingest.media.pull.Connection;
import org.farwatch.ingest.media.pull.PullFailure;
import org.farwatch.ingest.media.pull.PullSource;

/**
 * Brings a file that a device recorded into our form: segment files of about a minute whose pictures are the file's own,
 * never encoded again, with the times at which they were taken. Reads the file once, in the caller's thread, which must
 * be a platform thread. Where pictures are missing for longer than {@link Continuity#LONGEST_HOLE} a new run begins.
 */
public final class Remux implements FragmentSink {
    /** Longest recording that is taken, milliseconds: a device that was left on over a shift, twice. */
    public static final long LONGEST = Duration.ofHours(24).toMillis();

    private static final Duration READ = Duration.ofSeconds(10);
    private static final long NO_RUN = -1;

    private final Path folder;
    private final HashAlgorithm algorithm;
    private final RecorderSettings settings;
    private final List<Piece> pieces = new ArrayList<>();
    private MediaFormat format;
    private byte[] init;
    private boolean formatChanged;
    private SegmentFile open;
    private Fragment last;
    private long run = NO_RUN;

    /**
     * A segment file that has no place in a chain yet.
     *
     * @param file on the disk
     * @param facts of it
     */
    public record Piece(Path file, Sidecar.Facts facts) {}

    /**
     * @param pieces in the order of time, at least one
     * @param leftOutSound codec of a sound that is not taken, null when none is left out
     */
    public record Remuxed(List<Piece> pieces, String leftOutSound) {
        /** Where the pictures begin, milliseconds since 1970 UTC. */
        public long start() {
            return pieces.getFirst().facts().start();
        }

        /** Where they end, milliseconds since 1970 UTC. */
        public long end() {
            return pieces.getLast().facts().end();
        }
    }

    /** A file lasts longer than {@link #LONGEST}. */
    public static final class TooLong extends IOException {
        private static final long serialVersionUID = 1L;

        TooLong() {
            super("lasts longer than " + Duration.ofMillis(LONGEST).toHours() + " hours");
        }
    }

    private Remux(Path folder, HashAlgorithm algorithm, RecorderSettings settings) {
        this.folder = folder;
        this.algorithm = algorithm;
        this.settings = settings;
    }

    /**
     * @param original its kind must have been looked at: libavformat follows what play lists and the like name
     * @param folder empty, on the file system of the recordings; what a failure left in it is the caller's to delete
     * @param start when the first picture was taken, our clock, milliseconds since 1970 UTC
     * @param algorithm that hashes the pieces
     * @throws PullFailure saying why the file is no video that can be taken
     * @throws IOException when the disk fails or the file is {@link TooLong}
     */
    public static Remuxed of(Path original, Path folder, long start, HashAlgorithm algorithm, RecorderSettings settings)
            throws PullFailure, IOException {
        try (Connection file =
                PullSource.parse(original.toAbsolutePath().toUri().toString()).connect()) {
            file.open(READ);
            return new Remux(folder, algorithm, settings)
                    .all(file, READ, unit -> start + unit.decodeTime() / 1_000, Watch.OF_A_FILE);
        }
    }

    /** Who looks on while a device plays, on the thread that reads. */
    public interface Watch {
        /** Of a file: nothing but its end is one. */
        Watch OF_A_FILE = new Watch() {
            @Override
            public void unit(MediaUnit unit) {
                // Nobody waits for a figure.
            }

            @Override
            public void over(PullFailure why) throws PullFailure {
                if (why.offlineCause() != OfflineCause.ENDED) {
                    throw why;
                }
            }
        };

        /** A frame has come. Whatever it throws ends the reading. */
        void unit(MediaUnit unit);

        /**
         * No more come.
         *
         * @throws PullFailure when that is no end of what was to come
         */
        void over(PullFailure why) throws PullFailure;
    }

    /**
     * The same of what a device plays.
     *
     * @param source opened; receive times of its frames say when they were recorded
     * @param silence longest wait for a picture
     */
    public static Remuxed of(
            Connection source,
            Path folder,
            HashAlgorithm algorithm,
            RecorderSettings settings,
            Duration silence,
            Watch watch)
            throws PullFailure, IOException {
        return new Remux(folder, algorithm, settings).all(source, silence, MediaUnit::receiveTime, watch);
    }

    private Remuxed all(Connection source, Duration silence, ToLongFunction<MediaUnit> taken, Watch watch)
            throws PullFailure, IOException {
        Fmp4Writer writer = new Fmp4Writer(this);
        try {
            MediaFormat format = null;
            while (true) {
                MediaUnit unit;
                try {
                    unit = source.read(silence);
                } catch (PullFailure e) {
                    watch.over(e);
                    break;
                }
                if (Thread.interrupted()) {
                    throw new PullFailure(OfflineCause.STOPPED, "the service is being stopped");
                }
                if (unit.decodeTime() / 1_000 > LONGEST) {
                    throw new TooLong();
                }
                watch.unit(unit);
                MediaFormat now = source.format();
                if (!now.equals(format)) {
                    format = now;
                    writer.format(now);
                }
                writer.unit(new MediaUnit(
                        unit.track(),
                        unit.decodeTime(),
                        unit.presentationTime(),
                        taken.applyAsLong(unit),
                        unit.key(),
                        unit.payload()));
            }
            writer.end();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            if (open != null) {
                // It ended in the middle: the caller deletes the file.
                var _ = open.close(open.end());
                open = null;
            }
        }
        if (pieces.isEmpty()) {
            throw new PullFailure(OfflineCause.NO_KEY_PICTURE, "holds no picture at which decoding can begin");
        }
        force();
        return new Remuxed(List.copyOf(pieces), source.leftOutSound());
    }

    @Override
    public void begin(MediaFormat next, byte[] header) {
        formatChanged = open != null;
        format = next;
        init = header;
    }

    @Override
    public void fragment(Fragment fragment) {
        if (open != null && Continuity.of(last, fragment) != Continuity.FOLLOWS) {
            seal(open.end());
            run = NO_RUN;
        }
        last = fragment;
        try {
            if (open == null) {
                if (fragment.key()) {
                    next(fragment);
                }
            } else if (due(fragment)) {
                seal(Math.max(open.start(), fragment.received()));
                next(fragment);
            } else {
                open.append(fragment);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void end() {
        if (open != null) {
            seal(open.end());
        }
        run = NO_RUN;
    }

    private boolean due(Fragment fragment) {
        Duration length = Duration.ofNanos((fragment.decodeTime() - open.firstDecode()) * 1_000);
        return formatChanged
                || fragment.key() && length.compareTo(settings.segment()) >= 0
                || length.compareTo(settings.longest()) >= 0;
    }

    private void next(Fragment first) throws IOException {
        run = run == NO_RUN ? first.received() : run;
        SegmentName name = new SegmentName(pieces.size() + 1L, first.received());
        open = SegmentFile.begin(algorithm, folder, name, run, format, init, first);
        formatChanged = false;
    }

    private void seal(long until) {
        Path path = open.path();
        pieces.add(new Piece(path, open.close(until)));
        open = null;
    }

    /** What is chained afterwards must be there after a power cut, too. */
    private void force() throws IOException {
        Set<Path> folders = new LinkedHashSet<>();
        for (Piece piece : pieces) {
            try (FileChannel file = FileChannel.open(piece.file(), StandardOpenOption.WRITE)) {
                file.force(true);
            }
            folders.add(piece.file().getParent());
        }
        folders.add(folder);
        folders.add(folder.getParent());
        for (Path each : folders) {
            if (Files.isDirectory(each)) {
                SidecarJson.forceFolder(each);
            }
        }
    }
}
