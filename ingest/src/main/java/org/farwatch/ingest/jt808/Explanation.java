package org.farwatch.ingest.jt808;

import java.util.HexFormat;

/** Lines of offset, hex and meaning over a byte array, field by field. One thread. */
final class Explanation {
    private static final int BYTES_OF_LINE = 16;

    private final StringBuilder lines = new StringBuilder();
    private final byte[] bytes;
    private int at;
    private int end;

    Explanation(byte[] bytes, int end) {
        this.bytes = bytes;
        this.end = end;
    }

    /** Where the next field begins. */
    int at() {
        return at;
    }

    int left() {
        return end - at;
    }

    /** Limits what follows to a part of the bytes. @return the limit until now */
    int limit(int newEnd) {
        int old = end;
        end = newEnd;
        return old;
    }

    Explanation heading(String text) {
        lines.append(text).append('\n');
        return this;
    }

    /** A WORD; its value is put in place of {@code %d}. */
    int word(String meaning) {
        if (left() < 2) {
            rest("cut short: " + meaning.formatted(0));
            return 0;
        }
        int value = Bytes.word(bytes, at);
        field(2, meaning.formatted(value));
        return value;
    }

    /** A BYTE; its value is put in place of {@code %d}. */
    int octet(String meaning) {
        if (left() < 1) {
            return 0;
        }
        int value = bytes[at] & 0xFF;
        field(1, meaning.formatted(value));
        return value;
    }

    /** A text of {@code length} bytes. */
    void text(int length, String meaning) {
        int there = Math.min(length, left());
        field(there, meaning + ": " + AdmissionBody.text(bytes, at, there));
    }

    /** {@code length} bytes, or what is left; wraps after {@link #BYTES_OF_LINE}. */
    void field(int length, String meaning) {
        int there = Math.min(length, left());
        String beside = meaning;
        for (int done = 0; done < there || done == 0; done += BYTES_OF_LINE) {
            int from = at + done;
            String hex = HexFormat.of().formatHex(bytes, from, from + Math.min(BYTES_OF_LINE, there - done));
            lines.append("%5d  %-32s  %s".formatted(from, hex, beside).stripTrailing())
                    .append('\n');
            beside = "";
        }
        at += there;
    }

    /** Everything that is left, if anything is. */
    void rest(String meaning) {
        if (left() > 0) {
            field(left(), meaning);
        }
    }

    @Override
    public String toString() {
        return lines.toString();
    }
}
