package org.farwatch.ingest.jt809;

import java.util.Arrays;
import org.farwatch.ingest.FaultKind;

/**
 * Makes frames of a stream of bytes: 5B begins one, 5D ends it, between them 5A 01 is 5B, 5A 02 is 5A, 5E 01 is 5D and
 * 5E 02 is 5E. Keeps an unfinished frame until more bytes come, so a stream may be cut anywhere. As neither delimiter
 * stands unescaped within a frame, the next 5B is a beginning whatever came before: no rubbish ends a connection. Platforms
 * that leave a lone 5A or 5E as it is exist; the CRC proves what they meant.
 *
 * <p>State belongs to one connection and its thread. The buffer grows to the longest frame of the connection and never
 * exceeds the limit given. Source: JT/T 809-2011 and -2019, 4.4.
 */
public final class FrameReader {
    static final byte BEGIN = 0x5B;
    static final byte END = 0x5D;
    static final byte ESCAPE_BEGIN = 0x5A;
    static final byte ESCAPE_END = 0x5E;

    /** The least that a limit may be: a login of 2019. */
    static final int LEAST_LIMIT = 128;

    private static final int INITIAL_BYTES = 256;

    private final int maxFrameLength;
    private final Frame frame = new Frame();
    private byte[] content;
    private int length;
    private byte escape;
    private boolean looseEscape;
    private boolean inside;
    private FaultKind fault;
    private boolean complete;

    /** @param maxFrameLength unescaped bytes between the delimiters; longer frames become {@link FaultKind#OVERSIZE} */
    public FrameReader(int maxFrameLength) {
        if (maxFrameLength < LEAST_LIMIT) {
            throw new IllegalArgumentException(
                    "max frame length must be at least " + LEAST_LIMIT + " bytes, was " + maxFrameLength);
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
            complete = false;
            begin(inside);
        }
        for (int at = from; at < to; at++) {
            byte b = input[at];
            if (b == BEGIN) {
                boolean cut = inside ? length > 0 || escape != 0 || fault != null : fault != null;
                if (cut) {
                    // Something before this beginning never ended: told first, then the new frame is read.
                    inside = true;
                    return finish(FaultKind.MALFORMED, at + 1);
                }
                begin(true);
            } else if (b == END && inside) {
                inside = false;
                if (escape != 0) {
                    looseEscape = true;
                    keep(escape);
                }
                return finish(fault, at + 1);
            } else if (inside) {
                take(b);
            } else {
                fault = FaultKind.MALFORMED;
                keep(b);
            }
        }
        return to;
    }

    private void take(byte b) {
        if (escape != 0) {
            byte first = escape;
            escape = 0;
            if (b == 1 || b == 2) {
                byte delimiter = first == ESCAPE_BEGIN ? BEGIN : END;
                keep(b == 1 ? delimiter : first);
                return;
            }
            looseEscape = true;
            keep(first);
        }
        if (b == ESCAPE_BEGIN || b == ESCAPE_END) {
            escape = b;
        } else {
            keep(b);
        }
    }

    private void keep(byte b) {
        if (length == content.length) {
            if (length == maxFrameLength) {
                fault = inside ? FaultKind.OVERSIZE : fault;
                return;
            }
            content = Arrays.copyOf(content, Math.min(length * 2, maxFrameLength));
        }
        content[length++] = b;
    }

    private int finish(FaultKind found, int next) {
        complete = true;
        frame.accept(content, length, found);
        if (looseEscape) {
            frame.escapedLoosely();
        }
        return next;
    }

    private void begin(boolean insideFrame) {
        inside = insideFrame;
        length = 0;
        escape = 0;
        looseEscape = false;
        fault = null;
    }

    /** Whether the last read ended with a frame, which {@link #frame()} now shows. */
    public boolean complete() {
        return complete;
    }

    /** The frame just completed, valid until the next read. */
    public Frame frame() {
        return frame;
    }

    /** Whether bytes wait for the rest of their frame. */
    boolean unfinished() {
        return !complete && (length > 0 || escape != 0);
    }
}
