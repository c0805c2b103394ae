package org.farwatch.ingest.gb28181;

import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes a MANSCDP body: what is inside a text stays text. Owned by one thread. */
public final class Body {
    /** Of all bodies. */
    public static final String TYPE = "Application/MANSCDP+xml";

    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter xml;

    /** @param device null where the message names none */
    private Body(String root, String command, int sn, String device) {
        try {
            xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
            xml.writeStartElement(root);
            element("CmdType", command);
            element("SN", Integer.toString(sn));
            if (device != null) {
                element("DeviceID", device);
            }
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Body query(String command, int sn, String device) {
        return new Body("Query", command, sn, device);
    }

    public static Body control(int sn, String device) {
        return new Body("Control", "DeviceControl", sn, device);
    }

    public static Body response(String command, int sn, String device) {
        return new Body("Response", command, sn, device);
    }

    /** Asks a device to call us and take sound (9.12). */
    static Body broadcast(int sn, String source, String target) {
        return new Body("Notify", "Broadcast", sn, null)
                .element("SourceID", source)
                .element("TargetID", target);
    }

    public static Body notification(String command, int sn, String device) {
        return new Body("Notify", command, sn, device);
    }

    public Body element(String name, String value) {
        try {
            xml.writeStartElement(name);
            xml.writeCharacters(value);
            xml.writeEndElement();
            return this;
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * An element follows with others within, up to {@link #close}.
     *
     * @param number its attribute Num, negative for none
     */
    public Body open(String name, int number) {
        try {
            xml.writeStartElement(name);
            if (number >= 0) {
                xml.writeAttribute("Num", Integer.toString(number));
            }
            return this;
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    public Body close() {
        try {
            xml.writeEndElement();
            return this;
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    /** In GB18030 under the name of GB2312, its subset that devices of 2016 look for. */
    public byte[] bytes() {
        try {
            xml.writeEndDocument();
            xml.flush();
            return ("<?xml version=\"1.0\" encoding=\"GB2312\"?>\r\n" + text + "\r\n").getBytes(Element.GB18030);
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }
}
