package org.farwatch.ingest.mqtt;

/**
 * A topic {@code prefix/{protocolId}/{kind}}, of the contract (design, section 6).
 *
 * @param protocolId what the device calls itself; 1 to 64 characters, no control characters
 */
record Topic(String protocolId, Kind kind) {
    /** The longest id of a device. */
    static final int MAX_ID = 64;

    enum Kind {
        POSITION("position"),
        STATUS("status"),
        /** Down to the device; seen here because the subscription covers it. */
        COMMAND("command"),
        RECORDING("recording"),
        NMEA("nmea");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        private static Kind of(String label) {
            for (Kind kind : values()) {
                if (kind.label.equals(label)) {
                    return kind;
                }
            }
            return null;
        }
    }

    /** The topic taken apart; null when it is not one of ours. */
    static Topic of(String prefix, String topic) {
        int idAt = prefix.length() + 1;
        if (!topic.startsWith(prefix) || topic.length() <= idAt || topic.charAt(prefix.length()) != '/') {
            return null;
        }
        int kindAt = topic.indexOf('/', idAt);
        if (kindAt <= idAt || kindAt - idAt > MAX_ID) {
            return null;
        }
        for (int i = idAt; i < kindAt; i++) {
            if (Character.isISOControl(topic.charAt(i))) {
                return null;
            }
        }
        Kind kind = Kind.of(topic.substring(kindAt + 1));
        return kind == null ? null : new Topic(topic.substring(idAt, kindAt), kind);
    }
}
