package org.farwatch.benchmarks.video;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Processor time of work that the calling thread does alone: what others do meanwhile is not in it. */
final class ThreadTime {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private ThreadTime() {}

    /** Milliseconds. */
    static double of(Runnable work) {
        long before = THREADS.getCurrentThreadCpuTime();
        work.run();
        return (THREADS.getCurrentThreadCpuTime() - before) / 1e6;
    }
}
