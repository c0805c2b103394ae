package org.farwatch.ingest.explain;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** A SIP message (RFC 3261, as GB/T 28181 uses it): start line, header fields, body. */
final class SipExplainer implements FrameExplainer {
    private static final Pattern START = Pattern.compile("(SIP/2\\.0 \\d{3}|[A-Z]{3,12} sips?:)(?s:.*)");
    private static final int HEAD = 64;

    @Override
    public boolean takes(byte[] bytes) {
        String head = new String(bytes, 0, Math.min(HEAD, bytes.length), StandardCharsets.ISO_8859_1);
        return START.matcher(head).matches();
    }

    @Override
    public Explanation explain(byte[] bytes) {
        Explanation out =
                new Explanation(bytes, bytes.length).heading("SIP message of %d bytes".formatted(bytes.length));
        boolean start = true;
        while (out.left() > 0) {
            int length = line(out);
            String line = new String(bytes, out.at(), length, StandardCharsets.UTF_8).strip();
            if (line.isEmpty()) {
                out.field(length, "end of the header");
                out.rest("body");
                return out;
            }
            int colon = line.indexOf(':');
            if (!start && colon < 1) {
                out.wrongRest("header field: a name and a colon have to come first");
                return out;
            }
            String what = start ? "start line: " + line : "header field " + line;
            out.field(length, what);
            start = false;
        }
        return out.wrong("the empty line that ends the header is missing");
    }

    /** Bytes up to and with the next line end. */
    private static int line(Explanation out) {
        int length = 0;
        while (length < out.left()) {
            length++;
            if (out.peek(length - 1) == '\n') {
                break;
            }
        }
        return length;
    }
}
