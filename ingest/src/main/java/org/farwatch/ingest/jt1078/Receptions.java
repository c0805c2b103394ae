package org.farwatch.ingest.jt1078;

import java.util.List;
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
        return open(sim, channel, feed, null);
    }

    /** @param listener what is known of a terminal that may only listen; null when it has to send */
    Reception open(String sim, int channel, Feed feed, Reception.Listener listener) {
        Key key = new Key(sim, channel);
        Reception made = new Reception(this, key, feed, mostFrame, counters, listener);
        return open.putIfAbsent(key, made) == null ? made : null;
    }

    /** The one of a terminal, null when there is none or more than one. */
    Reception only(String sim) {
        List<Reception> all = open.entrySet().stream()
                .filter(entry -> entry.getKey().sim().equals(sim))
                .map(Map.Entry::getValue)
                .limit(2)
                .toList();
        return all.size() == 1 ? all.getFirst() : null;
    }

    /** The one that waits for a link from this host, null when there is none or more than one. */
    Reception expected(String host) {
        List<Reception> all = open.values().stream()
                .filter(reception -> reception.expects(host))
                .limit(2)
                .toList();
        return all.size() == 1 ? all.getFirst() : null;
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
