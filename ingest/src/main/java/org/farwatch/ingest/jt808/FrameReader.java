package org.farwatch.ingest.jt808;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.farwatch.ingest.FaultKind;

/**
 * Makes frames of a stream of bytes: splits at the delimiter 7E, unescapes and sums up in one pass, eight bytes at a time
 * where none of them is special. Keeps what is left of an unfinished frame until more bytes come, so a stream may be cut
 * anywhere.
 *
 * <p>Every 7E is a delimiter and empty slices are dropped: a single 7E shared by two frames and doubled ones both work.
 * Bytes without a frame (noise, a connection that begins amid a frame) become a frame with a fault, never an exception.
 *
 * <p>State belongs to one connection and its event loop. Allocates nothing once its buffer has grown to the longest
 * frame of the connection; the buffer never exceeds the limit given. Source: JT/T 808-2013 and -2019, 4.4.1, 4.4.2.
 */
public final class FrameReader {
    /** Twice a header of 21, a body of 1023 and a checksum: room for terminals that disregard the limit. */
    public static final int DEFAULT_MAX_FRAME_LENGTH = 2 * (21 + 1023 + 1);

    static final byte DELIMITER = 0x7E;
    static final byte ESCAPE = 0x7D;
    private static final byte ESCAPED_DELIMITER = 0x02;
    private static final byte ESCAPED_ESCAPE = 0x01;
    private static final int INITIAL_BYTES = 160;

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int WORD = Long.BYTES;
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long DELIMITERS = ONES * DELIMITER;
    private static final long ESCAPES = ONES * ESCAPE;

    private final int maxFrameLength;
    private final Frame frame = new Frame();
    private byte[] content;
    private int length;
    private byte xor;
    private boolean escaped;
    private FaultKind fault;
    private boolean complete;

    /** @param maxFrameLength unescaped bytes from header to checksum; longer frames become {@link FaultKind#OVERSIZE} */
    public FrameReader(int maxFrameLength) {
        if (maxFrameLength < 32) {
            throw new IllegalArgumentException(
                    "max frame length must be at least 32 bytes (a header and a general reply), was " + maxFrameLength);
        }
        this.maxFrameLength = maxFrameLength;
        content = new byte[Math.min(INITIAL_BYTES, maxFrameLength)];
    }

    /**
     * Reads up to the end of the next frame.
     *
     * @return where to go on reading; {@link #complete()} tells whether a frame ended there
     */
    public int read(byte[] input, int from, int to) {
        if (complete) {
            begin();
        }
        byte[] into = content;
        int n = length;
        byte sum = xor;
        int at = from;
        if (n == 0 && !escaped && fault == null) {
            while (at < to && input[at] == DELIMITER) {
                at++;
            }
        }
        while (at < to) {
            if (!escaped) {
                long mixed = 0;
                while (at + WORD <= to && n + WORD <= into.length) {
                    long word = (long) WORDS.get(input, at);
                    WORDS.set(into, n, word);
                    long special = special(word);
                    if (special != 0) {
                        int plain = Long.numberOfTrailingZeros(special) >>> 3;
                        at += plain;
                        n += plain;
                        mixed ^= word & (1L << (plain << 3)) - 1;
                        break;
                    }
                    // Predicted, so that the next word need not wait for this one's answer.
                    at += WORD;
                    n += WORD;
                    mixed ^= word;
                }
                sum ^= folded(mixed);
                if (at == to) {
                    break;
                }
            }
            byte b = input[at++];
            if (b == DELIMITER) {
                if (escaped && fault == null) {
                    fault = FaultKind.BAD_ESCAPE;
                }
                complete = true;
                break;
            }
            if (escaped) {
                escaped = false;
                if (b == ESCAPED_DELIMITER) {
                    b = DELIMITER;
                } else if (b == ESCAPED_ESCAPE) {
                    b = ESCAPE;
                } else if (fault == null) {
                    fault = FaultKind.BAD_ESCAPE;
                }
            } else if (b == ESCAPE) {
                escaped = true;
                continue;
            }
            if (n == into.length) {
                if (n == maxFrameLength) {
                    fault = FaultKind.OVERSIZE;
                    continue;
                }
                into = Arrays.copyOf(into, Math.min(n * 2, maxFrameLength));
                content = into;
            }
            into[n++] = b;
            sum ^= b;
        }
        length = n;
        xor = sum;
        if (complete) {
            frame.accept(into, n, fault, sum);
        }
        return at;
    }

    /** The lowest bit set lies in the first byte of the word that is a delimiter or an escape; 0 when there is none. */
    private static long special(long word) {
        return zeros(word ^ DELIMITERS) | zeros(word ^ ESCAPES);
    }

    /** The lowest bit set lies in the first byte that is zero; bytes after it may be marked wrongly. */
    private static long zeros(long word) {
        return (word - ONES) & ~word & HIGH_BITS;
    }

    /** Exclusive or of its eight bytes. */
    private static byte folded(long word) {
        long half = word ^ word >>> 32;
        long quarter = half ^ half >>> 16;
        return (byte) (quarter ^ quarter >>> 8);
    }

    /** Whether the last read ended with a frame, which {@link #frame()} now shows. */
    public boolean complete() {
        return complete;
    }

    /** The frame just completed, valid until the next read. */
    public Frame frame() {
        return frame;
    }

    /** Whether a frame was begun that has not ended. */
    boolean unfinished() {
        return !complete && (length > 0 || escaped || fault != null);
    }

    private void begin() {
        complete = false;
        length = 0;
        xor = 0;
        escaped = false;
        fault = null;
    }
}
