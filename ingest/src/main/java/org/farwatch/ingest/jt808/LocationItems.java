package org.farwatch.ingest.jt808;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.farwatch.geo.Items;

/**
 * Reads the additional items that are stored raw with a position of a JT/T 808 terminal. Stateless; any thread. Source:
 * JT/T 808-2013 and -2019, additional items of 0x0200; 0x14 to 0x18 from JT/T 1078-2016; 0x64 to 0x67 from T/JSATL 12-2017.
 */
public final class LocationItems {
    private LocationItems() {}

    /** The odometer in kilometres, to 100 m; empty when not sent. */
    public static OptionalDouble mileage(byte[] items, int offset, int length) {
        long tenths = Items.unsigned(items, offset, length, Items.MILEAGE);
        return tenths < 0 ? OptionalDouble.empty() : OptionalDouble.of(tenths / 10.0);
    }

    /** How many satellites the fix used; empty when not sent. */
    public static OptionalInt satellites(byte[] items, int offset, int length) {
        long count = Items.unsigned(items, offset, length, Items.SATELLITES);
        return count < 0 ? OptionalInt.empty() : OptionalInt.of((int) count);
    }

    /**
     * All items as they came: id, for example {@code 0x30}, to value in hex, in their order. An id that comes again is
     * told apart by a number: {@code 0x71}, {@code 0x71.2}.
     */
    public static Map<String, String> extras(byte[] items, int offset, int length) {
        Map<String, String> extras = new LinkedHashMap<>();
        // A long message may have a million items, all of one id.
        int[] seen = new int[256];
        Items.each(items, offset, length, (id, bytes, at, size) -> {
            String key = "0x%02X".formatted(id);
            int n = ++seen[id];
            extras.put(n == 1 ? key : key + '.' + n, HexFormat.of().formatHex(bytes, at, at + size));
        });
        return extras;
    }

    /**
     * What one item says, for support staff: name, value and unit.
     *
     * @return for example {@code mileage 10.0 km}; an item without a meaning here is named unknown or of the vendor
     */
    static String meaning(int id, byte[] bytes, int at, int size) {
        long value = 0;
        for (int i = 0; i < size && i < 4; i++) {
            value = (value << 8) | (bytes[at + i] & 0xFF);
        }
        return switch (id) {
            case 0x01 -> "mileage %.1f km".formatted(value / 10.0);
            case 0x02 -> "fuel %.1f L".formatted(value / 10.0);
            case 0x03 -> "speed of the recorder %.1f km/h".formatted(value / 10.0);
            case 0x04 -> "alarm event %d to be confirmed by a person".formatted(value);
            case 0x30 -> "radio signal %d".formatted(value);
            case 0x31 -> "satellites %d".formatted(value);
            default -> {
                String name = ItemDetails.name(id);
                Object details = name == null ? null : ItemDetails.value(id, bytes, at, size);
                String unread = id >= 0xE0 ? "of the vendor" : name == null ? "unknown" : name + ", length unknown";
                yield details == null ? unread : name + " " + details;
            }
        };
    }
}
