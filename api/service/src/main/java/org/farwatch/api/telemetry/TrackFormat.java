package org.farwatch.api.telemetry;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.json.JsonFactory;

/** Writes a track as it is read, without holding it. Closing writes the end and leaves the stream open. */
abstract class TrackFormat implements Closeable {
    abstract void add(Position position) throws IOException;

    /** RFC 4180, with a header line. */
    static TrackFormat csv(OutputStream out, String name) throws IOException {
        Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        writer.write("deviceId,fixTime,receiveTime,longitude,latitude,altitude,speed,heading,accuracy,satellites,"
                + "mileage,valid,buffered,flags,alarms\r\n");
        return new TrackFormat() {
            @Override
            void add(Position position) throws IOException {
                cell(position.deviceId(), ',');
                cell(position.fixTime(), ',');
                cell(position.receiveTime(), ',');
                cell(position.longitude(), ',');
                cell(position.latitude(), ',');
                cell(position.altitude(), ',');
                cell(position.speed(), ',');
                cell(position.heading(), ',');
                cell(position.accuracy(), ',');
                cell(position.satellites(), ',');
                cell(position.mileage(), ',');
                cell(position.valid(), ',');
                cell(position.buffered(), ',');
                cell(String.join(" ", position.flags()), ',');
                cell(String.join(" ", position.alarms()), '\r');
                writer.write('\n');
            }

            // Ids and labels hold no comma, quote or line break, which the register and the code see to.
            private void cell(Object value, char end) throws IOException {
                if (value != null) {
                    writer.write(value.toString());
                }
                writer.write(end);
            }

            @Override
            public void close() throws IOException {
                writer.flush();
            }
        };
    }

    /** RFC 7946: a FeatureCollection of points, so that each keeps its time; positions without coordinates are left out. */
    static TrackFormat geoJson(OutputStream out, String name) {
        JsonGenerator json = new JsonFactory().createGenerator(tools.jackson.core.ObjectWriteContext.empty(), out);
        json.writeStartObject();
        json.writeStringProperty("type", "FeatureCollection");
        json.writeStringProperty("name", name);
        json.writeArrayPropertyStart("features");
        return new TrackFormat() {
            @Override
            void add(Position position) {
                if (position.longitude() == null || position.latitude() == null) {
                    return;
                }
                json.writeStartObject();
                json.writeStringProperty("type", "Feature");
                json.writeObjectPropertyStart("geometry");
                json.writeStringProperty("type", "Point");
                json.writeArrayPropertyStart("coordinates");
                json.writeNumber(position.longitude());
                json.writeNumber(position.latitude());
                if (position.altitude() != null) {
                    json.writeNumber(position.altitude());
                }
                json.writeEndArray();
                json.writeEndObject();
                json.writeObjectPropertyStart("properties");
                json.writeStringProperty("fixTime", position.fixTime().toString());
                json.writeStringProperty("receiveTime", position.receiveTime().toString());
                if (position.speed() != null) {
                    json.writeNumberProperty("speed", position.speed());
                }
                if (position.heading() != null) {
                    json.writeNumberProperty("heading", position.heading());
                }
                json.writeBooleanProperty("valid", position.valid());
                json.writeEndObject();
                json.writeEndObject();
            }

            @Override
            public void close() {
                json.writeEndArray();
                json.writeEndObject();
                json.flush();
            }
        };
    }

    /** GPX 1.1: one track, one segment; only positions that are valid, as GPX has no place for the others. */
    static TrackFormat gpx(OutputStream out, String name) throws IOException {
        try {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(out, "UTF-8");
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("gpx");
            xml.writeDefaultNamespace("http://www.topografix.com/GPX/1/1");
            xml.writeAttribute("version", "1.1");
            xml.writeAttribute("creator", "Farwatch");
            xml.writeStartElement("trk");
            element(xml, "name", name);
            xml.writeStartElement("trkseg");
            return new Gpx(xml);
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }

    private static void element(XMLStreamWriter xml, String element, String text) throws XMLStreamException {
        xml.writeStartElement(element);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }

    private static final class Gpx extends TrackFormat {
        private final XMLStreamWriter xml;

        Gpx(XMLStreamWriter xml) {
            this.xml = xml;
        }

        @Override
        void add(Position position) throws IOException {
            if (!position.valid() || position.longitude() == null || position.latitude() == null) {
                return;
            }
            try {
                xml.writeStartElement("trkpt");
                xml.writeAttribute("lat", position.latitude().toString());
                xml.writeAttribute("lon", position.longitude().toString());
                if (position.altitude() != null) {
                    element(xml, "ele", position.altitude().toString());
                }
                element(xml, "time", position.fixTime().toString());
                if (position.satellites() != null) {
                    element(xml, "sat", position.satellites().toString());
                }
                xml.writeEndElement();
            } catch (XMLStreamException e) {
                throw new IOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            try {
                xml.writeEndDocument();
                xml.flush();
            } catch (XMLStreamException e) {
                throw new IOException(e);
            }
        }
    }
}
