package org.farwatch.ingest.simulator.gb28181;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A SIP message as text, written and read without the stack that the service uses: what one gets wrong the other shows.
 *
 * @param start request or status line
 * @param headers {@code Name: value} in order, without Content-Length
 */
record SipText(String start, List<String> headers, byte[] body) {
    private static final byte[] NOTHING = new byte[0];
    private static final String LINE = "\r\n";

    static SipText of(String start, List<String> headers) {
        return new SipText(start, headers, NOTHING);
    }

    /** @param bytes a whole message */
    static SipText read(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        String[] lines = text.substring(0, end < 0 ? text.length() : end).split(LINE, -1);
        List<String> headers = new ArrayList<>();
        for (int i = 1; i < lines.length; i++) {
            if (!lines[i].toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                headers.add(lines[i]);
            }
        }
        byte[] body = end < 0 ? NOTHING : java.util.Arrays.copyOfRange(bytes, end + 4, bytes.length);
        return new SipText(lines[0], headers, body);
    }

    byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String head = start + LINE + String.join(LINE, headers) + LINE + "Content-Length: " + body.length + LINE + LINE;
        out.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        out.writeBytes(body);
        return out.toByteArray();
    }

    boolean isResponse() {
        return start.startsWith("SIP/2.0 ");
    }

    int status() {
        return Integer.parseInt(start.substring(8, 11));
    }

    String method() {
        return start.substring(0, start.indexOf(' '));
    }

    /** Empty where there is none. */
    String header(String name) {
        String prefix = name.toLowerCase(Locale.ROOT) + ":";
        return headers.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                .map(line -> line.substring(prefix.length()).strip())
                .findFirst()
                .orElse("");
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /**
     * The answer to this request.
     *
     * @param tag ours, added to a To that has none
     */
    SipText answer(int status, String reason, String tag, List<String> more, byte[] content) {
        List<String> copied = new ArrayList<>();
        for (String line : headers) {
            String name = line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT);
            switch (name) {
                case "via", "from", "call-id", "cseq" -> copied.add(line);
                case "to" -> copied.add(line.contains("tag=") ? line : line + ";tag=" + tag);
                default -> {
                    // Is the sender's own.
                }
            }
        }
        copied.addAll(more);
        return new SipText("SIP/2.0 " + status + " " + reason, copied, content);
    }
}
