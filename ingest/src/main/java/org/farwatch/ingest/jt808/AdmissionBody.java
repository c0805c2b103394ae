package org.farwatch.ingest.jt808;

import org.farwatch.ingest.DeviceDirectory.Registration;
import org.farwatch.ingest.Protocol;

/**
 * Reads what a terminal shows to be let in: registration (0x0100) and authentication (0x0102). Source: JT/T 808-2011,
 * -2013 and -2019, the bodies of these messages.
 */
final class AdmissionBody {
    private static final int FIXED_2011 = 25;
    private static final int FIXED_2013 = 37;
    private static final int FIXED_2019 = 76;
    private static final int IMEI_AND_SOFTWARE_2019 = 15 + 20;

    private AdmissionBody() {}

    /**
     * The layout of a registration. The two older ones share a header; a body too short for the fixed fields of 2013 is
     * of 2011, whose plate of some eight bytes leaves it below that.
     */
    static Layout layout(boolean v2019, int bodyLength) {
        if (v2019) {
            return Layout.V2019;
        }
        return bodyLength < FIXED_2013 ? Layout.V2011 : Layout.V2013;
    }

    /** @return null when the body is too short for its layout */
    static Registration registration(Frame frame) {
        Layout layout = layout(frame.v2019(), frame.bodyLength());
        return switch (layout) {
            case V2011 -> registration(frame, layout, FIXED_2011, 5, 8, 7);
            case V2013 -> registration(frame, layout, FIXED_2013, 5, 20, 7);
            case V2019 -> registration(frame, layout, FIXED_2019, 11, 30, 30);
        };
    }

    private static Registration registration(Frame frame, Layout layout, int fixed, int maker, int model, int id) {
        int length = frame.bodyLength();
        if (length < fixed) {
            return null;
        }
        byte[] bytes = frame.bytes();
        int at = frame.bodyOffset();
        int afterMaker = at + 4 + maker;
        int afterModel = afterMaker + model;
        int afterId = afterModel + id;
        return new Registration(
                Protocol.JT808,
                frame.phone(),
                layout.label(),
                Bytes.word(bytes, at),
                Bytes.word(bytes, at + 2),
                text(bytes, at + 4, maker),
                text(bytes, afterMaker, model),
                text(bytes, afterModel, id),
                bytes[afterId] & 0xFF,
                text(bytes, at + fixed, length - fixed));
    }

    /**
     * The code of an authentication. Before 2019 it is the whole body; since, its length goes before it and IMEI and
     * software version follow. Terminals with a header of 2019 and a body of 2013 exist: a length that does not fit
     * means that the whole body is the code.
     */
    static String code(Frame frame) {
        byte[] bytes = frame.bytes();
        int at = frame.bodyOffset();
        int length = frame.bodyLength();
        int counted = frame.v2019() && length > 0 ? codeLength(bytes[at] & 0xFF, length) : -1;
        return counted < 0 ? text(bytes, at, length) : text(bytes, at + 1, counted);
    }

    /** How long the code is by the BYTE before it, -1 when that is no length but the code's first character. */
    static int codeLength(int stated, int bodyLength) {
        boolean alone = stated == bodyLength - 1;
        boolean unprintable = stated < ' ' && stated < bodyLength;
        return alone || unprintable || stated + 1 + IMEI_AND_SOFTWARE_2019 <= bodyLength ? stated : -1;
    }

    /** GBK without the padding (zeros or blanks) that terminals put before or after. */
    static String text(byte[] bytes, int offset, int length) {
        int from = offset;
        int to = offset + length;
        while (to > from && padding(bytes[to - 1])) {
            to--;
        }
        while (from < to && padding(bytes[from])) {
            from++;
        }
        return new String(bytes, from, to - from, Replies.GBK);
    }

    private static boolean padding(byte b) {
        return b == 0 || b == ' ';
    }
}
