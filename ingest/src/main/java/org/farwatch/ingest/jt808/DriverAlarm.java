package org.farwatch.ingest.jt808;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The alarm items of the driver assistance (苏标, T/JSATL 12-2017): 0x64 assistance, 0x65 state of the
 * driver, 0x66 tyres, 0x67 blind spot. A lead, like every machine detection, never a finding.
 */
final class DriverAlarm {
    private static final int HEAD_BYTES = 6;
    private static final int ASSISTANCE_BYTES = 47;
    private static final int BLIND_SPOT_BYTES = 41;
    private static final int TYRE_HEAD_BYTES = 5;

    private DriverAlarm() {}

    /** Its fields by name, as far as the item is long enough; null when it is not an alarm at all. */
    static Map<String, Object> of(int id, byte[] bytes, int at, int size) {
        Map<String, Object> alarm = new LinkedHashMap<>();
        boolean tyres = id == 0x66;
        if (size < (tyres ? TYRE_HEAD_BYTES : HEAD_BYTES)) {
            return null;
        }
        alarm.put("alarm", Bytes.dword(bytes, at) & 0xFFFF_FFFFL);
        alarm.put("state", state(bytes[at + 4]));
        switch (id) {
            case 0x64, 0x65 -> {
                int type = bytes[at + 5] & 0xFF;
                alarm.put("type", id == 0x64 ? assistance(type) : driver(type));
                if (size >= ASSISTANCE_BYTES) {
                    alarm.put("level", bytes[at + 6] & 0xFF);
                    if (id == 0x65) {
                        alarm.put("fatigue", bytes[at + 7] & 0xFF);
                    }
                    motion(alarm, bytes, at + 12);
                }
            }
            case 0x67 -> {
                alarm.put("type", blindSpot(bytes[at + 5] & 0xFF));
                if (size >= BLIND_SPOT_BYTES) {
                    motion(alarm, bytes, at + 6);
                }
            }
            default -> {
                if (size >= TYRE_HEAD_BYTES + 19) {
                    motion(alarm, bytes, at + TYRE_HEAD_BYTES);
                }
            }
        }
        return alarm;
    }

    /** BYTE km/h, WORD altitude, DWORD latitude and longitude, BCD[6] time. */
    private static void motion(Map<String, Object> alarm, byte[] bytes, int at) {
        alarm.put("speed", bytes[at] & 0xFF);
        alarm.put("latitude", (Bytes.dword(bytes, at + 3) & 0xFFFF_FFFFL) / 1e6);
        alarm.put("longitude", (Bytes.dword(bytes, at + 7) & 0xFFFF_FFFFL) / 1e6);
        String time = ItemDetails.time(bytes, at + 11);
        if (time != null) {
            alarm.put("time", time);
        }
    }

    private static String state(byte code) {
        return switch (code) {
            case 0 -> "event";
            case 1 -> "start";
            case 2 -> "end";
            default -> "state " + (code & 0xFF);
        };
    }

    private static String assistance(int type) {
        return switch (type) {
            case 1 -> "forward-collision";
            case 2 -> "lane-departure";
            case 3 -> "too-close";
            case 4 -> "pedestrian";
            case 5 -> "frequent-lane-change";
            case 6 -> "sign-overrun";
            case 7 -> "obstacle";
            case 0x10 -> "sign-recognised";
            case 0x11 -> "capture";
            default -> "type " + type;
        };
    }

    private static String driver(int type) {
        return switch (type) {
            case 1 -> "fatigue";
            case 2 -> "phone";
            case 3 -> "smoking";
            case 4 -> "distraction";
            case 5 -> "driver-abnormal";
            case 0x10 -> "capture";
            case 0x11 -> "driver-changed";
            default -> "type " + type;
        };
    }

    private static String blindSpot(int type) {
        return switch (type) {
            case 1 -> "behind";
            case 2 -> "left-behind";
            case 3 -> "right-behind";
            default -> "type " + type;
        };
    }
}
