package org.farwatch.api.video;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.farwatch.api.proof.LogChain;
import org.farwatch.api.web.BureauTime;
import org.farwatch.ingest.record.DayEnd;
import org.farwatch.ingest.record.DayRoot;
import org.farwatch.ingest.record.DayRootFault;
import org.farwatch.ingest.record.DayRoots;
import org.farwatch.ingest.record.Recordings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Makes the root of each day half an hour after its end, and those that the service slept through. The files are the
 * truth; the table follows them, and gives back those that are not on the disk, as after a restore. One thread of its own:
 * reading the sidecars of hundreds of streams takes minutes.
 */
@Component
class DayClosing implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(DayClosing.class);

    /** After a day's end; a file is ten minutes long at most, and is finished soon after. */
    static final Duration GRACE = Duration.ofMinutes(30);

    private static final long LOOK_SECONDS = 60;
    private static final long STOP_SECONDS = 10;

    private final Recordings recordings;
    private final Recording recording;
    private final DayRootTable table;
    private final LogChain logs;
    private final DayEnd dayEnd;
    private final Clock clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("day-closing").daemon().factory());

    /** Whether the table and the folder hold the same days. */
    private boolean inStep;

    private String trouble;

    DayClosing(
            Recordings recordings,
            Recording recording,
            SigningKey key,
            DayRootTable table,
            LogChain logs,
            Clock clock) {
        this.recordings = recordings;
        this.recording = recording;
        this.table = table;
        this.logs = logs;
        this.dayEnd = new DayEnd(recordings, BureauTime.ZONE, key);
        this.clock = clock;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        ScheduledFuture<?> _ = thread.scheduleWithFixedDelay(this::look, 0, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    private void look() {
        String found = null;
        try {
            // What a crash left is chained first, so that it is in the root of its day if that is not made yet.
            if (recording.recovered()) {
                close(clock.instant());
            }
        } catch (DayRootFault e) {
            found = "no day root is made until the newest one is put back as it was: " + e.getMessage();
        } catch (IOException | DataAccessException e) {
            found = "day roots wait: " + e.getMessage();
        } catch (RuntimeException e) {
            LOG.error("day roots cannot be made", e);
        }
        if (found != null && !Objects.equals(found, trouble)) {
            LOG.error("{}", found);
        }
        trouble = found;
    }

    /**
     * Makes the roots of all days that have ended.
     *
     * @param now our clock
     * @return those that it made
     */
    synchronized List<DayRoot> close(Instant now) throws IOException {
        if (!inStep) {
            bringBack();
            index();
        }
        // Until the end is reached again: some may be written and not indexed.
        inStep = false;
        LocalDate last = LocalDate.ofInstant(now.minus(GRACE), BureauTime.ZONE).minusDays(1);
        List<DayRoot> made = dayEnd.makeUp(last, now, logs::heads);
        for (DayRoot root : made) {
            table.insert(root);
            LOG.info(
                    "root of {}: {} over {} streams, {} segments",
                    root.day(),
                    root.root(),
                    root.count(),
                    root.segments());
        }
        inStep = true;
        return made;
    }

    /** Writes what only the database has. */
    private void bringBack() throws IOException {
        DayRoots roots = recordings.roots();
        Set<LocalDate> there = new HashSet<>(roots.days());
        for (LocalDate day : table.days()) {
            if (!there.contains(day)) {
                String document = table.document(day).orElseThrow();
                roots.bringBack(day, document.getBytes(StandardCharsets.UTF_8));
                LOG.warn("{} was not there; the database had it", roots.file(day));
            }
        }
    }

    /** Tells the database what only the disk has. */
    private void index() throws IOException {
        DayRoots roots = recordings.roots();
        Set<LocalDate> known = new HashSet<>(table.days());
        for (LocalDate day : roots.days()) {
            if (!known.contains(day)) {
                DayRoot root = roots.read(day);
                if (root.fault().isPresent()) {
                    throw new DayRootFault(roots.file(day), root.fault().get(), null);
                }
                table.insert(root);
            }
        }
    }

    @Override
    public void destroy() throws InterruptedException {
        thread.shutdownNow();
        if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("a day root was not finished in time; the next start makes it");
        }
    }
}
