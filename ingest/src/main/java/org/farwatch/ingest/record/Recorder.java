package org.farwatch.ingest.record;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.farwatch.ingest.media.Fragment;
import org.farwatch.ingest.media.FragmentSink;
import org.farwatch.ingest.media.MediaFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records one stream: segment files of about a minute, each beginning with the header and a key picture, and their
 * sidecars. What {@link #fragment} was given outlives a kill of this process the moment it returns. A file's times are
 * our clock; where the stream goes on, it ends where the next begins.
 *
 * <p>Called by the stream's own thread, which never sees an exception; only the writing itself happens on it. When the
 * disk is full or fails, the file is closed, the sink told the cause, and at a key picture it is tried again. {@link
 * #close} may come from any thread.
 */
public final class Recorder implements FragmentSink, AutoCloseable {
    /** How long {@link #close} waits for sidecars; what is not finished then, {@link Recovery} finishes. */
    static final Duration CLOSE_WAIT = Duration.ofSeconds(10);

    /** Uploaded files that may wait for the one that is being written. */
    public static final int MOST_ADOPTED = 64;

    private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
    private static final long NO_RUN = -1;

    private final String stream;
    private final Path folder;
    private final HashAlgorithm algorithm;
    private final RecorderSettings settings;
    private final DiskGuard disk;
    private final Notices notices;
    private final Finishing finishing;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile OpenSegment shown;
    private ChainPoint head;
    private MediaFormat format;
    private byte[] init;
    private SegmentFile open;
    private boolean formatChanged;
    private Fragment last;
    private long run = NO_RUN;
    private long retryAt = System.nanoTime();
    private Path leftover;
    private final Deque<Adoption> adoptions = new ArrayDeque<>();
    private boolean closed;

    /** An uploaded file that waits for its place in the chain. */
    private record Adoption(Remux.Piece piece, Upload upload, CompletableFuture<Sidecar> told) {}

    /**
     * @param recordings where to
     * @param head where the stream's chain goes on, as {@link Recovery} found it
     * @param disk shared by all recorders of a disk
     * @param finisher runs what forces files to the disk, at most one task of this recorder at a time; platform threads
     */
    public Recorder(
            Recordings recordings,
            String stream,
            ChainPoint head,
            RecorderSettings settings,
            DiskGuard disk,
            SegmentSink sink,
            Executor finisher) {
        this.stream = stream;
        this.folder = recordings.folder(stream);
        this.algorithm = recordings.algorithm();
        this.head = head;
        this.settings = settings;
        this.disk = disk;
        this.notices = new Notices(stream, sink);
        this.finishing = new Finishing(finisher, notices::closed);
    }

    /** The segment that is being written; may be asked by any thread. */
    public Optional<OpenSegment> open() {
        return Optional.ofNullable(shown);
    }

    /** Segments that are complete and whose sidecars are not written yet; may be asked by any thread. */
    public List<Sidecar> sealed() {
        return finishing.waiting();
    }

    @Override
    public void begin(MediaFormat next, byte[] header) {
        lock.lock();
        try {
            // The file of the old format ends with the first fragment of the new one, which tells its time.
            formatChanged = open != null;
            format = next;
            init = header;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void fragment(Fragment fragment) {
        lock.lock();
        try {
            if (!closed && format != null) {
                take(fragment);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void end() {
        lock.lock();
        try {
            stop(GapCause.STREAM_ENDED);
            format = null;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Chains uploaded files, in their order, once no file is open: at once, or when the one that is being written is
     * complete. Their content must be on the disk; the files stay where they are too, as hard links.
     *
     * @return one for each, done when its sidecar is on the disk, failed when it could not be put in its place; empty
     *     when this recorder is closed or {@link #MOST_ADOPTED} wait already
     */
    public Optional<List<CompletableFuture<Sidecar>>> adopt(List<Remux.Piece> pieces, Upload upload) {
        lock.lock();
        try {
            if (closed || adoptions.size() + pieces.size() > MOST_ADOPTED) {
                return Optional.empty();
            }
            List<Adoption> added = pieces.stream()
                    .map(piece -> new Adoption(piece, upload, new CompletableFuture<>()))
                    .toList();
            adoptions.addAll(added);
            if (open == null) {
                chainAdopted();
            }
            return Optional.of(added.stream().map(Adoption::told).toList());
        } finally {
            lock.unlock();
        }
    }

    /** Whether {@link #close} was called: another recorder may go on with the chain once this one is {@link #settled}. */
    public boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Whether every complete file has its sidecar; tries again what failed. */
    public boolean settled() {
        finishing.retry();
        return finishing.await(CLOSE_WAIT);
    }

    /** Ends the file and waits for its sidecar, {@link #CLOSE_WAIT} at most. What comes afterwards is not recorded. */
    @Override
    public void close() {
        lock.lock();
        try {
            stop(GapCause.STOPPED);
            chainAdopted();
            closed = true;
        } finally {
            lock.unlock();
        }
        if (!settled()) {
            LOG.warn("{}: sidecars are not written, the next start does it", stream);
        }
    }

    private void take(Fragment fragment) {
        if (disk.full()) {
            stop(GapCause.DISK_FULL);
            notices.refused(fragment.received(), GapCause.DISK_FULL);
            return;
        }
        if (open != null) {
            switch (follows(fragment)) {
                case FOLLOWS -> {}
                case PICTURES_MISSING -> stop(GapCause.PICTURES_MISSING);
                case CLOCK_SET -> stop(GapCause.CLOCK_SET);
            }
        }
        last = fragment;
        if (open == null) {
            if (fragment.key() && System.nanoTime() - retryAt >= 0) {
                next(fragment);
            }
        } else if (due(fragment)) {
            seal(Math.max(open.start(), fragment.received()));
            next(fragment);
        } else {
            append(fragment);
        }
    }

    private Continuity follows(Fragment fragment) {
        return fragment.received() < open.start() ? Continuity.CLOCK_SET : Continuity.of(last, fragment);
    }

    private boolean due(Fragment fragment) {
        Duration length = Duration.ofNanos((fragment.decodeTime() - open.firstDecode()) * 1_000);
        return formatChanged
                || fragment.key() && length.compareTo(settings.segment()) >= 0
                || length.compareTo(settings.longest()) >= 0;
    }

    /** Begins a file, in the run that goes on or in a new one. */
    private void next(Fragment first) {
        if (!finishing.ready()) {
            IOException failure = finishing.failure();
            finishing.retry();
            failed(first.received(), failure == null ? GapCause.DISK_ERROR : cause(failure));
            return;
        }
        SegmentName name = new SegmentName(head.sequence() + 1, first.received());
        long goingOn = run == NO_RUN ? first.received() : run;
        try {
            if (leftover != null) {
                Files.deleteIfExists(leftover);
                leftover = null;
            }
            open = SegmentFile.begin(algorithm, folder, name, goingOn, format, init, first);
        } catch (IOException e) {
            // A disk that failed may not have let go of the beginning either; a file that stood there is not ours.
            leftover = e instanceof FileAlreadyExistsException ? null : name.video(folder);
            LOG.warn("{}: segment {} cannot be begun: {}", stream, name.sequence(), e.toString());
            failed(first.received(), cause(e));
            return;
        }
        formatChanged = false;
        if (run == NO_RUN) {
            run = goingOn;
            notices.runBegan(run);
        }
        shown = open.shown(stream);
        notices.opened(shown);
    }

    private void append(Fragment fragment) {
        try {
            open.append(fragment);
            shown = open.shown(stream);
        } catch (IOException e) {
            LOG.warn("{} cannot be written: {}", open.path(), e.toString());
            long until = open.end();
            seal(until);
            failed(until, cause(e));
        }
    }

    /** Ends run and file with what they hold. */
    private void stop(GapCause cause) {
        long until = 0;
        if (open != null) {
            until = open.end();
            seal(until);
        }
        endRun(until, cause);
        last = null;
    }

    /** Ends the file; its sidecar follows off this thread. */
    private void seal(long until) {
        Sidecar sidecar = Sidecar.chained(head, stream, open.close(until), Sidecar.State.CLOSED);
        head = sidecar.point();
        finishing.add(open.path(), sidecar);
        open = null;
        shown = null;
        formatChanged = false;
        chainAdopted();
    }

    /** Between two files: an open one has its sequence in its name already. */
    private void chainAdopted() {
        for (Adoption next = adoptions.poll(); next != null; next = adoptions.poll()) {
            Sidecar.Facts facts = next.piece().facts();
            Path target = new SegmentName(head.sequence() + 1, facts.start()).video(folder);
            try {
                Files.createDirectories(target.getParent());
                Files.createLink(target, next.piece().file());
            } catch (IOException e) {
                next.told().completeExceptionally(e);
                continue;
            }
            Sidecar sidecar = Sidecar.chained(head, stream, facts, Sidecar.State.CLOSED, next.upload());
            head = sidecar.point();
            finishing.add(target, sidecar, next.told());
        }
    }

    private void failed(long at, GapCause cause) {
        retryAt = System.nanoTime() + settings.retry().toNanos();
        endRun(at, cause);
        notices.refused(at, cause);
    }

    private void endRun(long until, GapCause cause) {
        if (run != NO_RUN) {
            notices.runEnded(run, until, cause);
            run = NO_RUN;
        }
    }

    private GapCause cause(IOException e) {
        String message = String.valueOf(e.getMessage());
        return disk.full() || message.contains("No space left on device") ? GapCause.DISK_FULL : GapCause.DISK_ERROR;
    }
}
