package org.farwatch.geo;

/**
 * Additional items of a position: {@code id(1) length(1) value(length)}, one after another, as in JT/T 808-2019 table
 * 27. Stored raw and read here. Sources that are not JT/T 808 use the same ids where the meaning is the same and
 * {@link #BATTERY} and {@link #HDOP} besides; items are always read together with the device's protocol.
 */
public final class Items {
    /** Mileage, DWORD, 0.1 km. */
    public static final int MILEAGE = 0x01;
    /** Number of GNSS satellites, BYTE. */
    public static final int SATELLITES = 0x31;
    /** Battery in percent, BYTE; only of sources that are not JT/T 808. */
    public static final int BATTERY = 0xF1;
    /** Horizontal dilution of precision in hundredths, WORD; only of sources that are not JT/T 808. */
    public static final int HDOP = 0xF2;

    private Items() {}

    /** Receives one item; {@code bytes[offset, offset + length)} is valid only during the call. */
    @FunctionalInterface
    public interface Visitor {
        void item(int id, byte[] bytes, int offset, int length);
    }

    /**
     * Walks the items in {@code bytes[offset, offset + length)}.
     *
     * @return false when the last item is cut short; those before it were visited
     */
    public static boolean each(byte[] bytes, int offset, int length, Visitor visitor) {
        int at = offset;
        int end = offset + length;
        while (at + 2 <= end) {
            int id = bytes[at] & 0xFF;
            int size = bytes[at + 1] & 0xFF;
            if (at + 2 + size > end) {
                return false;
            }
            visitor.item(id, bytes, at + 2, size);
            at += 2 + size;
        }
        return at == end;
    }

    /** The big-endian unsigned value of the first item {@code id} of at most 4 bytes, or -1 when there is none. */
    public static long unsigned(byte[] bytes, int offset, int length, int id) {
        int at = offset;
        int end = offset + length;
        while (at + 2 <= end) {
            int size = bytes[at + 1] & 0xFF;
            if (at + 2 + size > end) {
                return -1;
            }
            if ((bytes[at] & 0xFF) == id && size >= 1 && size <= 4) {
                long value = 0;
                for (int i = 0; i < size; i++) {
                    value = (value << 8) | (bytes[at + 2 + i] & 0xFF);
                }
                return value;
            }
            at += 2 + size;
        }
        return -1;
    }
}
