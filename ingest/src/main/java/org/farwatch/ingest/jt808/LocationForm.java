package org.farwatch.ingest.jt808;

import java.util.HexFormat;
import org.farwatch.ingest.explain.Explanation;

/** Fields of a position: 28 fixed bytes, then additional items (JT/T 808, 0x0200). */
final class LocationForm {
    private LocationForm() {}

    static void read(Explanation out) {
        if (out.left() < LocationBody.FIXED_BYTES) {
            out.wrongRest("too short for a position of " + LocationBody.FIXED_BYTES + " bytes");
            return;
        }
        fixed(out);
        items(out);
    }

    /** The part without items, as it stands within media. */
    static void fixed(Explanation out) {
        out.field(4, "alarms " + LocationAlarm.labels(dword(out, 0)));
        int status = dword(out, 0);
        out.field(4, LocationStatus.of(status).toString().replace("LocationStatus", "status "));
        Form.degrees(out, "latitude", (status & 4) == 0 ? "N" : "S");
        Form.degrees(out, "longitude", (status & 8) == 0 ? "E" : "W");
        out.field(2, "altitude %d m".formatted((short) (dword(out, 0) >>> 16)));
        out.field(2, "speed %.1f km/h".formatted((dword(out, 0) >>> 16) / 10.0));
        out.word("direction %d degrees clockwise from north");
        Form.time(out, "time");
    }

    private static void items(Explanation out) {
        while (out.left() >= 2 && 2 + out.peek(1) <= out.left()) {
            int id = out.peek(0);
            int size = out.peek(1);
            byte[] value = HexFormat.of().parseHex(out.digits(2 + size));
            out.field(2 + size, "item %02x of %d: %s".formatted(id, size, LocationItems.meaning(id, value, 2, size)));
        }
        out.wrongRest("item cut short");
    }

    private static int dword(Explanation out, int ahead) {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            value = value << 8 | Math.max(out.peek(ahead + i), 0);
        }
        return value;
    }
}
