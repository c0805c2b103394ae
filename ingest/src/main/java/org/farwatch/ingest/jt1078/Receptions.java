package org.farwatch.ingest.jt1078;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.farwatch.ingest.media.push.Feed;

/** Who waits for which channel of which terminal, on one port. Safe for use by many threads. */
final class Receptions {
    private final Map<Key, Reception> open = new ConcurrentHashMap<>();
    private final int mostFrame;
    private final Jt1078Counters counters;

    /** @param sim without leading zeros */
    record Key(String sim, int channel) {}

    Receptions(int mostFrame, Jt1078Counters counters) {
        this.mostFrame = mostFrame;
        this.counters = counters;
    }

    /** @return null when another one receives that channel already */
    Reception open(String sim, int channel, Feed feed) {
        Key key = new Key(sim, channel);
        Reception made = new Reception(this, key, feed, mostFrame, counters);
        return open.putIfAbsent(key, made) == null ? made : null;
    }

    Reception find(String sim, int channel) {
        return open.get(new Key(sim, channel));
    }

    void remove(Key key, Reception reception) {
        open.remove(key, reception);
    }

    int size() {
        return open.size();
    }
}
