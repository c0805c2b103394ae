package org.farwatch.ingest.jt808.command;

import java.util.HexFormat;
import java.util.List;
import org.farwatch.ingest.jt808.Layout;

/**
 * A parameter that a terminal can be asked for and told (0x8103, 0x0104).
 *
 * @param name in English, for messages and documents
 * @param range of a number; unused for the other types
 * @param length in bytes; 0 when it varies
 * @param since the first edition that has it
 * @param until the last one
 */
public record Parameter(long id, String name, Type type, Range range, int length, Layout since, Layout until) {
    public static final Range ID = Range.dword("parameter id", "");

    /** The longest value: its length goes in a byte. */
    static final int MOST_BYTES = 255;

    /** How a value is written. */
    public enum Type {
        NUMBER,
        TEXT,
        /** Hex digits. */
        BYTES
    }

    /** All that the standards name, by id. */
    public static List<Parameter> all() {
        return ParameterTable.ALL;
    }

    /** The parameter with this id; one that no table has is taken as bytes of any length. */
    public static Parameter of(long id) {
        Parameter known = ParameterTable.BY_ID.get(id);
        return known == null ? raw(ID.check(id), "vendor parameter", 0) : known;
    }

    /** The id as the standards write it, such as {@code 0x0029}. */
    public String hex() {
        return "0x%04X".formatted(id);
    }

    boolean knownTo(Layout layout) {
        return since.compareTo(layout) <= 0 && layout.compareTo(until) <= 0;
    }

    /** @throws IllegalArgumentException naming parameter, value and rule */
    byte[] bytes(String value) {
        return switch (type) {
            case NUMBER -> number(value);
            case TEXT -> Body.requireText(label(), value, MOST_BYTES).getBytes(Body.GBK);
            case BYTES -> hexDigits(value);
        };
    }

    private byte[] number(String value) {
        long number;
        try {
            number = Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(label() + " must be a whole number, was " + value, e);
        }
        range.check(number);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (number >> 8 * (length - 1 - i));
        }
        return bytes;
    }

    private byte[] hexDigits(String value) {
        byte[] bytes;
        try {
            bytes = HexFormat.of().parseHex(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(label() + " must be bytes in hex, was " + value, e);
        }
        boolean fits = length == 0 ? bytes.length <= MOST_BYTES : bytes.length == length;
        Body.require(
                fits,
                "%s must have %s bytes, has %d"
                        .formatted(label(), length == 0 ? "at most " + MOST_BYTES : "exactly " + length, bytes.length));
        return bytes;
    }

    private String label() {
        return label(id, name);
    }

    private static String label(long id, String name) {
        return "parameter 0x%04X (%s)".formatted(id, name);
    }

    /** Reads a value; one of a length that its type does not have comes as hex. */
    String read(byte[] bytes) {
        if (type == Type.TEXT) {
            return new String(bytes, Body.GBK).replace("\0", "").strip();
        }
        if (type == Type.BYTES || bytes.length != length) {
            return HexFormat.of().formatHex(bytes);
        }
        long number = 0;
        for (byte b : bytes) {
            number = number << 8 | b & 0xFF;
        }
        return Long.toString(number);
    }

    static Parameter dword(long id, String name, String unit) {
        return dword(id, name, unit, 0, 0xFFFF_FFFFL);
    }

    static Parameter dword(long id, String name, String unit, long least, long most) {
        return number(id, name, 4, unit, least, most);
    }

    static Parameter word(long id, String name, String unit) {
        return number(id, name, 2, unit, 0, 0xFFFF);
    }

    static Parameter octet(long id, String name, String unit) {
        return octet(id, name, unit, 0, 0xFF);
    }

    static Parameter octet(long id, String name, String unit, long least, long most) {
        return number(id, name, 1, unit, least, most);
    }

    private static Parameter number(long id, String name, int length, String unit, long least, long most) {
        Range range = new Range(label(id, name), unit, least, most);
        return new Parameter(id, name, Type.NUMBER, range, length, Layout.V2011, Layout.V2019);
    }

    static Parameter text(long id, String name) {
        return new Parameter(id, name, Type.TEXT, null, 0, Layout.V2011, Layout.V2019);
    }

    static Parameter raw(long id, String name, int length) {
        return new Parameter(id, name, Type.BYTES, null, length, Layout.V2011, Layout.V2019);
    }

    Parameter in(Layout first, Layout last) {
        return new Parameter(id, name, type, range, length, first, last);
    }
}
