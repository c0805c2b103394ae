package org.farwatch.ingest.jt1078;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** One way on which a terminal sends: a TCP connection, or the packets of one UDP address. Owned by its event loop. */
abstract class MediaLink {
    private static final AtomicLong LINKS = new AtomicLong();

    /** Grows from link to link: the newest is the one that counts. */
    final long number = LINKS.incrementAndGet();

    /** Of packets that may wait for one that is missing; 0 where none overtakes another. */
    final int window;

    final Numbering numbering = new Numbering();
    private final Set<Reception> served = new HashSet<>();
    /** When something last came that was asked for, or was said, {@link System#nanoTime}. */
    private volatile long usedAt = System.nanoTime();

    MediaLink(int window) {
        this.window = window;
    }

    /** The number of the newest link; any thread. */
    static long newest() {
        return LINKS.get();
    }

    /** Sends a packet to the terminal; any thread. @return false when there is no room, and it is not sent */
    abstract boolean send(byte[] packet);

    /** Does something on its event loop; any thread. */
    abstract void execute(Runnable work);

    /** Closes it, where it is a connection. On the event loop. */
    abstract void shut();

    void used(Reception by) {
        served.add(by);
        touched();
    }

    void touched() {
        usedAt = System.nanoTime();
    }

    /** It is not needed by one that it served; closed when by nobody. Any thread. */
    void leave(Reception by) {
        execute(() -> {
            if (served.remove(by) && served.isEmpty()) {
                shut();
            }
        });
    }

    boolean unusedSince(long nanoTime) {
        return usedAt - nanoTime < 0;
    }

    /** The terminal is gone. */
    void over() {
        served.forEach(reception -> reception.over(this));
        served.clear();
    }
}
