package org.farwatch.ingest.gb28181;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * An answer that comes in parts (annex N), in any order and split in any way. Whole when as many different items came
 * as were announced; one whose announced number is wrong ends with the silence behind its last part. Guarded by itself.
 */
final class Gathering {
    private final int most;
    private final Map<Object, Object> items = new LinkedHashMap<>();
    private final CompletableFuture<Gathered> done = new CompletableFuture<>();
    private long lastAt;
    private int total = -1;

    /** @param whole whether everything that was announced has come */
    record Gathered(List<Object> items, boolean whole) {}

    Gathering(int most, long nowNanos) {
        this.most = most;
        this.lastAt = nowNanos;
    }

    /**
     * A part came.
     *
     * @param announced items of all parts, -1 when it does not say: then this part is all
     * @param parts each under what it is known by: the same again is no second item
     * @return false when there are more than may be
     */
    synchronized boolean part(int announced, Map<?, ?> parts, long nowNanos) {
        lastAt = nowNanos;
        total = Math.max(total, announced < 0 ? parts.size() : announced);
        boolean room = items.size() + parts.size() <= most;
        if (room) {
            items.putAll(parts);
        }
        if (items.size() >= total || !room) {
            finish();
        }
        return room;
    }

    /** Ends it when nothing has come for so long. @return whether it is over */
    synchronized boolean silentFor(long silenceNanos, long nowNanos) {
        if (nowNanos - lastAt >= silenceNanos) {
            finish();
        }
        return done.isDone();
    }

    synchronized void finish() {
        done.complete(new Gathered(new ArrayList<>(items.values()), total >= 0 && items.size() >= total));
    }

    CompletableFuture<Gathered> done() {
        return done;
    }
}
