package org.farwatch.ingest.jt809;

/**
 * CRC-16/CCITT-FALSE: polynomial 0x1021, initial value 0xFFFF, nothing reflected, nothing added at the end; over header
 * and body before they are escaped (JT/T 809-2011 and -2019, 4.4). Of the digits 1 to 9 it is 0x29B1. Stateless.
 */
final class Crc {
    static final int START = 0xFFFF;

    private static final int POLYNOMIAL = 0x1021;
    private static final char[] TABLE = table();

    private Crc() {}

    static int of(byte[] bytes, int from, int to) {
        int crc = START;
        for (int i = from; i < to; i++) {
            crc = (crc << 8 & 0xFFFF) ^ TABLE[(crc >>> 8) ^ (bytes[i] & 0xFF)];
        }
        return crc;
    }

    private static char[] table() {
        char[] table = new char[256];
        for (int value = 0; value < table.length; value++) {
            int crc = value << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) == 0 ? crc << 1 : (crc << 1) ^ POLYNOMIAL;
            }
            table[value] = (char) crc;
        }
        return table;
    }
}
