package org.farwatch.ingest.jt808;

import java.util.Arrays;
import org.farwatch.ingest.explain.Explanation;
import org.farwatch.ingest.explain.FrameExplainer;

/**
 * Explains JT/T 808 frames, those of JT/T 1078 and T/JSATL 12 included, by the fields that {@link Forms} describes.
 * Offsets count from the first byte of the header in the unescaped frame.
 */
public final class Jt808Explain implements FrameExplainer {
    private static final int MAX_FRAME = 65_536;

    @Override
    public boolean takes(byte[] bytes) {
        return bytes.length > 0 && bytes[0] == FrameReader.DELIMITER;
    }

    /** A missing first or last 7E is forgiven. */
    @Override
    public Explanation explain(byte[] wire) {
        Explanation all = null;
        FrameReader reader = new FrameReader(MAX_FRAME);
        int at = 0;
        while (at < wire.length) {
            at = reader.read(wire, at, wire.length);
            if (reader.complete()) {
                all = appended(all, explain(reader.frame()));
            }
        }
        byte[] delimiter = {FrameReader.DELIMITER};
        reader.read(delimiter, 0, 1);
        if (reader.complete()) {
            Explanation open = explain(reader.frame());
            all = appended(all, open.wrong("the last delimiter 7e is missing"));
        }
        return all == null ? new Explanation(wire, wire.length).wrong("no frame: nothing between delimiters") : all;
    }

    private static Explanation appended(Explanation all, Explanation next) {
        return all == null ? next : all.append(next);
    }

    /** Explains the body of a frame, or of a message put together; nothing of a message that is not known. */
    static Explanation explainBody(Frame frame) {
        int from = frame.bodyOffset();
        byte[] body = Arrays.copyOfRange(frame.bytes(), from, from + frame.bodyLength());
        return explainBody(frame.messageId(), frame.v2019(), body);
    }

    /** Explains a body alone. */
    public static Explanation explainBody(int messageId, boolean v2019, byte[] body) {
        Explanation out = new Explanation(body, body.length);
        body(messageId, v2019, out);
        return out;
    }

    /** What a message is called, in English and as the standard calls it. */
    public static String name(int messageId) {
        return Forms.name(messageId);
    }

    private static Explanation explain(Frame frame) {
        int afterBody = frame.hasHeader() ? frame.bodyOffset() + frame.bodyLength() : frame.length();
        Explanation out = new Explanation(frame.copy(), frame.length());
        if (frame.fault() == null) {
            out.heading("frame of %d bytes unescaped: checksum right".formatted(frame.length()));
        } else {
            out.wrong("frame of %d bytes unescaped: %s, %s"
                    .formatted(frame.length(), frame.fault().label(), frame.reason()));
        }
        if (!frame.hasHeader()) {
            out.rest("no header");
            return out;
        }
        header(frame, out);
        if (frame.longerThanStated()) {
            out.wrong(frame.reason());
        }
        int end = out.limit(afterBody);
        if (frame.encryption() != 0) {
            out.rest("encrypted body");
        } else if (frame.subPackage()) {
            out.rest("part of a body");
        } else {
            body(frame.messageId(), frame.v2019(), out);
        }
        out.limit(end);
        out.field(1, "checksum");
        out.wrongRest("beyond the frame: a delimiter was lost here");
        return out;
    }

    private static void header(Frame frame, Explanation out) {
        out.field(2, "message id %04x: %s".formatted(frame.messageId(), Forms.name(frame.messageId())));
        out.field(
                2,
                "body of %d bytes, %s, %s, header of %s"
                        .formatted(
                                frame.statedLength(),
                                switch (frame.encryption()) {
                                    case 0 -> "not encrypted";
                                    case 1 -> "encrypted with RSA";
                                    default -> "encryption " + frame.encryption();
                                },
                                frame.subPackage() ? "one of several packages" : "one package",
                                frame.v2019() ? "2019" : "2011 or 2013"));
        if (frame.v2019()) {
            out.octet("protocol version %d");
        }
        out.field(frame.v2019() ? 10 : 6, "phone " + frame.phone());
        out.word("serial %d");
        if (frame.subPackage()) {
            out.word("packages %d");
            out.word("this is package %d");
        }
    }

    private static void body(int messageId, boolean v2019, Explanation out) {
        Form form = Forms.of(messageId);
        if (form == null) {
            out.rest("not explained: the message is not known");
        } else {
            form.body().read(out, v2019);
            out.wrongRest("more than the message has fields for");
        }
    }
}
