package org.farwatch.ingest;

/** A wire protocol; the label stands in {@code device.protocol} and in the API. */
public enum Protocol {
    JT808("jt808"),
    JT809("jt809"),
    MQTT("mqtt"),
    GB28181("gb28181"),
    NMEA("nmea"),
    RTSP("rtsp");

    private final String label;

    Protocol(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /** @throws IllegalArgumentException naming the value when there is no such protocol */
    public static Protocol of(String label) {
        for (Protocol protocol : values()) {
            if (protocol.label.equals(label)) {
                return protocol;
            }
        }
        throw new IllegalArgumentException(
                "protocol must be one of jt808, jt809, mqtt, gb28181, nmea, rtsp; was " + label);
    }
}
