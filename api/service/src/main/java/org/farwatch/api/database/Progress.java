package org.farwatch.api.database;

import java.io.PrintStream;
import java.time.Duration;

/** Lines about long work for the person who started it. One thread. */
final class Progress {
    private static final long EVERY_NANOS = Duration.ofSeconds(2).toNanos();

    private final PrintStream out;
    private long last = System.nanoTime();

    Progress(PrintStream out) {
        this.out = out;
    }

    void done(String what) {
        out.println("  " + what);
        last = System.nanoTime();
    }

    /** At most every two seconds. */
    void rows(String table, long rows) {
        if (System.nanoTime() - last >= EVERY_NANOS) {
            done("%s: %,d rows so far".formatted(table, rows));
        }
    }
}
