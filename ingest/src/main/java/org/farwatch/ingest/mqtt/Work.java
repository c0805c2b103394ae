package org.farwatch.ingest.mqtt;

import org.farwatch.ingest.DeviceDirectory.Admission;

/** What the intake's thread is handed. */
sealed interface Work {
    /** A message off the wire; its payload is nobody else's. Immutable, compared by identity. */
    final class Arrival implements Work {
        private final Link link;
        private final long number;
        private final String topic;
        private final byte[] payload;
        private final long receiveMillis;
        private final boolean kept;

        Arrival(Link link, long number, String topic, byte[] payload, long receiveMillis, boolean kept) {
            this.link = link;
            this.number = number;
            this.topic = topic;
            this.payload = payload;
            this.receiveMillis = receiveMillis;
            this.kept = kept;
        }

        /** The connection that it came over and that alone can acknowledge it. */
        Link link() {
            return link;
        }

        /** Its arrival number at that link; -1 for QoS 0, which is not acknowledged. */
        long number() {
            return number;
        }

        String topic() {
            return topic;
        }

        byte[] payload() {
            return payload;
        }

        /** When it arrived, milliseconds since 1970 UTC. */
        long receiveMillis() {
            return receiveMillis;
        }

        /** Whether the broker may have had it for some time: then it says nothing of the device's clock. */
        boolean kept() {
            return kept;
        }
    }

    /** The register's answer about an unknown device; null when asking failed. */
    record Decision(String protocolId, Admission admission) implements Work {}
}
