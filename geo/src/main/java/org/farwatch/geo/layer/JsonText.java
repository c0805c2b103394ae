package org.farwatch.geo.layer;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.json.simple.parser.ContainerFactory;
import org.json.simple.parser.JSONParser;
import org.json.simple.parser.ParseException;

/** Text to a tree of maps in their order, lists, texts, Long, Double and Boolean, within bounds. */
final class JsonText {
    /** A GeoJSON document is about ten deep. */
    private static final int DEEPEST = 32;

    private static final String DOCUMENT = "document";
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private JsonText() {}

    /** The whole stream as UTF-8, at most that many bytes. */
    static String read(InputStream in, int mostBytes) throws IOException, Refusal {
        byte[] bytes = in.readNBytes(mostBytes);
        if (bytes.length == mostBytes && in.read() >= 0) {
            throw new Refusal(DOCUMENT, null, "must have at most " + mostBytes + " bytes");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new Refusal(DOCUMENT, null, "must be UTF-8; save it as such (it may be GBK)");
        }
    }

    static Object parse(String text) throws Refusal {
        boundDepth(text);
        try {
            return new JSONParser().parse(new StringReader(text), new InOrder());
        } catch (ParseException e) {
            throw new Refusal(DOCUMENT, null, "is no JSON at character " + e.getPosition());
        } catch (NumberFormatException e) {
            throw new Refusal(DOCUMENT, null, "holds a whole number of more than 64 bits");
        } catch (IOException e) {
            throw new IllegalStateException("a text cannot fail to be read", e);
        }
    }

    private static void boundDepth(String text) throws Refusal {
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                if (c == '\\') {
                    i++;
                } else if (c == '"') {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == '[' || c == '{') {
                if (++depth > DEEPEST) {
                    throw new Refusal(DOCUMENT, null, "is nested deeper than " + DEEPEST + " at character " + i);
                }
            } else if (c == ']' || c == '}') {
                depth--;
            }
        }
    }

    private static final class InOrder implements ContainerFactory {
        @Override
        public Map<String, Object> createObjectContainer() {
            return new LinkedHashMap<>();
        }

        @Override
        public List<Object> creatArrayContainer() {
            return new ArrayList<>();
        }
    }
}
