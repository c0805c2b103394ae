package org.farwatch.ingest.jt808;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Big-endian numbers in a byte array (JT/T 808 4.3: network order). No bounds are checked beyond the array's own. */
final class Bytes {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

    private Bytes() {}

    /** WORD, 0 to 65535. */
    static int word(byte[] bytes, int offset) {
        return (short) SHORTS.get(bytes, offset) & 0xFFFF;
    }

    /** DWORD as the bits of an int. */
    static int dword(byte[] bytes, int offset) {
        return (int) INTS.get(bytes, offset);
    }

    static long eight(byte[] bytes, int offset) {
        return (long) LONGS.get(bytes, offset);
    }

    static void putWord(byte[] bytes, int offset, int value) {
        SHORTS.set(bytes, offset, (short) value);
    }

    static void putDword(byte[] bytes, int offset, int value) {
        INTS.set(bytes, offset, value);
    }

    static void putEight(byte[] bytes, int offset, long value) {
        LONGS.set(bytes, offset, value);
    }
}
