package org.farwatch.ingest.simulator;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.farwatch.ingest.jt808.TerminalTime;

/**
 * Where a simulated terminal is in a recording that it plays (0x9201) and what it was told of it (0x9202). Orders come on
 * the terminal's event loop, {@link #next} on the sender's thread; guarded by itself.
 */
final class TerminalPlayback {
    static final int PAUSE = 1;
    static final int STOP = 2;
    private static final int START = 0;
    private static final int FAST = 3;
    private static final int SEEK = 5;
    private static final long UNSAID_MILLIS = 600_000;

    private long at;
    private final long to;
    private double speed;
    private boolean paused;
    private boolean jumped;
    private boolean over;

    /** @param in the body of a 0x9201 behind its channel */
    TerminalPlayback(ByteBuffer in) {
        in.get();
        in.get();
        in.get();
        int mode = in.get();
        int code = in.get();
        speed = mode == 1 ? times(code) : 1;
        at = time(in);
        byte[] end = new byte[TerminalTime.BYTES];
        in.get(end);
        to = Arrays.equals(end, new byte[TerminalTime.BYTES]) ? at + UNSAID_MILLIS : TerminalTime.millis(end, 0);
    }

    /** 0x9202 behind channel and order. */
    synchronized void order(int order, ByteBuffer in) {
        int told = in.get();
        switch (order) {
            case START -> {
                paused = false;
                speed = 1;
            }
            case PAUSE -> paused = true;
            case STOP -> over = true;
            case FAST -> {
                paused = false;
                speed = times(told);
            }
            case SEEK -> {
                at = time(in);
                jumped = true;
            }
            default -> {
                // It does not play in this way.
            }
        }
        notifyAll();
    }

    synchronized void close() {
        over = true;
        notifyAll();
    }

    /**
     * The time of the next picture; waits while it is paused.
     *
     * @param step milliseconds up to the one after it
     * @return negative at the end
     */
    synchronized long next(long step) throws InterruptedException {
        while (paused && !over) {
            wait();
        }
        if (over || at >= to) {
            return -1;
        }
        long now = at;
        at += step;
        return now;
    }

    /** Whether it went somewhere else since this was asked last: decoding has to begin there. */
    synchronized boolean jumped() {
        boolean did = jumped;
        jumped = false;
        return did;
    }

    synchronized double speed() {
        return speed;
    }

    private static double times(int code) {
        return code < 1 ? 1 : 1 << (code - 1);
    }

    private static long time(ByteBuffer in) {
        byte[] bytes = new byte[TerminalTime.BYTES];
        in.get(bytes);
        return TerminalTime.millis(bytes, 0);
    }
}
