package org.farwatch.ingest.jt809;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.Charset;

/** Numbers (big-endian) and texts (GBK, fixed width, zeros behind) as JT/T 809 has them. Checks only the array's bounds. */
final class Wire {
    static final Charset GBK = Charset.forName("GBK");

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

    private Wire() {}

    /** BYTE, 0 to 255. */
    static int octet(byte[] bytes, int at) {
        return bytes[at] & 0xFF;
    }

    /** WORD, 0 to 65535. */
    static int word(byte[] bytes, int at) {
        return (short) SHORTS.get(bytes, at) & 0xFFFF;
    }

    /** DWORD as the bits of an int. */
    static int dword(byte[] bytes, int at) {
        return (int) INTS.get(bytes, at);
    }

    /** DWORD, 0 to 4294967295. */
    static long unsigned(byte[] bytes, int at) {
        return dword(bytes, at) & 0xFFFF_FFFFL;
    }

    static long eight(byte[] bytes, int at) {
        return (long) LONGS.get(bytes, at);
    }

    static void putWord(byte[] bytes, int at, int value) {
        SHORTS.set(bytes, at, (short) value);
    }

    static void putDword(byte[] bytes, int at, int value) {
        INTS.set(bytes, at, value);
    }

    static void putEight(byte[] bytes, int at, long value) {
        LONGS.set(bytes, at, value);
    }

    /** Up to the first zero, without blanks around. */
    static String text(byte[] bytes, int at, int width) {
        int end = at;
        while (end < at + width && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, at, end - at, GBK).strip();
    }
}
