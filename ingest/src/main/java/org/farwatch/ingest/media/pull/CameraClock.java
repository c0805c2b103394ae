package org.farwatch.ingest.media.pull;

import java.time.Instant;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * How far a camera's clock is from ours, by the time that it sends with its pictures (sender reports of RTP, RFC 3550,
 * 6.4.1): the median of the last few, so that one picture that was long on its way says nothing. What the way takes
 * makes a clock look slow by as much. Owned by the stream's thread.
 */
public final class CameraClock {
    /** More do not make it surer; fewer than {@link #LEAST} are none. */
    private static final int MOST = 9;

    private static final int LEAST = 3;
    /** Between two that are taken, milliseconds. */
    private static final long EVERY = 1_000;
    /** Whoever counts from his start, as some do, tells no time; a clock that was reset shows a year of this century. */
    private static final long EARLIEST = Instant.parse("1990-01-01T00:00:00Z").toEpochMilli();

    private final long[] offsets;
    private int taken;
    private long last;

    public CameraClock() {
        this(MOST);
    }

    /** @param most of the last that count, {@value #LEAST} or more; fewer follow a clock that is set sooner */
    public CameraClock(int most) {
        if (most < LEAST) {
            throw new IllegalArgumentException("most must be at least " + LEAST + ", was " + most);
        }
        offsets = new long[most];
    }

    /** Whether enough time has gone by for another one. */
    boolean due(long received) {
        return taken == 0 || received - last >= EVERY || received < last;
    }

    /**
     * @param camera what its clock showed when it took a picture, milliseconds since 1970 UTC
     * @param received when that came, by our clock, likewise
     */
    public void take(long camera, long received) {
        if (camera < EARLIEST || !due(received)) {
            return;
        }
        last = received;
        offsets[taken % offsets.length] = camera - received;
        taken++;
    }

    /** Milliseconds that it is ahead of ours, negative when it is behind; empty while that is not known. */
    public OptionalLong offset() {
        if (taken < LEAST) {
            return OptionalLong.empty();
        }
        long[] known = Arrays.copyOf(offsets, Math.min(taken, offsets.length));
        Arrays.sort(known);
        return OptionalLong.of(known[known.length / 2]);
    }
}
