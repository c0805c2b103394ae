package org.farwatch.ingest.jt808;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Alarm flags of a location, by their bit (JT/T 808-2013 table 24, -2019 table 25). Where editions differ the name is that of 2019: bit
 * 3 was a danger warning before, 15 to 17 were reserved, 29 was a warning, 31 existed until 2013 only.
 */
public enum LocationAlarm {
    SOS(0, "sos"),
    OVERSPEED(1, "overspeed"),
    FATIGUE_DRIVING(2, "fatigue-driving"),
    DANGEROUS_DRIVING(3, "dangerous-driving"),
    GNSS_FAULT(4, "gnss-fault"),
    GNSS_ANTENNA_OPEN(5, "gnss-antenna-open"),
    GNSS_ANTENNA_SHORT(6, "gnss-antenna-short"),
    POWER_LOW(7, "power-low"),
    POWER_LOST(8, "power-lost"),
    DISPLAY_FAULT(9, "display-fault"),
    TTS_FAULT(10, "tts-fault"),
    CAMERA_FAULT(11, "camera-fault"),
    IC_CARD_FAULT(12, "ic-card-fault"),
    OVERSPEED_WARNING(13, "overspeed-warning"),
    FATIGUE_WARNING(14, "fatigue-warning"),
    FORBIDDEN_PERIOD(15, "forbidden-period"),
    TYRE_PRESSURE_WARNING(16, "tyre-pressure-warning"),
    RIGHT_TURN_BLIND_ZONE(17, "right-turn-blind-zone"),
    DAY_DRIVING_EXCEEDED(18, "day-driving-exceeded"),
    PARKING_OVERTIME(19, "parking-overtime"),
    AREA_CROSSED(20, "area-crossed"),
    ROUTE_CROSSED(21, "route-crossed"),
    SECTION_TIME(22, "section-time"),
    ROUTE_DEVIATION(23, "route-deviation"),
    SPEED_SENSOR_FAULT(24, "speed-sensor-fault"),
    FUEL_ABNORMAL(25, "fuel-abnormal"),
    VEHICLE_STOLEN(26, "vehicle-stolen"),
    ILLEGAL_IGNITION(27, "illegal-ignition"),
    ILLEGAL_DISPLACEMENT(28, "illegal-displacement"),
    COLLISION(29, "collision"),
    ROLLOVER_WARNING(30, "rollover-warning"),
    ILLEGAL_DOOR_OPEN(31, "illegal-door-open");

    private final int mask;
    private final String label;

    LocationAlarm(int bit, String label) {
        mask = 1 << bit;
        this.label = label;
    }

    public int mask() {
        return mask;
    }

    /** The name used in the API, for example {@code sos}. */
    public String label() {
        return label;
    }

    public boolean in(int alarms) {
        return (alarms & mask) != 0;
    }

    /** The one with this label. */
    public static Optional<LocationAlarm> of(String label) {
        return Arrays.stream(values())
                .filter(alarm -> alarm.label.equals(label))
                .findFirst();
    }

    /** Labels of all flags set in {@link org.farwatch.geo.PositionBatch#alarms}, lowest bit first. */
    public static List<String> labels(int alarms) {
        List<String> labels = new ArrayList<>();
        for (LocationAlarm alarm : values()) {
            if (alarm.in(alarms)) {
                labels.add(alarm.label);
            }
        }
        return labels;
    }
}
