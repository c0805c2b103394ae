package org.farwatch.api.jobs;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.web.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The only way for long work. A bounded number of jobs waits and runs on a few platform threads; what became of each
 * stands in the database, also after a restart, which ends those that were unfinished. Safe for use by many threads.
 */
public final class Jobs implements AutoCloseable {
    /** Jobs of one user that may be unfinished at a time, so that nobody takes all places. */
    static final int PER_USER = 20;

    static final String STOPPED = "the service was stopped before it ended";

    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);
    private static final String SERVICE = "farwatch";
    private static final Duration FINISHED_KEPT = Duration.ofDays(90);
    private static final long RETRY_SECONDS = 60;
    private static final long CLOSE_SECONDS = 10;

    private final JobTable table;
    private final AuditLog audit;
    private final ThreadPoolExecutor pool;
    private final Semaphore places;
    private final Map<Long, Entry> entries = new ConcurrentHashMap<>();
    private volatile boolean closing;

    private record Entry(JobProgress progress, Runnable task) {}

    /**
     * @param threads jobs that run at a time
     * @param waiting jobs that may wait besides
     */
    Jobs(JobTable table, AuditLog audit, int threads, int waiting) {
        this.table = table;
        this.audit = audit;
        // The queue needs no bound of its own: nothing gets there without a place.
        pool = new ThreadPoolExecutor(
                threads,
                threads,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().name("job-", 1).daemon().factory());
        places = new Semaphore(threads + waiting);
        int ended = table.failUnfinished(STOPPED);
        if (ended > 0) {
            LOG.warn("{} jobs were unfinished when the service stopped last; they have failed", ended);
        }
    }

    /**
     * Takes work to be done later. In a transaction it starts after the commit, and never when there is none.
     *
     * @param kind such as {@code import-posts}
     * @param caller who wants it, null for the service itself
     * @return the job as it stands, queued
     * @throws Refusal 503 when too many wait, 429 when the caller has too many
     */
    public Job submit(String kind, Caller caller, JobWork work) {
        String username = caller == null ? SERVICE : caller.username();
        if (closing || !places.tryAcquire()) {
            throw new Refusal(503, "too many jobs", "too many jobs wait already; try again later")
                    .with("retryAfterSeconds", RETRY_SECONDS);
        }
        boolean taken = false;
        try {
            if (caller != null && table.unfinished(username) >= PER_USER) {
                throw new Refusal(429, "too many jobs", "you have " + PER_USER + " unfinished jobs; wait for one")
                        .with("retryAfterSeconds", RETRY_SECONDS);
            }
            long id = table.insert(kind, username);
            Job job = table.find(id).orElseThrow();
            if (caller != null) {
                audit.record(caller, "start", "job", job.id(), null, job);
            }
            JobProgress progress = new JobProgress(told -> table.progress(id, told));
            entries.put(id, new Entry(progress, () -> run(id, work, progress)));
            startAfterCommit(id);
            taken = true;
            return job;
        } finally {
            if (!taken) {
                places.release();
            }
        }
    }

    /** Cancels a job that waits at once, one that runs as soon as it asks. */
    void cancel(long id) {
        table.cancel(id);
        Entry entry = entries.get(id);
        if (entry != null) {
            entry.progress().cancel();
            if (pool.remove(entry.task())) {
                leave(id);
            }
        }
    }

    /** Forgets jobs that ended long ago. */
    void tidy() {
        table.deleteOlder(FINISHED_KEPT);
    }

    /** Stops taking jobs, tells those that run to stop and waits a while for them. */
    @Override
    public void close() {
        closing = true;
        entries.values().forEach(entry -> entry.progress().cancel());
        pool.shutdown();
        try {
            if (!pool.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("{} jobs do not stop; the next start marks them failed", entries.size());
                pool.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            pool.shutdownNow();
        }
    }

    private void startAfterCommit(long id) {
        Runnable task = entries.get(id).task();
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            pool.execute(task);
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                if (status == STATUS_COMMITTED && !closing) {
                    pool.execute(task);
                } else {
                    leave(id);
                }
            }
        });
    }

    private void run(long id, JobWork work, JobProgress progress) {
        try {
            if (table.start(id)) {
                perform(id, work, progress);
            }
        } catch (RuntimeException e) {
            LOG.error("what became of job {} cannot be written; the next start marks it failed", id, e);
        } finally {
            leave(id);
        }
    }

    private void perform(long id, JobWork work, JobProgress progress) {
        try {
            progress.check();
            Object result = work.run(progress);
            table.finish(id, JobState.DONE, progress.last(), result);
        } catch (JobCancelled e) {
            if (closing) {
                fail(id, progress, STOPPED);
            } else {
                table.finish(id, JobState.CANCELLED, progress.last(), null);
            }
        } catch (Refusal e) {
            fail(id, progress, e.getMessage());
        } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError e) {
            LOG.error("job {} failed", id, e);
            fail(id, progress, closing ? STOPPED : "it failed; the log says more of job " + id);
        }
    }

    private void fail(long id, JobProgress progress, String message) {
        JobProgress.Told last = progress.last();
        table.finish(id, JobState.FAILED, new JobProgress.Told(last.done(), last.total(), message), null);
    }

    private void leave(long id) {
        if (entries.remove(id) != null) {
            places.release();
        }
    }
}
