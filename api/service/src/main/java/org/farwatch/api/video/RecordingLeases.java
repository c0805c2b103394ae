package org.farwatch.api.video;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Stretches of recordings that somebody is taking out. Retention leaves them, also when their time is up meanwhile. Who
 * takes one looks only then whether the files are there: a step of retention that has chosen them before is over by then.
 */
@Component
public class RecordingLeases {
    /** Advisory lock: shared while one is taken, alone while retention chooses and deletes. */
    public static final String LOCK = "hashtext('farwatch.recording-lease')";

    /** After it one counts no more that was not renewed: its service died, or whoever reads has fallen asleep. */
    static final Duration TERM = Duration.ofHours(1);

    private static final Duration RENEWED_AFTER = TERM.dividedBy(6);

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    RecordingLeases(JdbcClient jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /** Waits for a step of retention that is deleting. Give it back by {@link Lease#close}. */
    public Lease take(long stream, Instant from, Instant to) {
        long id = transaction.execute(_ -> {
            jdbc.sql("select pg_advisory_xact_lock_shared(" + LOCK + ")")
                    .query()
                    .listOfRows();
            jdbc.sql("delete from recording_lease where expires < now()").update();
            return jdbc.sql("""
                            insert into recording_lease (stream_id, starts, ends, expires)
                            values (:stream, :from, :to, now() + make_interval(secs => :term)) returning id""")
                    .param("stream", stream)
                    .param("from", Timestamp.from(from))
                    .param("to", Timestamp.from(to))
                    .param("term", TERM.toSeconds())
                    .query(Long.class)
                    .single();
        });
        return new Lease(id);
    }

    /** Owned by the thread that takes the files out. */
    public final class Lease implements AutoCloseable {
        private final long id;
        private long renewed = System.nanoTime();

        private Lease(long id) {
            this.id = id;
        }

        /** To be called between files: one file is read in less than the term, or its reader is gone. */
        void renew() {
            if (System.nanoTime() - renewed < RENEWED_AFTER.toNanos()) {
                return;
            }
            renewed = System.nanoTime();
            jdbc.sql("update recording_lease set expires = now() + make_interval(secs => :term) where id = :id")
                    .param("term", TERM.toSeconds())
                    .param("id", id)
                    .update();
        }

        @Override
        public void close() {
            jdbc.sql("delete from recording_lease where id = :id")
                    .param("id", id)
                    .update();
        }
    }
}
