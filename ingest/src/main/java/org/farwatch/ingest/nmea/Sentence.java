package org.farwatch.ingest.nmea;

import org.farwatch.ingest.FaultKind;

/**
 * One sentence taken apart: {@code $ttsss,f1,f2,...*hh}, hh being the exclusive or of the bytes between $ and *. Reused
 * for the next; a view on the line's bytes. Source: NMEA 0183 4.10, 5.3.
 */
final class Sentence {
    /** The standard has 82 characters; receivers with many decimals and long GSV exceed it. */
    static final int MAX_BYTES = 256;

    private static final int MAX_FIELDS = 64;
    private static final int ADDRESS = 5;
    private static final int SHORTEST = 1 + ADDRESS + 3;

    private final int[] starts = new int[MAX_FIELDS + 1];
    private byte[] bytes = {};
    private int from;
    private int fields;
    private String reason;

    /**
     * Reads the line in {@code [offset, offset + length)}, without its end.
     *
     * @return what is wrong with it, null when nothing is; then the fields may be asked for
     */
    FaultKind read(byte[] line, int offset, int length) {
        bytes = line;
        from = offset;
        fields = 0;
        if (length > MAX_BYTES) {
            reason = "sentence: %d bytes, at most %d are read".formatted(length, MAX_BYTES);
            return FaultKind.OVERSIZE;
        }
        if (length < SHORTEST || line[offset] != '$' || line[offset + length - 3] != '*') {
            reason = "sentence: must be $, address, fields and *hh";
            return FaultKind.MALFORMED;
        }
        int star = offset + length - 3;
        int sum = 0;
        for (int i = offset + 1; i < star; i++) {
            sum ^= line[i];
            if (line[i] < ' ' || line[i] > '~') {
                reason = "sentence: must be printable ASCII";
                return FaultKind.MALFORMED;
            }
        }
        int stated = Character.digit(line[star + 1], 16) << 4 | Character.digit(line[star + 2], 16);
        if (stated != sum) {
            reason = "checksum: %s is stated, %02X is right".formatted(text(star + 1, star + 3), sum);
            return FaultKind.BAD_CHECKSUM;
        }
        return split(star);
    }

    private FaultKind split(int star) {
        starts[0] = from + 1;
        for (int i = from + 1; i < star; i++) {
            if (bytes[i] == ',') {
                if (++fields == MAX_FIELDS) {
                    reason = "sentence: more than %d fields".formatted(MAX_FIELDS - 1);
                    return FaultKind.MALFORMED;
                }
                starts[fields] = i + 1;
            }
        }
        starts[fields + 1 > MAX_FIELDS ? MAX_FIELDS : fields + 1] = star + 1;
        if (starts[1] - 1 - starts[0] < ADDRESS) {
            reason = "address: must be a talker of two letters and a type of three";
            return FaultKind.MALFORMED;
        }
        return null;
    }

    /** A sentence naming field, value and rule. */
    String reason() {
        return reason;
    }

    /** Fields behind the address. */
    int fields() {
        return fields;
    }

    /** Whether the address ends like this: {@code RMC}. */
    boolean is(String type) {
        int at = starts[0] + 2;
        return starts[1] - 1 - at == 3
                && bytes[at] == type.charAt(0)
                && bytes[at + 1] == type.charAt(1)
                && bytes[at + 2] == type.charAt(2);
    }

    /** The two letters before the type: {@code BD}, {@code GN}; for proprietary ones {@code P} and the maker's first. */
    boolean talker(char first, char second) {
        return bytes[starts[0]] == first && bytes[starts[0] + 1] == second;
    }

    String address() {
        return text(starts[0], starts[1] - 1);
    }

    /** Field 1 is the first behind the address; what is not there is empty. */
    String text(int field) {
        return empty(field) ? "" : text(starts[field], starts[field + 1] - 1);
    }

    boolean empty(int field) {
        return field > fields || starts[field + 1] - 1 <= starts[field];
    }

    /** The first character of a field, 0 when it is empty. */
    char letter(int field) {
        return empty(field) ? 0 : (char) bytes[starts[field]];
    }

    /** A decimal number; NaN when the field is empty or is none. */
    double number(int field) {
        if (empty(field)) {
            return Double.NaN;
        }
        int at = starts[field];
        int end = starts[field + 1] - 1;
        boolean negative = bytes[at] == '-';
        if (negative || bytes[at] == '+') {
            at++;
        }
        double value = 0;
        double scale = 0;
        int digits = 0;
        for (; at < end; at++) {
            if (bytes[at] == '.' && scale == 0) {
                scale = 1;
            } else if (bytes[at] >= '0' && bytes[at] <= '9' && digits < 15) {
                value = value * 10 + (bytes[at] - '0');
                scale *= 10;
                digits++;
            } else {
                return Double.NaN;
            }
        }
        if (digits == 0) {
            return Double.NaN;
        }
        double absolute = scale == 0 ? value : value / scale;
        return negative ? -absolute : absolute;
    }

    /** A whole number of digits only, -1 when it is none. */
    int whole(int field) {
        double number = number(field);
        return number >= 0 && number <= Integer.MAX_VALUE && number == Math.rint(number) ? (int) number : -1;
    }

    private String text(int start, int end) {
        StringBuilder text = new StringBuilder(end - start);
        for (int i = start; i < end; i++) {
            text.append((char) (bytes[i] & 0xFF));
        }
        return text.toString();
    }
}
