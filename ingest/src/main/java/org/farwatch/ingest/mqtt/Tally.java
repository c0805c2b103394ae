package org.farwatch.ingest.mqtt;

import java.util.concurrent.atomic.LongAdder;

/** The running counters behind {@link MqttCounts}; shared by all connections, safe for any thread. */
final class Tally {
    final LongAdder received = new LongAdder();
    final LongAdder acknowledged = new LongAdder();
    final LongAdder stale = new LongAdder();
    final LongAdder dropped = new LongAdder();

    MqttCounts counts() {
        return new MqttCounts(received.sum(), acknowledged.sum(), stale.sum(), dropped.sum());
    }
}
