package org.farwatch.ingest.media.rtsp;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a camera says that it has (RFC 8866; RFC 2326, appendix C). */
record SessionDescription(List<Media> media) {
    private static final int MAX_MEDIA = 16;

    /**
     * One of its streams.
     *
     * @param kind {@code video}, {@code audio} or another
     * @param type payload type, 0 to 127; the first one named
     * @param encoding in capitals; empty where only the type says it
     * @param clockRate 0 where only the type says it
     * @param parameters of the format, by name in small letters
     * @param control where it is set up, as it stands there; empty where it says none
     */
    record Media(
            String kind,
            int type,
            String encoding,
            int clockRate,
            int channels,
            Map<String, String> parameters,
            String control) {
        /** Parameter sets, start coded; empty where it says none or they cannot be read. */
        byte[] parameterSets() {
            StringBuilder sets = new StringBuilder();
            for (String name : List.of("sprop-vps", "sprop-sps", "sprop-pps", "sprop-parameter-sets")) {
                String value = parameters.getOrDefault(name, "");
                sets.append(sets.isEmpty() || value.isEmpty() ? "" : ",").append(value);
            }
            java.io.ByteArrayOutputStream stream = new java.io.ByteArrayOutputStream();
            for (String set : sets.toString().split(",", -1)) {
                try {
                    byte[] unit = Base64.getDecoder().decode(set.strip());
                    if (unit.length > 0) {
                        stream.writeBytes(new byte[] {0, 0, 0, 1});
                        stream.writeBytes(unit);
                    }
                } catch (IllegalArgumentException _) {
                    return new byte[0];
                }
            }
            return stream.toByteArray();
        }
    }

    static SessionDescription parse(String text) {
        List<Media> media = new ArrayList<>();
        List<String> of = new ArrayList<>();
        for (String line : text.split("\r?\n", -1)) {
            if (line.startsWith("m=")) {
                add(media, of);
                of.clear();
            }
            of.add(line.strip());
        }
        add(media, of);
        return new SessionDescription(List.copyOf(media));
    }

    private static void add(List<Media> media, List<String> lines) {
        if (lines.isEmpty() || !lines.getFirst().startsWith("m=") || media.size() >= MAX_MEDIA) {
            return;
        }
        String[] words = lines.getFirst().substring(2).split("\\s+", -1);
        if (words.length < 4 || !words[3].matches("[0-9]{1,3}") || Integer.parseInt(words[3]) > 127) {
            return;
        }
        String type = words[3];
        String[] map = value(lines, "a=rtpmap:" + type + " ").split("/", -1);
        Map<String, String> parameters = new HashMap<>();
        for (String pair : value(lines, "a=fmtp:" + type + " ").split(";", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        pair.substring(0, equals).strip().toLowerCase(Locale.ROOT),
                        pair.substring(equals + 1).strip());
            }
        }
        media.add(new Media(
                words[0].toLowerCase(Locale.ROOT),
                Integer.parseInt(type),
                map[0].strip().toUpperCase(Locale.ROOT),
                number(map, 1, 0),
                number(map, 2, 1),
                parameters,
                value(lines, "a=control:")));
    }

    private static int number(String[] words, int at, int otherwise) {
        return words.length > at && words[at].strip().matches("[0-9]{1,7}")
                ? Integer.parseInt(words[at].strip())
                : otherwise;
    }

    private static String value(List<String> lines, String before) {
        return lines.stream()
                .filter(line -> line.regionMatches(true, 0, before, 0, before.length()))
                .map(line -> line.substring(before.length()).strip())
                .findFirst()
                .orElse("");
    }
}
