package org.farwatch.api.storage;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.farwatch.api.database.DatabaseServer;
import org.farwatch.api.storage.Candidates.Candidate;
import org.farwatch.api.video.DiskSpace;
import org.farwatch.api.video.RecordingLeases;
import org.farwatch.api.video.SigningKey;
import org.farwatch.api.web.BureauTime;
import org.farwatch.ingest.record.Deleting;
import org.farwatch.ingest.record.Deletion;
import org.farwatch.ingest.record.Deletion.Reason;
import org.farwatch.ingest.record.DeletionFault;
import org.farwatch.ingest.record.DiskGuard;
import org.farwatch.ingest.record.Recordings;
import org.farwatch.ingest.record.SegmentName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Deletes recordings whose time is up. First the pictures go, each deletion written into the stream's ledger before; when
 * those of all that a day root covers of a stream are gone, their sidecars and rows go as well. When the disk is nearly
 * full, what is older than the law asks for goes before its time, oldest first across streams. Runs of recording stay, so
 * that what was recorded stays said. What is being taken out is left until that is done ({@link RecordingLeases}). A file
 * or a stream that cannot be deleted keeps nothing else from going. One service at a time; a thread of its own, which owns
 * all of it.
 */
@Component
class RecordingRetention implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(RecordingRetention.class);
    private static final long STOP_SECONDS = 10;
    /** Segments that are not as they were recorded and are therefore not deleted; beyond it the first are tried again. */
    private static final int MOST_LEFT = 1_000;

    private final DatabaseServer server;
    private final Candidates candidates;
    private final RootRanges ranges;
    private final DeletionIndex index;
    private final UndeletedFiles undeleted;
    private final SigningKey key;
    private final Deleting deleting;
    private final DiskSpace disk;
    private final DiskOutlook outlook;
    private final StorageSettings settings;
    private final long keepFree;
    private final Clock clock;
    private final LinkedHashSet<String> left = new LinkedHashSet<>();
    /** Streams whose files or ledger could not be read or written in this pass. */
    private final Set<Long> troubled = new HashSet<>();

    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("recording-retention").daemon().factory());

    RecordingRetention(
            DatabaseServer server,
            Recordings recordings,
            Candidates candidates,
            RootRanges ranges,
            DeletionIndex index,
            UndeletedFiles undeleted,
            SigningKey key,
            DiskSpace disk,
            DiskOutlook outlook,
            StorageSettings settings,
            Clock clock) {
        settings.check(disk.keepFree());
        this.keepFree = disk.keepFree();
        this.server = server;
        this.candidates = candidates;
        this.ranges = ranges;
        this.index = index;
        this.undeleted = undeleted;
        this.key = key;
        this.deleting = new Deleting(recordings, key);
        this.disk = disk;
        this.outlook = outlook;
        this.settings = settings;
        this.clock = clock;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        long every = settings.every().toMillis();
        ScheduledFuture<?> _ = thread.scheduleWithFixedDelay(this::look, every, every, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            pass(clock.instant(), disk::usable);
            outlook.look(clock.instant());
        } catch (IOException | SQLException | DataAccessException e) {
            failures.incrementAndGet();
            LOG.error("retention of recordings waits: {}", e.getMessage());
        } catch (RuntimeException e) {
            failures.incrementAndGet();
            LOG.error("retention of recordings failed", e);
        }
    }

    /** Bytes of files that were deleted since the start. */
    long bytes() {
        return bytes.get();
    }

    /** Passes that failed, and segments that were left since they are not as they were recorded, since the start. */
    long failures() {
        return failures.get();
    }

    /**
     * Deletes what is due, as far as one pass goes.
     *
     * @param now our clock
     * @param space of the disk that can still be written
     */
    synchronized void pass(Instant now, DiskGuard.FreeSpace space) throws IOException, SQLException {
        try (Connection connection = server.unpooled("recordings").getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select pg_try_advisory_lock(hashtext('farwatch.recording-retention'))")) {
            rows.next();
            if (rows.getBoolean(1)) {
                undeleted.retry();
                troubled.clear();
                troubled.addAll(index.catchUp(deleting));
                ranges.catchUp();
                if (ranges.newestSignedBy(key.publicKey())) {
                    age(now, statement);
                    relieve(now, space, statement);
                    sweep(now);
                }
                if (troubled.isEmpty()) {
                    index.settled();
                }
            }
        }
    }

    private void age(Instant now, Statement lock) throws SQLException {
        for (int step = 0; step < settings.steps(); step++) {
            int found = step(lock, () -> candidates.aged(now, settings.atOnce(), left, troubled), Reason.AGE, now);
            if (found < settings.atOnce()) {
                return;
            }
        }
    }

    /** Chooses and deletes while nobody begins to take anything out. @return how many were chosen */
    private int step(Statement lock, Supplier<List<Candidate>> choice, Reason reason, Instant now) throws SQLException {
        lock.execute("select pg_advisory_lock(" + RecordingLeases.LOCK + ")");
        try {
            List<Candidate> chosen = choice.get();
            delete(chosen, reason, now);
            return chosen.size();
        } finally {
            lock.execute("select pg_advisory_unlock(" + RecordingLeases.LOCK + ")");
        }
    }

    /** Until a tenth more than the mark is free, so that it does not waver, or the law keeps the rest. */
    private void relieve(Instant now, DiskGuard.FreeSpace space, Statement lock) throws IOException, SQLException {
        long low = settings.relieveBelow(keepFree);
        if (space.usable() >= low) {
            return;
        }
        for (int step = 0; step < settings.steps() && space.usable() < low + low / 10; step++) {
            int found = step(lock, () -> candidates.spare(now, settings.atOnce(), left, troubled), Reason.DISK, now);
            if (found == 0) {
                LOG.error(
                        "{} bytes are free and nothing more may be deleted: the law keeps it for {} days, or it is held",
                        space.usable(),
                        StorageClass.LEGAL_DAYS);
                return;
            }
        }
    }

    /** Each stream and day (of the bureau) by itself, in the order in which their first is met. */
    private void delete(List<Candidate> chosen, Reason reason, Instant now) {
        Map<String, List<Candidate>> groups = new LinkedHashMap<>();
        for (Candidate each : chosen) {
            String day = Instant.ofEpochMilli(each.name().start())
                    .atZone(BureauTime.ZONE)
                    .toLocalDate()
                    .toString();
            groups.computeIfAbsent(each.stream() + " " + day, _ -> new ArrayList<>())
                    .add(each);
        }
        for (List<Candidate> group : groups.values()) {
            long stream = group.getFirst().stream();
            if (troubled.contains(stream)) {
                continue;
            }
            TreeMap<Long, SegmentName> names = new TreeMap<>();
            group.forEach(each -> names.put(each.name().sequence(), each.name()));
            try {
                Deleting.Outcome outcome = deleting.pictures(
                        Long.toString(stream),
                        List.copyOf(names.values()),
                        reason,
                        group.getFirst().days(),
                        now);
                undeleted.add(deleting.takeStuck());
                for (Deletion deletion : outcome.made()) {
                    index.deleted(stream, deletion);
                    bytes.addAndGet(deletion.bytes());
                }
                outcome.left().forEach(name -> leave(stream, name));
            } catch (DeletionFault e) {
                LOG.error("nothing of stream {} is deleted: {}", stream, e.getMessage());
                names.values().forEach(name -> leave(stream, name));
            } catch (IOException e) {
                trouble(stream, e);
            }
        }
    }

    /** What the ledger has of it by now is finished at the next pass. */
    private void trouble(long stream, IOException e) {
        failures.incrementAndGet();
        troubled.add(stream);
        LOG.error("nothing more of stream {} is deleted in this pass: {}", stream, e.toString());
    }

    private void leave(long stream, SegmentName name) {
        failures.incrementAndGet();
        if (left.add(Candidates.key(stream, name)) && left.size() > MOST_LEFT) {
            left.remove(left.getFirst());
        }
    }

    private void sweep(Instant now) {
        for (Candidates.Swept range : candidates.sweepable(settings.atOnce())) {
            if (troubled.contains(range.stream())) {
                continue;
            }
            try {
                DeletionIndex.Why why = index.why(range.stream(), range.last());
                Optional<Deletion> made = deleting.sidecars(
                        ranges.read(range.day(), range.stream()),
                        range.from().toEpochMilli(),
                        range.to().toEpochMilli(),
                        why.reason(),
                        why.days(),
                        now);
                undeleted.add(deleting.takeStuck());
                made.ifPresent(deletion -> index.deleted(range.stream(), deletion));
            } catch (DeletionFault e) {
                failures.incrementAndGet();
                LOG.error("sidecars of stream {} stay: {}", range.stream(), e.getMessage());
            } catch (IOException e) {
                trouble(range.stream(), e);
            }
        }
    }

    @Override
    public void destroy() throws InterruptedException {
        thread.shutdownNow();
        if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("a pass of retention was broken off; the next start finishes what its ledger has");
        }
    }
}
