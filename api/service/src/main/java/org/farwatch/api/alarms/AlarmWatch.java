package org.farwatch.api.alarms;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.farwatch.api.alarms.AlarmEpisodes.Report;
import org.farwatch.api.telemetry.PositionListener;
import org.farwatch.geo.PositionBatch;
import org.farwatch.geo.PositionFlag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Notices where the alarms of a device change. The writers of positions leave what differs in a bounded queue; one thread
 * keeps {@link AlarmEpisodes} and their alerts. A start, and a queue that was full, read what was stored since the last
 * progress, so that an emergency that was acknowledged before a crash still becomes an alert.
 */
@Component
@DependsOnDatabaseInitialization
class AlarmWatch implements PositionListener, SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(AlarmWatch.class);
    private static final int QUEUE = 100_000;
    private static final long TICK_MILLIS = 1_000;
    private static final Duration PROGRESS_EVERY = Duration.ofSeconds(10);
    /** Reports are received in about the order in which they are stored; one that waited for the database is older. */
    private static final Duration OVERLAP = Duration.ofMinutes(10);
    /** How far a first start looks back: positions may have been stored before there was an eye on their alarms. */
    private static final Duration FIRST_LOOK = Duration.ofHours(1);

    private static final int PLACELESS =
            PositionFlag.NO_FIX.mask() | PositionFlag.ZERO_POSITION.mask() | PositionFlag.ENCRYPTED.mask();

    private final AlarmEpisodes episodes;
    private final AlarmAlerts alerts;
    private final LastWords words = new LastWords();
    private final BlockingQueue<Report> queue = new ArrayBlockingQueue<>(QUEUE);
    /** Devices that may have an alarm that is on; owned by the thread. */
    private final Set<Integer> open = new HashSet<>();

    private volatile boolean missed = true;
    private volatile long lastReceived;
    private volatile Thread thread;
    private long progressAt = System.nanoTime();

    AlarmWatch(AlarmEpisodes episodes, AlarmAlerts alerts) {
        this.episodes = episodes;
        this.alerts = alerts;
    }

    @Override
    public void stored(PositionBatch batch, int row) {
        boolean wild = (batch.flags(row) & AlarmEpisodes.WILD_CLOCK) != 0;
        look(batch, row, wild ? batch.receiveTime(row) : batch.fixTime(row));
    }

    /** A terminal with a wild clock can be in an emergency, too. */
    @Override
    public void suspect(PositionBatch batch, int row) {
        look(batch, row, batch.receiveTime(row));
    }

    private void look(PositionBatch batch, int row, long at) {
        lastReceived = batch.receiveTime(row);
        int word = batch.alarms(row);
        LastWords.Change change = words.change(batch.device(row), word, at);
        if (change == LastWords.Change.NONE) {
            return;
        }
        boolean placed = (batch.flags(row) & PLACELESS) == 0;
        boolean taken = queue.offer(new Report(
                batch.device(row),
                Instant.ofEpochMilli(at),
                change == LastWords.Change.LATE,
                word,
                placed ? batch.longitude(row) : Double.NaN,
                placed ? batch.latitude(row) : Double.NaN));
        if (!taken) {
            readAgain();
        }
    }

    /** What was stored since the last progress is looked at once more. Any thread. */
    void readAgain() {
        missed = true;
    }

    @Override
    public void start() {
        // Known before it runs: the thread goes on only as long as it is this one.
        thread = Thread.ofPlatform().name("device-alarms").unstarted(this::run);
        thread.start();
    }

    @Override
    public void stop() {
        Thread running = thread;
        thread = null;
        if (running != null) {
            running.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    /** Before the ports: positions that arrive find it running. */
    @Override
    public int getPhase() {
        return 0;
    }

    private void run() {
        Report report = null;
        while (Thread.currentThread().equals(thread)) {
            try {
                catchUp();
                report = report == null ? queue.poll(TICK_MILLIS, TimeUnit.MILLISECONDS) : report;
                while (report != null) {
                    take(report);
                    report = queue.poll();
                }
                alerts.look();
                noteProgress();
            } catch (InterruptedException _) {
                return;
            } catch (DataAccessException | TransactionException e) {
                // What was taken off the queue is kept and tried again.
                LOG.warn("alarms of devices wait for the database: {}", e.getMessage());
                pause();
            } catch (RuntimeException e) {
                // The thread must not end: emergencies would go unseen.
                LOG.error("alarms of devices: a step was left out", e);
                report = null;
                pause();
            }
        }
    }

    private void take(Report report) {
        if (report.word() == 0 && !open.contains(report.deviceNo())) {
            return;
        }
        note(report);
        if (report.word() != 0) {
            open.add(report.deviceNo());
        } else if (!report.late()) {
            open.remove(report.deviceNo());
        }
    }

    /** One that the table will never take is left out, so that it does not hold up those behind it. */
    private void note(Report report) {
        try {
            episodes.take(report);
        } catch (DataIntegrityViolationException e) {
            LOG.error("a report of device {} was left out", report.deviceNo(), e);
        }
    }

    private void catchUp() {
        if (!missed) {
            return;
        }
        missed = false;
        boolean done = false;
        try {
            Instant since = episodes.progress()
                    .map(at -> at.minus(OVERLAP))
                    .orElseGet(() -> Instant.now().minus(FIRST_LOOK));
            AlarmEpisodes.Page page;
            do {
                page = episodes.storedSince(since);
                page.reports().forEach(this::note);
                since = page.next();
            } while (since != null);
            episodes.endByStoredReports();
            open.addAll(episodes.devicesWithOpen());
            done = true;
        } finally {
            missed |= !done;
        }
    }

    private void noteProgress() {
        long received = lastReceived;
        if (received != 0 && !missed && System.nanoTime() - progressAt > PROGRESS_EVERY.toNanos()) {
            episodes.progress(Instant.ofEpochMilli(received));
            progressAt = System.nanoTime();
        }
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
