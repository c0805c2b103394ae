package org.farwatch.ingest;

/** A wire protocol; the label stands in {@code device.protocol} and in the API. */
public enum Protocol {
    JT808("jt808"),
    JT809("jt809"),
    MQTT("mqtt"),
    GB28181("gb28181"),
    NMEA("nmea"),
    RTSP("rtsp"),
    /** Media links of terminals that the register has as {@link #JT808}; of no device by itself. */
    JT1078("jt1078");

    private final String label;

    Protocol(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /** A protocol of devices. @throws IllegalArgumentException naming the value when there is none of that label */
    public static Protocol of(String label) {
        for (Protocol protocol : values()) {
            if (protocol.label.equals(label) && protocol != JT1078) {
                return protocol;
            }
        }
        throw new IllegalArgumentException(
                "protocol must be one of jt808, jt809, mqtt, gb28181, nmea, rtsp; was " + label);
    }
}
