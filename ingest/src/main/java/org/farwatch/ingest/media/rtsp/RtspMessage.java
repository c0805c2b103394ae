package org.farwatch.ingest.media.rtsp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the other side says (RFC 2326, 4 to 7).
 *
 * @param first its first line: a status or a request
 * @param headers by name in small letters, each with all its values
 */
record RtspMessage(String first, Map<String, List<String>> headers, byte[] body) {
    static final String VERSION = "RTSP/1.0";

    /** Of a request, which nobody of us asked for. */
    static final int REQUEST = 0;

    /**
     * Reads what stands before the body.
     *
     * @throws IllegalArgumentException when it is no message
     */
    static RtspMessage head(String text) {
        String[] lines = text.split("\r?\n", -1);
        Map<String, List<String>> headers = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                headers.computeIfAbsent(
                                lines[i].substring(0, colon).strip().toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                        .add(lines[i].substring(colon + 1).strip());
            }
        }
        RtspMessage message = new RtspMessage(lines[0], headers, new byte[0]);
        if (!message.first.startsWith("RTSP/") && !message.first.contains(" RTSP/")) {
            throw new IllegalArgumentException("neither a request nor an answer");
        }
        var _ = message.status();
        return message;
    }

    RtspMessage with(byte[] body) {
        return new RtspMessage(first, headers, body);
    }

    /**
     * @return 100 to 999, or {@link #REQUEST}
     * @throws IllegalArgumentException when it says none
     */
    int status() {
        if (!first.startsWith("RTSP/")) {
            return REQUEST;
        }
        String[] words = first.split(" ", 3);
        if (words.length < 2 || !words[1].matches("[1-9][0-9]{2}")) {
            throw new IllegalArgumentException("no status in " + first);
        }
        return Integer.parseInt(words[1]);
    }

    /** The first value, or null. */
    String header(String name) {
        List<String> values = headers.get(name);
        return values == null ? null : values.getFirst();
    }

    List<String> all(String name) {
        return headers.getOrDefault(name, List.of());
    }

    /** Of the body, 0 where none is said; -1 when it is no number. */
    int length() {
        String length = header("content-length");
        if (length == null) {
            return 0;
        }
        return length.matches("[0-9]{1,9}") ? Integer.parseInt(length) : -1;
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
