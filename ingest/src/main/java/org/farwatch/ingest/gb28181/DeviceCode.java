package org.farwatch.ingest.gb28181;

import java.util.regex.Pattern;

/**
 * A code of GB/T 28181 annex D (rule A): 20 digits; 1-8 region, 9-10 industry, 11-13 type, 14 network, 15-20 serial.
 * Regions themselves have 2, 4, 6 or 8 digits.
 */
public record DeviceCode(String text) {
    private static final Pattern WHOLE = Pattern.compile("\\d{20}");

    public DeviceCode {
        if (!is(text)) {
            throw new IllegalArgumentException("a code of GB/T 28181 must be 20 digits, was " + text);
        }
    }

    /** What a code of the catalogue stands for. */
    public enum Kind {
        /** Sends pictures: 131 camera, 132 network camera, 138 mobile equipment, and the recorders that are one. */
        CAMERA,
        /** Groups others: 215 business group, 216 virtual organisation, regions, systems. */
        GROUP,
        /** 137 voice output: is spoken to and sends nothing. */
        LOUDSPEAKER,
        /** Alarm inputs and outputs, microphones, and whatever else sends no pictures. */
        OTHER
    }

    public static boolean is(String text) {
        return WHOLE.matcher(text).matches();
    }

    /** The region, 10 digits, that a platform calls its domain. */
    public String domain() {
        return text.substring(0, 10);
    }

    /** Digits 11 to 13. */
    public int type() {
        return Integer.parseInt(text.substring(10, 13));
    }

    /**
     * What stands behind any code of a catalogue.
     *
     * @param leaf whether it has no children: a recorder that lists itself without any is its own camera
     */
    public static Kind kindOf(String code, boolean leaf) {
        if (!is(code)) {
            return code.length() <= 8 ? Kind.GROUP : Kind.CAMERA;
        }
        int type = new DeviceCode(code).type();
        if (type == 131 || type == 132 || type == 138) {
            return Kind.CAMERA;
        }
        if (type >= 111 && type <= 130) {
            return leaf ? Kind.CAMERA : Kind.GROUP;
        }
        if (type == 137) {
            return Kind.LOUDSPEAKER;
        }
        return type >= 200 && type < 300 ? Kind.GROUP : Kind.OTHER;
    }

    @Override
    public String toString() {
        return text;
    }
}
