package org.farwatch.ingest.gb28181;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * An element of a MANSCDP body. Names are compared without case: devices write {@code Alarmstatus} as the standard
 * misprints it.
 *
 * @param text its own, stripped
 */
record Element(String name, String text, List<Element> children) {
    static final Charset GB18030 = Charset.forName("GB18030");

    private static final int MAX_DEPTH = 16;
    private static final Element NONE = new Element("", "", List.of());

    /** A body that is no XML, or not such as is taken. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String reason) {
            super(reason);
        }
    }

    /** @throws Malformed saying what is wrong with it, also for one with a DTD */
    static Element parse(byte[] body) throws Malformed {
        String text = decode(body).strip();
        int end = text.startsWith("<?xml") ? text.indexOf("?>") + 2 : 0;
        try {
            DocumentBuilder builder = factory().newDocumentBuilder();
            builder.setErrorHandler(null);
            return of(
                    builder.parse(new InputSource(new StringReader(text.substring(end))))
                            .getDocumentElement(),
                    0);
        } catch (SAXException e) {
            throw new Malformed("the body must be XML without a DTD: " + e.getMessage());
        } catch (IOException | ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Devices send UTF-8 and say GB2312: what is UTF-8 throughout is taken for it, all else for GB18030. */
    static String decode(byte[] body) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException _) {
            return new String(body, GB18030);
        }
    }

    /** The first child of this name; one without text or children where there is none. */
    Element child(String wanted) {
        return children.stream()
                .filter(child -> child.name.equalsIgnoreCase(wanted))
                .findFirst()
                .orElse(NONE);
    }

    /** The text of the first child of this name, empty where there is none. */
    String get(String wanted) {
        return child(wanted).text;
    }

    /** All children of this name. */
    List<Element> all(String wanted) {
        return children.stream()
                .filter(child -> child.name.equalsIgnoreCase(wanted))
                .toList();
    }

    /** A whole number, or {@code otherwise} where there is none. */
    int number(String wanted, int otherwise) {
        try {
            return Integer.parseInt(get(wanted));
        } catch (NumberFormatException _) {
            return otherwise;
        }
    }

    /** A number, NaN where there is none. */
    double real(String wanted) {
        try {
            return Double.parseDouble(get(wanted));
        } catch (NumberFormatException _) {
            return Double.NaN;
        }
    }

    boolean named(String wanted) {
        return name.toLowerCase(Locale.ROOT).equals(wanted.toLowerCase(Locale.ROOT));
    }

    private static DocumentBuilderFactory factory() throws ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setXIncludeAware(false);
        factory.setExpandEntityReferences(false);
        return factory;
    }

    private static Element of(Node node, int depth) throws Malformed {
        if (depth > MAX_DEPTH) {
            throw new Malformed("elements must not nest deeper than " + MAX_DEPTH);
        }
        List<Element> children = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
            switch (child.getNodeType()) {
                case Node.ELEMENT_NODE -> children.add(of(child, depth + 1));
                case Node.TEXT_NODE, Node.CDATA_SECTION_NODE -> text.append(child.getNodeValue());
                default -> {
                    // Comments and the like say nothing.
                }
            }
        }
        return new Element(node.getNodeName(), text.toString().strip(), List.copyOf(children));
    }
}
