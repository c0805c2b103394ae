package org.farwatch.ingest.jt808;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.farwatch.geo.Items;
import org.farwatch.ingest.FixTimes;

/**
 * The values of additional items in words and units, read when somebody looks at them. An item of a wrong length, of the
 * vendor or without a meaning here has none; it stays among the raw ones. Stateless; any thread. Source: JT/T 808-2013
 * and -2019, additional items of 0x0200; 0x14 to 0x18 from JT/T 1078-2016; 0x64 to 0x67 from T/JSATL 12-2017 (苏标).
 */
public final class ItemDetails {
    private static final String[] VIDEO_ALARMS = {
        "signal-lost", "covered", "storage-fault", "other-fault", "overcrowded", "abnormal-driving", "storage-full"
    };
    private static final String[] BEHAVIOURS = {"fatigue", "phone", "smoking"};
    private static final String[] SIGNALS = {
        "low-beam",
        "high-beam",
        "right-turn",
        "left-turn",
        "brake",
        "reverse",
        "fog-lights",
        "marker-lights",
        "horn",
        "air-conditioning",
        "neutral",
        "retarder",
        "abs",
        "heater",
        "clutch"
    };
    private static final String[] STATES = {"deep-sleep", "sleep"};
    private static final String[] PLACES = {"none", "circle", "rectangle", "polygon", "route"};
    private static final int NO_PRESSURE = 0xFF;

    private ItemDetails() {}

    /** What the items say, by name, in their order: numbers, texts, lists and maps of these. */
    public static Map<String, Object> of(byte[] items, int offset, int length) {
        Map<String, Object> details = new LinkedHashMap<>();
        Items.each(items, offset, length, (id, bytes, at, size) -> {
            String name = name(id);
            Object value = name == null ? null : value(id, bytes, at, size);
            if (value != null) {
                details.putIfAbsent(name, value);
            }
        });
        return details;
    }

    /** What the value of an item is called; null when it has no meaning here. */
    static String name(int id) {
        return switch (id) {
            case 0x01 -> "mileage";
            case 0x02 -> "fuel";
            case 0x03 -> "recorderSpeed";
            case 0x04 -> "alarmToConfirm";
            case 0x05 -> "tyrePressures";
            case 0x06 -> "compartmentTemperature";
            case 0x11 -> "overspeedIn";
            case 0x12 -> "areaCrossed";
            case 0x13 -> "sectionTime";
            case 0x14 -> "videoAlarms";
            case 0x15 -> "videoLostOn";
            case 0x16 -> "videoCoveredOn";
            case 0x17 -> "storageFaults";
            case 0x18 -> "abnormalDriving";
            case 0x25 -> "vehicleSignals";
            case 0x2A -> "sleep";
            case 0x2B -> "analogueInputs";
            case 0x30 -> "radioSignal";
            case 0x31 -> "satellites";
            case 0x64 -> "driverAssistance";
            case 0x65 -> "driverState";
            case 0x66 -> "tyreAlarm";
            case 0x67 -> "blindSpot";
            default -> null;
        };
    }

    /** The value of an item; null when it has no meaning here or is too short for it. */
    static Object value(int id, byte[] bytes, int at, int size) {
        long value = 0;
        for (int i = 0; i < Math.min(size, 4); i++) {
            value = (value << 8) | (bytes[at + i] & 0xFF);
        }
        return switch (id) {
            case 0x01, 0x02, 0x03 -> size >= 2 ? value / 10.0 : null;
            case 0x04, 0x30, 0x31 -> size >= 1 ? value : null;
            case 0x05 -> pressures(bytes, at, size);
            // Two's complement is what terminals send, though the text speaks of a sign bit.
            case 0x06 -> size == 2 ? Integer.valueOf((short) value) : null;
            case 0x11 -> size == 1 || size == 5 ? place(bytes, at, size) : null;
            case 0x12 -> size == 6 ? crossed(bytes, at) : null;
            case 0x13 -> size == 7 ? section(bytes, at) : null;
            case 0x14 -> size == 4 ? Form.labels(value, VIDEO_ALARMS) : null;
            case 0x15, 0x16 -> size == 4 ? numbers(value) : null;
            case 0x17 ->
                size == 2 ? Map.of("main", numbers(value & 0xFFF), "backup", numbers(value >> 12 & 0xF)) : null;
            case 0x18 -> size == 2 || size == 3 ? behaviour(bytes, at, size) : null;
            case 0x25 -> size == 4 ? Form.labels(value, SIGNALS) : null;
            case 0x2A -> size == 2 ? Form.labels(value, STATES) : null;
            case 0x2B -> size == 4 ? List.of(value & 0xFFFF, value >> 16 & 0xFFFF) : null;
            case 0x64, 0x65, 0x66, 0x67 -> DriverAlarm.of(id, bytes, at, size);
            default -> null;
        };
    }

    /** Pa by the table's unit, one byte a wheel; null for a wheel without. */
    private static List<Integer> pressures(byte[] bytes, int at, int size) {
        List<Integer> pressures = new ArrayList<>();
        int last = -1;
        for (int wheel = 0; wheel < size; wheel++) {
            int value = bytes[at + wheel] & 0xFF;
            pressures.add(value == NO_PRESSURE ? null : Integer.valueOf(value));
            last = value == NO_PRESSURE ? last : wheel;
        }
        return new ArrayList<>(pressures.subList(0, last + 1));
    }

    private static Map<String, Object> place(byte[] bytes, int at, int size) {
        Map<String, Object> place = new LinkedHashMap<>();
        int type = bytes[at] & 0xFF;
        place.put("kind", type < PLACES.length ? PLACES[type] : "kind " + type);
        if (size >= 5) {
            place.put("area", Bytes.dword(bytes, at + 1) & 0xFFFF_FFFFL);
        }
        return place;
    }

    private static Map<String, Object> crossed(byte[] bytes, int at) {
        Map<String, Object> place = place(bytes, at, 5);
        place.put("direction", bytes[at + 5] == 0 ? "in" : "out");
        return place;
    }

    private static Map<String, Object> section(byte[] bytes, int at) {
        Map<String, Object> section = new LinkedHashMap<>();
        section.put("section", Bytes.dword(bytes, at) & 0xFFFF_FFFFL);
        section.put("seconds", Bytes.word(bytes, at + 4));
        section.put("result", bytes[at + 6] == 0 ? "too-short" : "too-long");
        return section;
    }

    private static Map<String, Object> behaviour(byte[] bytes, int at, int size) {
        Map<String, Object> behaviour = new LinkedHashMap<>();
        behaviour.put("kinds", Form.labels(Bytes.word(bytes, at), BEHAVIOURS));
        if (size == 3) {
            behaviour.put("fatigue", bytes[at + 2] & 0xFF);
        }
        return behaviour;
    }

    /** Numbers from 1 of the bits that are set. */
    private static List<Integer> numbers(long bits) {
        return IntStream.range(0, Integer.SIZE)
                .filter(bit -> (bits >> bit & 1) != 0)
                .mapToObj(bit -> bit + 1)
                .toList();
    }

    /** BCD[6] as ISO-8601; null when it is no date. */
    static String time(byte[] bytes, int at) {
        long millis = TerminalTime.millis(bytes, at);
        return millis == FixTimes.NO_DATE ? null : Instant.ofEpochMilli(millis).toString();
    }
}
