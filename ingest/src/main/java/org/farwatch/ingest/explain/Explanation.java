package org.farwatch.ingest.explain;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Lines of offset, hex and meaning over a byte array, field by field; further arrays, when one capture holds several
 * frames, as further {@link #parts}. Multi-byte values are big-endian. One thread.
 */
public final class Explanation {
    private static final Charset GBK = Charset.forName("GBK");
    private static final int BYTES_OF_LINE = 16;

    private final List<Line> lines = new ArrayList<>();
    private final List<Explanation> parts = new ArrayList<>();
    private final byte[] bytes;
    private final int size;
    private int at;
    private int end;
    private boolean cutShort;

    /**
     * One statement.
     *
     * @param offset of the field's first byte; where the next field begins, when the line is about no bytes
     * @param length of the field; 0 when the line is about no bytes
     * @param wrong whether it says that something is not as it has to be
     */
    public record Line(int offset, int length, String meaning, boolean wrong) {}

    /** @param end how many of the bytes are explained */
    public Explanation(byte[] bytes, int end) {
        this.bytes = bytes;
        this.size = end;
        this.end = end;
        parts.add(this);
    }

    /** Adds the explanation of another frame, or several, of the same capture. */
    public Explanation append(Explanation next) {
        parts.addAll(next.parts);
        return this;
    }

    /** The frames explained, this one first. */
    public List<Explanation> parts() {
        return List.copyOf(parts);
    }

    /** The bytes that offsets count in, as hexadecimal digits. */
    public String hex() {
        return HexFormat.of().formatHex(bytes, 0, size);
    }

    /** The lines of this part. */
    public List<Line> lines() {
        return List.copyOf(lines);
    }

    /** Whether any line of any part says that something is wrong. */
    public boolean faulty() {
        return parts.stream().flatMap(part -> part.lines.stream()).anyMatch(Line::wrong);
    }

    /** Whether this part ended within a field. */
    public boolean cutShort() {
        return cutShort;
    }

    /** Where the next field begins. */
    public int at() {
        return at;
    }

    public int left() {
        return end - at;
    }

    /** A byte that is left, 0 to 255, without going on; -1 when there are fewer. */
    public int peek(int ahead) {
        return ahead < left() ? bytes[at + ahead] & 0xFF : -1;
    }

    /** Limits what follows to a part of the bytes. @return the limit until now */
    public int limit(int newEnd) {
        int old = end;
        end = newEnd;
        return old;
    }

    public Explanation heading(String text) {
        lines.add(new Line(at, 0, text, false));
        return this;
    }

    /** A heading that says what is not as it has to be. */
    public Explanation wrong(String text) {
        lines.add(new Line(at, 0, text, true));
        return this;
    }

    /** A BYTE; its value is put in place of {@code %d}. @return the value, 0 when it is missing */
    public int octet(String meaning) {
        return (int) number(1, meaning);
    }

    /** A WORD; its value is put in place of {@code %d}. @return the value, 0 when it is missing */
    public int word(String meaning) {
        return (int) number(2, meaning);
    }

    /** A DWORD; its value is put in place of {@code %d}. @return the value, 0 when it is missing */
    public long dword(String meaning) {
        return number(4, meaning);
    }

    private long number(int length, String meaning) {
        long value = 0;
        if (!missing(length, meaning.formatted(0))) {
            for (int i = 0; i < length; i++) {
                value = (value << 8) | (bytes[at + i] & 0xFF);
            }
            field(length, meaning.formatted(value));
        }
        return value;
    }

    /** A text in GBK of {@code length} bytes, without the zeros or blanks around it. */
    public String text(int length, String meaning) {
        int there = Math.min(length, left());
        String text = trimmed(there);
        if (there < length) {
            missing(length, meaning);
        } else {
            field(there, meaning + ": " + text);
        }
        return text;
    }

    /** A text after a BYTE with its length. */
    public void countedText(String meaning) {
        text(octet(meaning + " of %d bytes"), meaning);
    }

    private String trimmed(int length) {
        int from = at;
        int to = at + length;
        while (to > from && padding(bytes[to - 1])) {
            to--;
        }
        while (from < to && padding(bytes[from])) {
            from++;
        }
        return new String(bytes, from, to - from, GBK);
    }

    private static boolean padding(byte b) {
        return b == 0 || b == ' ';
    }

    /** The next {@code length} bytes as hexadecimal digits, without going on. */
    public String digits(int length) {
        return HexFormat.of().formatHex(bytes, at, at + Math.min(length, left()));
    }

    /** {@code length} bytes; what lacks is said. */
    public void field(int length, String meaning) {
        if (!missing(length, meaning)) {
            lines.add(new Line(at, length, meaning, false));
            at += length;
        }
    }

    /** Everything that is left, if anything is. */
    public void rest(String meaning) {
        if (left() > 0) {
            field(left(), meaning);
        }
    }

    /** Everything that is left, if anything is, is something that should not be there or not be so. */
    public void wrongRest(String meaning) {
        if (left() > 0) {
            lines.add(new Line(at, left(), meaning, true));
            at = end;
        }
    }

    /** Takes what is there of a field that is cut short. @return whether it was */
    private boolean missing(int length, String meaning) {
        if (left() >= length) {
            return false;
        }
        lines.add(new Line(at, left(), "cut short: " + meaning, true));
        at = end;
        cutShort = true;
        return true;
    }

    /** All parts as text; a field's hex wraps after 16 bytes. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        parts.forEach(part -> part.print(text));
        return text.toString();
    }

    private void print(StringBuilder text) {
        for (Line line : lines) {
            if (line.length() == 0) {
                text.append(line.meaning()).append('\n');
                continue;
            }
            String beside = line.meaning();
            for (int done = 0; done < line.length(); done += BYTES_OF_LINE) {
                int from = line.offset() + done;
                int count = Math.min(BYTES_OF_LINE, line.length() - done);
                String hex = HexFormat.of().formatHex(bytes, from, from + count);
                text.append("%5d  %-32s  %s".formatted(from, hex, beside).stripTrailing())
                        .append('\n');
                beside = "";
            }
        }
    }
}
