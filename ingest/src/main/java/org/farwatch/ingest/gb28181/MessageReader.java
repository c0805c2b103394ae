package org.farwatch.ingest.gb28181;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.farwatch.ingest.gb28181.Message.Fix;
import org.farwatch.ingest.gb28181.Message.Preset;
import org.farwatch.ingest.gb28181.Message.Recorded;

/** Reads MANSCDP (GB/T 28181-2016 annex A, and what 2022 changed). Stateless; any thread. */
public final class MessageReader {
    /** Of a list of qualities, characters; a longer one is not believed. */
    private static final int MOST_LISTED = 32;

    private static final int MAX_TEXT = 255;

    private MessageReader() {}

    /** @throws IllegalArgumentException naming what is wrong with the body */
    public static Message read(byte[] body) {
        try {
            return read(Element.parse(body));
        } catch (Element.Malformed e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static Message read(Element xml) {
        String command = xml.get("CmdType");
        String about = xml.get("DeviceID");
        int sn = xml.number("SN", 0);
        boolean response = xml.named("Response");
        return switch (command) {
            case "" -> throw new IllegalArgumentException("CmdType must be given");
            case "Keepalive" ->
                new Message.Keepalive(
                        about,
                        xml.get("Status"),
                        xml.child("Info").all("DeviceID").stream()
                                .map(Element::text)
                                .filter(text -> !text.isEmpty())
                                .toList(),
                        GbTime.parse(xml.get("DeviceTime")));
            case "Catalog" ->
                response
                        ? new Message.CatalogPart(about, sn, total(xml), channels(xml))
                        : new Message.CatalogChange(about, channels(xml));
            case "DeviceInfo" ->
                new Message.DeviceInfo(
                        about,
                        sn,
                        text(xml, "DeviceName"),
                        text(xml, "Manufacturer"),
                        text(xml, "Model"),
                        text(xml, "Firmware"),
                        GbTime.parse(xml.get("DeviceTime")));
            case "DeviceStatus" ->
                new Message.DeviceStatus(
                        about,
                        sn,
                        !xml.get("Online").equalsIgnoreCase("OFFLINE"),
                        !xml.get("Status").equalsIgnoreCase("ERROR"),
                        GbTime.parse(xml.get("DeviceTime")));
            case "RecordInfo" ->
                new Message.RecordPart(
                        about,
                        sn,
                        total(xml),
                        xml.child("RecordList").all("Item").stream()
                                .map(MessageReader::recorded)
                                .filter(item -> item.start() != null && item.end() != null)
                                .toList());
            case "PresetQuery" -> new Message.Presets(about, sn, total(xml), presets(xml.child("PresetList")));
            case "Alarm" ->
                response
                        ? result(xml, about, sn, command)
                        : new Message.Alarm(
                                about,
                                sn,
                                xml.number("AlarmPriority", 0),
                                xml.number("AlarmMethod", 0),
                                xml.child("Info").number("AlarmType", xml.number("AlarmType", 0)),
                                GbTime.parse(xml.get("AlarmTime")),
                                text(xml, "AlarmDescription"),
                                degrees(xml.real("Longitude"), 180),
                                degrees(xml.real("Latitude"), 90));
            case "MobilePosition" -> new Message.Positions(about, fixes(xml, about));
            case "MediaStatus" -> new Message.MediaStatus(about, xml.get("NotifyType"));
            case "DeviceControl", "DeviceConfig", "Broadcast" -> result(xml, about, sn, command);
            default -> new Message.Unknown(about, xml.name(), command);
        };
    }

    private static Message.Result result(Element xml, String about, int sn, String command) {
        return new Message.Result(about, sn, command, xml.get("Result").equalsIgnoreCase("OK"));
    }

    private static int total(Element xml) {
        return xml.number("SumNum", -1);
    }

    private static List<Channel> channels(Element xml) {
        return xml.child("DeviceList").all("Item").stream()
                .filter(item -> !item.get("DeviceID").isEmpty())
                .map(MessageReader::channel)
                .toList();
    }

    private static Channel channel(Element item) {
        Element info = item.child("Info");
        Double longitude = degrees(item.real("Longitude"), 180);
        Double latitude = degrees(item.real("Latitude"), 90);
        boolean placed = longitude != null && latitude != null && (longitude != 0 || latitude != 0);
        return new Channel(
                text(item, "DeviceID"),
                text(item, "Name"),
                text(item, "Manufacturer"),
                text(item, "Model"),
                text(item, "Address"),
                text(item, "ParentID"),
                text(info.get("BusinessGroupID").isEmpty() ? item : info, "BusinessGroupID"),
                text(item, "CivilCode"),
                item.number("Parental", 0) == 0,
                status(item.get("Status")),
                info.number("PTZType", item.number("PTZType", 0)),
                streams(info.get("StreamNumberList").isEmpty() ? item : info),
                placed ? longitude : null,
                placed ? latitude : null,
                item.get("Event").toUpperCase(Locale.ROOT));
    }

    /** Listed as {@code 0/1/2}. */
    private static int streams(Element element) {
        String list = element.get("StreamNumberList");
        return list.isEmpty() || list.length() > MOST_LISTED ? 0 : list.split("/", -1).length;
    }

    private static Boolean status(String text) {
        return switch (text.toUpperCase(Locale.ROOT)) {
            case "ON", "OK", "ONLINE", "IDLE" -> Boolean.TRUE;
            case "OFF", "OFFLINE", "ERROR" -> Boolean.FALSE;
            default -> null;
        };
    }

    private static Recorded recorded(Element item) {
        return new Recorded(
                text(item, "DeviceID"),
                text(item, "Name"),
                text(item, "FilePath"),
                GbTime.parse(item.get("StartTime")),
                GbTime.parse(item.get("EndTime")),
                text(item, "Type"),
                bytes(item.get("FileSize")));
    }

    /** Null when it is none. */
    private static Long bytes(String text) {
        return text.matches("\\d{1,18}") ? Long.valueOf(text) : null;
    }

    private static List<Preset> presets(Element list) {
        return list.all("Item").stream()
                .map(item -> new Preset(item.number("PresetID", 0), text(item, "PresetName")))
                .filter(preset -> preset.number() >= 1 && preset.number() <= 255)
                .toList();
    }

    private static List<Fix> fixes(Element xml, String about) {
        List<Element> items = xml.child("DeviceList").all("Item");
        return items.isEmpty()
                ? List.of(fix(xml, about))
                : items.stream().map(item -> fix(item, about)).toList();
    }

    private static Fix fix(Element item, String about) {
        String target = item.get("TargetID").isEmpty() ? item.get("DeviceID") : item.get("TargetID");
        String captured = item.get("CaptureTime");
        Instant time = GbTime.parse(captured.isEmpty() ? item.get("Time") : captured);
        double heading = item.real("Direction");
        return new Fix(
                target.isEmpty() ? about : target,
                time,
                item.real("Longitude"),
                item.real("Latitude"),
                (float) item.real("Speed"),
                heading < 0 || heading > 360 ? Float.NaN : (float) heading,
                (float) item.real(item.get("Altitude").isEmpty() ? "Height" : "Altitude"));
    }

    private static Double degrees(double value, int most) {
        return Double.isNaN(value) || Math.abs(value) > most ? null : (Double) value;
    }

    private static String text(Element xml, String name) {
        return cut(xml.get(name));
    }

    /** A zero character, and half of one that takes two, are none that a database keeps. */
    private static String cut(String text) {
        String clean = text.replace("\u0000", "");
        if (clean.length() <= MAX_TEXT) {
            return clean;
        }
        boolean half = Character.isHighSurrogate(clean.charAt(MAX_TEXT - 1));
        return clean.substring(0, half ? MAX_TEXT - 1 : MAX_TEXT);
    }
}
