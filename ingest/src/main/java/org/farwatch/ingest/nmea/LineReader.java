package org.farwatch.ingest.nmea;

import java.util.Arrays;

/**
 * Makes lines of a stream: CR, LF or both end one, empty ones are dropped. A line that is too long is given as far as it
 * was kept, which no sentence survives. State belongs to one connection.
 */
final class LineReader {
    private final byte[] line = new byte[Sentence.MAX_BYTES + 1];
    private int length;
    private boolean complete;

    /** @return where to go on reading; {@link #complete} tells whether a line ended there */
    int read(byte[] input, int from, int to) {
        if (complete) {
            complete = false;
            length = 0;
        }
        for (int at = from; at < to; at++) {
            byte b = input[at];
            if (b != '\n' && b != '\r') {
                if (length < line.length) {
                    line[length++] = b;
                }
            } else if (length > 0) {
                complete = true;
                return at + 1;
            }
        }
        return to;
    }

    boolean complete() {
        return complete;
    }

    /** Whether a line was begun that has not ended. */
    boolean unfinished() {
        return !complete && length > 0;
    }

    byte[] line() {
        return line;
    }

    int length() {
        return length;
    }

    /** The line without its end, for keeping. */
    byte[] copy() {
        return Arrays.copyOf(line, length);
    }
}
